package org.ruvector.index.flat;

import java.util.EnumSet;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.VectorLayout;

/**
 * The index {@code flat}: compares the query with every vector, so its answers are exact: the {@code k} smallest by
 * distance, ties by id. Every metric and element type; no search parameters. Under cosine, float vectors are stored scaled to
 * unit length.
 *
 * <p>With {@code quantizer=…} (see {@link CodeTiers.Choice}) it scans codes of float vectors, and ranks the nearest of them by exact distances:
 * then the answers are approximate. Range searches, with {@code k} unlimited, compare vectors always.
 *
 * <p>Its indexes are {@link org.ruvector.api.spi.MutableIndex}, {@link org.ruvector.api.spi.BatchSearch} and
 * {@link org.ruvector.api.spi.Persistable}. Time O(n · dimension) for a search, O(1) for a change; space: the rows and about
 * 16 bytes each. A search sees the index as it was at one moment; a change waits for the searches that are running.
 */
public final class FlatIndexProvider implements IndexProvider {

    /** For {@link java.util.ServiceLoader}. */
    public FlatIndexProvider() {}

    @Override
    public String name() {
        return "flat";
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
        choice.others().requireOnly();
        choice.check(context.plugins());
        return (rows, ids) -> {
            spec.require(rows);
            CodeTiers tiers = choice.train(rows, context);
            IndexSpec filledIn = tiers == null ? spec : tiers.in(spec, choice.others());
            return FlatIndex.build(filledIn, context, tiers, rows, ids);
        };
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        if (!file.spec().provider().equals(name())) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + name() + "'");
        }
        IndexSpec spec = file.spec();
        CodeTiers tiers = CodeTiers.Choice.from(file).open(file, context.plugins());
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        return new FlatIndex(spec, context.kernel(), layout, FlatRows.open(file, layout, tiers));
    }
}
