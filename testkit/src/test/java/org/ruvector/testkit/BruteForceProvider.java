package org.ruvector.testkit;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/** Makes {@link BruteForceIndex}es with the given faults. */
record BruteForceProvider(Set<Fault> faults) implements IndexProvider {

    BruteForceProvider(Fault... faults) {
        this(Set.of(faults));
    }

    @Override
    public String name() {
        return "brute-force";
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
        if (!faults.contains(Fault.ACCEPTS_ANY_PARAMETER)) {
            spec.parameters().requireOnly();
        }
        return (rows, ids) -> build(spec, context, rows, ids);
    }

    private VectorIndex build(IndexSpec spec, BuildContext context, VectorRows rows, long[] ids) {
        if (!faults.contains(Fault.ACCEPTS_ANOTHER_SHAPE)) {
            spec.require(rows);
        }
        if (ids.length != rows.count()) {
            throw new IllegalArgumentException(ids.length + " ids for " + rows.count() + " rows");
        }
        boolean careless =
                faults.contains(spec.type() == ElementType.BIT ? Fault.ACCEPTS_SPARE_BITS : Fault.ACCEPTS_NAN);
        if (!careless) {
            rows.requireValid();
        }
        BruteForceIndex index = new BruteForceIndex(spec, context.kernel(), faults, null);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < ids.length; i++) {
            if (!seen.add(ids[i]) && !faults.contains(Fault.ACCEPTS_AN_ID_TWICE)) {
                throw new IllegalArgumentException("Id " + ids[i] + " of row " + i + " comes twice");
            }
            if (!faults.contains(Fault.NEVER_REPORTS_PROGRESS)
                    && !context.progress().update("build", i, ids.length)) {
                throw new CancellationException("The build was cancelled");
            }
            VectorRows row = rows.slice(i, i + 1);
            boolean keeps = faults.contains(Fault.KEEPS_THE_ROWS);
            index.put(ids[i], row.query(0), keeps ? row : copy(row));
        }
        return index;
    }

    private static VectorRows copy(VectorRows row) {
        return Corpus.pack(List.of(row.query(0)), row.type(), row.dimension());
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        IndexSpec spec = file.spec();
        boolean careless = faults.contains(Fault.OPENS_ANYTHING);
        if (!spec.provider().equals(name()) && !careless) {
            throw new IndexFileException.WrongProvider("The file is of " + spec.provider() + ", not of " + name());
        }
        MemorySegment ids = file.section("ids");
        MemorySegment vectors = file.section("vectors");
        int count = (int) (ids.byteSize() / 8);
        long stride = spec.type().rowBytes(spec.dimension());
        if ((ids.byteSize() % 8 != 0 || vectors.byteSize() != count * stride) && !careless) {
            throw new IndexFileException.Corrupt("The sections' sizes do not go together");
        }
        BruteForceIndex index = new BruteForceIndex(spec, context.kernel(), faults, file);
        VectorRows rows = new VectorRows(vectors, spec.type(), spec.dimension(), count);
        try {
            rows.requireValid();
            for (int i = 0; i < count; i++) {
                VectorRows row = rows.slice(i, i + 1);
                index.put(ids.get(VectorRows.LONG, 8L * i), row.query(0), copy(row));
            }
        } catch (IllegalArgumentException e) {
            if (careless) {
                throw e;
            }
            throw new IndexFileException.Corrupt("The section 'vectors' is damaged: " + e.getMessage());
        }
        return index;
    }
}
