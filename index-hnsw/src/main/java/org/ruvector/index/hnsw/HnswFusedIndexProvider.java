package org.ruvector.index.hnsw;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/**
 * The index {@code hnsw-fused}: an {@code hnsw} graph where codes of a node's neighbours lie beside its links, so that a search reads one
 * block per node in place of all its neighbours' vectors, and computes exact distances only to the nodes that it visits (Y. Gou,
 * J. Gao, Y. Xu and C. Long, "SymphonyQG", SIGMOD 2025). Answers have exact distances.
 *
 * <p>Build parameters are those of {@link HnswFusedParams}; searches take the same as those of {@code hnsw}. The codes are those of the
 * quantizer plugin {@code rabitq}, which must be there.
 *
 * <p>Memory: as {@code hnsw}, and for each vector {@code 256 + 4 · bits · dimension} bytes of codes for each 32 of its {@code 2·M} neighbours or
 * part of 32; the dimension counts as the next multiple of 16.
 *
 * <p>Codes are relative to the mean of the vectors that the index is built with. One that begins empty takes zero for it, which makes
 * estimates poor for vectors that lie far from zero but near to each other.
 */
public final class HnswFusedIndexProvider implements IndexProvider {

    static final String NAME = "hnsw-fused";

    /** For {@link java.util.ServiceLoader}. */
    public HnswFusedIndexProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.of(ElementType.FLOAT32);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        HnswFusedParams params = HnswFusedParams.from(spec.parameters(), spec.dimension(), context.seed());
        context.plugins().quantizer(FusedCodes.QUANTIZER);
        return (rows, ids) -> {
            spec.require(rows);
            NodeCodes codes = new NodeCodes(FusedCodes.create(spec, params, rows, context), null);
            return HnswIndex.build(params.in(spec), params.graph(), codes, context, rows, ids);
        };
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        return HnswFile.open(file, context);
    }
}
