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
import org.ruvector.storage.CodeTiers;

/**
 * The index {@code hnsw}: a hierarchical navigable small world graph (Malkov and Yashunin, IEEE TPAMI 2020).
 *
 * <p>Build parameters are those of {@link HnswParams}. The one search parameter is {@code ef}, the number of candidates kept
 * during a search, from 1 to 1,000,000, 100 by default and never less than k: more finds more of the true neighbours and
 * takes longer. Where {@code ef} reaches the number of vectors, all of them are compared.
 *
 * <p>With {@code quantizer=…} (see {@link CodeTiers.Choice}) searches walk by codes of float vectors, and rank the nearest nodes found by exact
 * distances; the graph is built on vectors. Range searches, with {@code k} unlimited, and scans compare vectors always.
 *
 * <p>Memory: the vectors, their codes if there are some, and about {@code 8·M + 25} bytes for each. Building n vectors takes about
 * {@code n · efConstruction · log n} distances.
 */
public final class HnswIndexProvider implements IndexProvider {

    static final String NAME = "hnsw";

    /** For {@link java.util.ServiceLoader}. */
    public HnswIndexProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.allOf(Metric.class);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.allOf(ElementType.class);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        CodeTiers.Choice choice = CodeTiers.Choice.from(spec);
        choice.check(context.plugins());
        HnswParams params = HnswParams.from(choice.others(), context.seed());
        return (rows, ids) -> {
            spec.require(rows);
            CodeTiers tiers = choice.train(rows, context);
            IndexSpec filledIn = params.in(spec, tiers);
            return HnswIndex.build(filledIn, params, new NodeCodes(null, tiers), context, rows, ids);
        };
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        return HnswFile.open(file, context);
    }
}
