package org.ruvector.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.Workload;

/**
 * C++ hnswlib, called as our own indexes are: one call per query from Java. Cosine is the inner product of unit vectors, as
 * its own binding does it.
 */
public final class HnswlibPeer implements Contestant {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

    private final HnswlibLibrary library;
    private final HnswSettings settings;

    /**
     * With the compiled library.
     *
     * @param library  where the functions are
     * @param settings of the graph
     */
    public HnswlibPeer(HnswlibLibrary library, HnswSettings settings) {
        this.library = library;
        this.settings = settings;
    }

    /** {@return the compiled library} */
    public HnswlibLibrary library() {
        return library;
    }

    @Override
    public String name() {
        return "hnswlib";
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public Graph build(Workload workload, int threads) {
        Workload unit = workload.unitForCosine();
        if (unit.metric() != Metric.EUCLIDEAN && unit.metric() != Metric.INNER_PRODUCT) {
            throw new IllegalArgumentException("hnswlib has no " + unit.metric().text() + " distance");
        }
        return new Graph(unit, threads);
    }

    /** A graph in native memory. */
    public final class Graph implements BuiltIndex {
        private final Workload workload;
        private final MemorySegment handle;
        private final long buildNanos;
        private final MethodHandle search = library.functions()
                .handle(
                        "shim_search",
                        FunctionDescriptor.of(
                                INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, SIZE, ValueLayout.ADDRESS));
        private final MethodHandle setEf =
                library.functions().handle("shim_set_ef", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, SIZE));
        private final MethodHandle filter = library.functions()
                .handle("shim_filter", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, SIZE));

        private Graph(Workload workload, int threads) {
            this.workload = workload;
            VectorRows base = workload.base();
            int innerProduct = workload.metric() == Metric.INNER_PRODUCT ? 1 : 0;
            MethodHandle create = library.functions()
                    .handle(
                            "shim_create",
                            FunctionDescriptor.of(ValueLayout.ADDRESS, INT, SIZE, SIZE, SIZE, SIZE, SIZE));
            MethodHandle build = library.functions()
                    .handle(
                            "shim_build",
                            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, SIZE, INT));
            long start = System.nanoTime();
            try {
                handle = library.functions().check((MemorySegment) create.invokeExact(
                        innerProduct,
                        (long) base.dimension(),
                        (long) base.count(),
                        (long) settings.m(),
                        (long) settings.efConstruction(),
                        settings.seed()));
                library.functions()
                        .check((int) build.invokeExact(handle, base.segment(), (long) base.count(), threads));
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
            buildNanos = System.nanoTime() - start;
        }

        @Override
        public String params() {
            return settings.text();
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        @Override
        public long bytes() {
            try {
                return (long) library.functions()
                        .handle("shim_bytes", FunctionDescriptor.of(SIZE, ValueLayout.ADDRESS))
                        .invokeExact(handle);
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
        }

        @Override
        public String kernel() {
            return library.kernel();
        }

        @Override
        public boolean accepts(Parameters point) {
            return HnswSettings.onlyEf(point);
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            try {
                setEf.invokeExact(handle, (long) HnswSettings.ef(point, k));
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
            VectorRows queries = workload.queries();
            MemorySegment labels = Arena.ofAuto().allocate(INT, k);
            return (query, ids) -> {
                try {
                    MemorySegment vector = queries.segment().asSlice(query * queries.stride(), queries.stride());
                    int found = library.functions().check((int) search.invokeExact(handle, vector, (long) k, labels));
                    MemorySegment.copy(labels, INT, 0, ids, 0, found);
                    return found;
                } catch (Throwable e) {
                    throw CompiledLibrary.rethrow(e);
                }
            };
        }

        /**
         * From now on searches answer only these rows, by hnswlib's own means: the others are marked deleted, so that they
         * are walked through but not answered (the code that a filter functor of later versions runs through as well).
         *
         * @param rows the rows that may be answered
         */
        public void filter(BitSet rows) {
            try (Arena arena = Arena.ofConfined()) {
                int n = workload.base().count();
                MemorySegment allowed = arena.allocate(n);
                for (int i = 0; i < n; i++) {
                    allowed.set(ValueLayout.JAVA_BYTE, i, (byte) (rows.get(i) ? 1 : 0));
                }
                library.functions().check((int) filter.invokeExact(handle, allowed, (long) n));
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
        }

        @Override
        public void close() {
            try {
                library.functions()
                        .handle("shim_free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
                        .invokeExact(handle);
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
        }
    }
}
