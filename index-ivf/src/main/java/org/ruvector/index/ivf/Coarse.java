package org.ruvector.index.ivf;

import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.RoutingBuilder;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/** What finds the lists nearest to a query. Immutable. */
final class Coarse {
    static final String PREFIX = "coarse-";

    private final Centroids centroids;
    private final VectorIndex index;
    private final CentroidCodes codes;

    private Coarse(Centroids centroids, VectorIndex index, CentroidCodes codes) {
        this.centroids = centroids;
        this.index = index;
        this.codes = codes;
    }

    private static IndexSpec spec(IvfParams.Coarse asked, IndexSpec spec) {
        return new IndexSpec(asked.provider(), asked.parameters(), spec.metric(), spec.type(), spec.dimension());
    }

    /** Throws unless the plugin is there and takes its parameters. */
    static void check(IvfParams.Coarse asked, IndexSpec spec, BuildContext context) {
        if (asked.isPlugin()) {
            context.plugins().builder(spec(asked, spec), context);
        }
    }

    /**
     * Builds what was asked for.
     *
     * @param sample to learn from, if the plugin does; {@code null} for none
     */
    static Coarse build(
            IvfParams.Coarse asked,
            Centroids centroids,
            CentroidCodes codes,
            RoutingSample sample,
            BuildContext context) {
        if (!asked.isPlugin()) {
            return new Coarse(centroids, null, codes);
        }
        IndexBuilder builder = context.plugins().builder(spec(asked, centroids.spec()), context);
        VectorIndex index = sample != null && builder instanceof RoutingBuilder learner
                ? sample.teach(learner, centroids)
                : builder.build(centroids.rows());
        return new Coarse(centroids, index, codes);
    }

    /** What was saved, or, where the plugin's index cannot be, one built anew. */
    static Coarse open(
            IvfParams.Coarse asked,
            Centroids centroids,
            CentroidCodes codes,
            BuildContext context,
            SectionReader file) {
        boolean saved = file.sections().stream().anyMatch(name -> name.startsWith(PREFIX));
        if (!asked.isPlugin() || !saved) {
            return build(asked, centroids, codes, null, context);
        }
        SectionReader own = new PrefixedReader(file, PREFIX, spec(asked, centroids.spec()));
        VectorIndex index = context.plugins()
                .index(asked.provider())
                .open(own, new OpenContext(context.plugins(), context.kernel()));
        return new Coarse(centroids, index, codes);
    }

    /** Those of the lists. */
    Centroids centroids() {
        return centroids;
    }

    /** A plugin's index of the centroids, ids are the lists' numbers; {@code null} to compare with all. */
    VectorIndex index() {
        return index;
    }

    /** Codes of the centroids, so that few of them are compared; {@code null} for none. */
    CentroidCodes codes() {
        return codes;
    }

    void close() {
        if (index != null) {
            index.close();
        }
    }
}
