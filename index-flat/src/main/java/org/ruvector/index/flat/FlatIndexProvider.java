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

/**
 * The index {@code flat}: compares the query with every vector, so its answers are exact: the {@code k} smallest by
 * distance, ties by id. Every metric and element type; no parameters, neither for building nor for searching. Under cosine,
 * float vectors are stored scaled to unit length.
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
        spec.parameters().requireOnly();
        return (rows, ids) -> FlatIndex.build(spec, context, rows, ids);
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        if (!file.spec().provider().equals(name())) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + name() + "'");
        }
        return new FlatIndex(file.spec(), context.kernel(), FlatRows.open(file));
    }
}
