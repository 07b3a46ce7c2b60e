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
 * <p>Memory: as {@code hnsw}, and for each vector {@code 2·M · (8 + bits · dimension / 8)} bytes of codes.
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
        NodeCodes codes = new NodeCodes(FusedCodes.create(spec, params, context), null);
        return (rows, ids) -> HnswIndex.build(params.in(spec), params.graph(), codes, context, rows, ids);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        return HnswFile.open(file, context);
    }
}
