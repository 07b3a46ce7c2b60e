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
import org.ruvector.storage.CodeTiers;

/**
 * The index {@code ivf}: as {@code ivf-flat}, but that searches read codes of the vectors relative to their list's centroid, and compare
 * the nearest candidates only (H. Jégou, M. Douze and C. Schmid, "Product quantization for nearest neighbor search", IEEE TPAMI 2011). Answers
 * have exact distances.
 *
 * <p>Build parameters: those of {@link IvfParams}; {@code quantizer}, the name of a quantizer plugin that estimates distances, by default
 * {@code rabitq} of one bit, below 320 dimensions of two, and with the prefix {@code quantizer.} its own; {@code rerank}, candidates for each hit
 * wanted of which the nearest are compared by their vectors, until the others' estimates are clearly too far, 10 by default. A quantizer that makes codes of neighbourhoods ({@code rabitq}, and {@code pq} and {@code opq} of four bits) is read 32
 * codes at a time, and searches tell the nearest of many lists by codes, too; any other learns from the residuals. Search parameters are
 * those of {@code ivf-flat}; {@link org.ruvector.api.SearchRequest.Effort#oversample} asks for more candidates.
 *
 * <p>Where codes lead to fewer hits than there are, or to infinitely far ones, the lists' vectors are compared. Range searches, with
 * {@code k} unlimited, compare vectors always. Memory: as {@code ivf-flat}, and the codes.
 */
public final class IvfIndexProvider implements IndexProvider {
    static final String NAME = "ivf";
    private static final String QUANTIZER = "quantizer";
    private static final String DEFAULT_QUANTIZER = "rabitq";
    private static final String BITS = "quantizer.bits";
    /** From this many dimensions on one bit tells neighbours apart as well as two do below. */
    private static final int ONE_BIT_FROM = 320;

    private static final String RERANK = "rerank";
    private static final double DEFAULT_RERANK = 10;

    /** For {@link java.util.ServiceLoader}. */
    public IvfIndexProvider() {}

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
        Parameters parameters = withDefaults(asked.parameters(), asked.dimension());
        IndexSpec spec = new IndexSpec(asked.provider(), parameters, asked.metric(), asked.type(), asked.dimension());
        CodeTiers.Choice choice = CodeTiers.Choice.from(spec);
        if (choice.filter() != null) {
            throw new IllegalArgumentException("filter is " + choice.filter().provider()
                    + "; an index 'ivf' knows no filter of codes, only quantizer and rerank");
        }
        IvfParams params = IvfParams.from(choice.others(), context.seed());
        choice.check(context.plugins());
        return IvfFlatIndexProvider.builder(new IvfBuild(spec, params, choice, context));
    }

    private static Parameters withDefaults(Parameters given, int dimension) {
        Parameters filledIn = given;
        if (!given.asMap().containsKey(QUANTIZER)) {
            filledIn = filledIn.with(QUANTIZER, DEFAULT_QUANTIZER);
            if (!given.asMap().containsKey(BITS)) {
                filledIn = filledIn.with(BITS, dimension >= ONE_BIT_FROM ? 1 : 2);
            }
        }
        return given.asMap().containsKey(RERANK) ? filledIn : filledIn.with(RERANK, DEFAULT_RERANK);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        IvfFlatIndexProvider.require(file, NAME);
        return IvfFile.open(file, context, true);
    }
}
