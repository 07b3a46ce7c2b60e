package org.ruvector.index.ivf;

import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * The index {@code ivf-learned}: an inverted file whose lists are ranked for a query by the plugin {@code router}, which learns from some of the
 * vectors in which lists their exact neighbours are (T. Vecchiato, C. Lucchese, F. M. Nardini and S. Bruch, "A learning-to-rank formulation of
 * clustering-based approximate nearest neighbor search", SIGIR 2024). Else it is {@code ivf-flat}, or {@code ivf} if a {@code quantizer} is
 * named, and takes their parameters; those of the router have the prefix {@code coarse.}. Building takes as long as that and finding the
 * exact neighbours of {@code coarse.queries} vectors, and training.
 */
public final class IvfLearnedIndexProvider implements IndexProvider {
    private static final String NAME = "ivf-learned";
    private static final String ROUTER = "router";
    private static final String COARSE = "coarse";
    private static final String QUANTIZER = "quantizer";

    /** For {@link java.util.ServiceLoader}. */
    public IvfLearnedIndexProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Metric> metrics() {
        return new IvfFlatIndexProvider().metrics();
    }

    @Override
    public Set<ElementType> elementTypes() {
        return new IvfFlatIndexProvider().elementTypes();
    }

    @Override
    public IndexBuilder builder(IndexSpec asked, BuildContext context) {
        Parameters given = asked.parameters();
        String coarse = given.getText(COARSE, ROUTER);
        if (!coarse.equals(ROUTER)) {
            throw new IllegalArgumentException("coarse is " + coarse + "; lists of ivf-learned are ranked by " + ROUTER
                    + ", those of ivf-flat and ivf by others");
        }
        IndexSpec spec = new IndexSpec(
                asked.provider(), given.with(COARSE, ROUTER), asked.metric(), asked.type(), asked.dimension());
        IndexProvider of = isCoded(spec) ? new IvfIndexProvider() : new IvfFlatIndexProvider();
        return of.builder(spec, context);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        IvfFlatIndexProvider.require(file, NAME);
        return IvfFile.open(file, context, isCoded(file.spec()));
    }

    private static boolean isCoded(IndexSpec spec) {
        return spec.parameters().asMap().containsKey(QUANTIZER);
    }
}
