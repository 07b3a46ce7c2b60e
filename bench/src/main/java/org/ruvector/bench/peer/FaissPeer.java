package org.ruvector.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.PluginContestant;
import org.ruvector.bench.UnavailableException;
import org.ruvector.bench.Workload;

/**
 * The inverted files of FAISS (M. Douze and others, "The Faiss library", 2024), called as our own indexes are: one call per query from Java.
 * Cosine is the inner product of unit vectors. What FAISS recommends is left as it is. The library is the distribution's; Debian compiles it
 * for any x86-64 processor, without AVX2, which slows down {@code IndexIVFPQFastScan} above all: the report says what it was compiled for.
 */
public final class FaissPeer implements Contestant {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final String NPROBE = "nprobe";
    private static final CompiledLibrary.Source SOURCE = new CompiledLibrary.Source(
            "faiss",
            "faiss_shim.cpp",
            "faiss/Index.h",
            "libfaiss-dev",
            new CompiledLibrary.Source.Arguments(
                    List.of("-O3", "-std=c++17", "-shared", "-fPIC", "-fopenmp"),
                    List.of("-lfaiss", "-llapack", "-lblas")));

    /** What its lists hold. */
    public enum Lists {
        /** {@code IndexIVFFlat}. */
        VECTORS("faiss-ivfflat"),
        /** {@code IndexIVFPQFastScan} in an {@code IndexRefineFlat}. */
        CODES("faiss-ivfpqfs");

        private final String text;

        Lists(String text) {
            this.text = text;
        }

        /** {@return the peer's name} */
        public String text() {
            return text;
        }
    }

    private final CompiledLibrary library;
    private final Lists lists;
    private final IvfSettings settings;
    private final long seed;

    private FaissPeer(CompiledLibrary library, Lists lists, IvfSettings settings, long seed) {
        this.library = library;
        this.lists = lists;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Compiles what calls FAISS, if that is not in the cache.
     *
     * @param lists    what they hold
     * @param settings of the lists
     * @param seed     of its clustering
     * @param cache    folder for compiled libraries; created if it does not exist
     * @return the peer
     * @throws UnavailableException if there is no compiler or no FAISS
     */
    public static FaissPeer of(Lists lists, IvfSettings settings, long seed, Path cache) {
        return new FaissPeer(CompiledLibrary.load(SOURCE, cache), lists, settings, seed);
    }

    @Override
    public String name() {
        return lists.text;
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public String varied() {
        return NPROBE;
    }

    @Override
    public BuiltIndex build(Workload workload, int threads) {
        Workload unit = workload.unitForCosine();
        if (unit.metric() != Metric.EUCLIDEAN && unit.metric() != Metric.INNER_PRODUCT) {
            throw new IllegalArgumentException(
                    name() + " has no " + unit.metric().text() + " distance");
        }
        int rows = unit.base().count();
        if (settings.nlist() > rows) {
            throw new IllegalArgumentException(name() + " cannot make " + settings.nlist() + " lists of " + rows
                    + " vectors; ask for fewer, as in" + " nlist=" + Math.max(1, rows / 40));
        }
        int dimension = unit.base().dimension();
        if (lists == Lists.CODES && dimension % settings.m(dimension) != 0) {
            throw new IllegalArgumentException(name() + " needs m to divide the dimension; " + settings.m(dimension)
                    + " does not divide " + dimension);
        }
        return new Inverted(unit, threads);
    }

    private final class Inverted implements BuiltIndex {
        private final Workload workload;
        private final int m;
        private final MemorySegment handle;
        private final long buildNanos;
        private final MethodHandle search = library.handle(
                "shim_search",
                FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG, ValueLayout.ADDRESS));
        private final MethodHandle set = library.handle(
                "shim_set", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, LONG, ValueLayout.JAVA_FLOAT));

        private Inverted(Workload workload, int threads) {
            this.workload = workload;
            VectorRows base = workload.base();
            m = lists == Lists.CODES ? settings.m(base.dimension()) : 0;
            MethodHandle create = library.handle(
                    "shim_create", FunctionDescriptor.of(ValueLayout.ADDRESS, INT, LONG, LONG, LONG, INT));
            MethodHandle build = library.handle(
                    "shim_build", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG, INT, INT));
            long start = System.nanoTime();
            try {
                handle = library.check((MemorySegment) create.invokeExact(
                        workload.metric() == Metric.INNER_PRODUCT ? 1 : 0,
                        (long) base.dimension(),
                        (long) settings.nlist(),
                        (long) m,
                        settings.byResidual() ? 1 : 0));
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
            try {
                library.check(
                        (int) build.invokeExact(handle, base.segment(), (long) base.count(), threads, (int) seed));
            } catch (Throwable e) {
                close();
                throw CompiledLibrary.rethrow(e);
            }
            buildNanos = System.nanoTime() - start;
        }

        @Override
        public String params() {
            Parameters all = Parameters.none().with("nlist", settings.nlist());
            if (lists == Lists.CODES) {
                all = all.with("m", m).with("kFactor", settings.kFactor()).with("byResidual", settings.byResidual());
            }
            return all.toString();
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        @Override
        public long bytes() {
            try {
                return (long) library.handle("shim_bytes", FunctionDescriptor.of(LONG, ValueLayout.ADDRESS))
                        .invokeExact(handle);
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
        }

        @Override
        public String kernel() {
            return "FAISS " + library.text("shim_version");
        }

        @Override
        public boolean accepts(Parameters point) {
            return point.asMap().containsKey(NPROBE)
                    && (lists == Lists.CODES ? Set.of(NPROBE, PluginContestant.OVERSAMPLE) : Set.of(NPROBE))
                            .containsAll(point.asMap().keySet());
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            try {
                float kFactor = (float) point.getDouble(PluginContestant.OVERSAMPLE, settings.kFactor());
                set.invokeExact(handle, (long) point.getInt(NPROBE, 1), kFactor);
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
            VectorRows queries = workload.queries();
            MemorySegment labels = Arena.ofAuto().allocate(INT, k);
            return (query, ids) -> {
                try {
                    MemorySegment vector = queries.segment().asSlice(query * queries.stride(), queries.stride());
                    int found = library.check((int) search.invokeExact(handle, vector, (long) k, labels));
                    MemorySegment.copy(labels, INT, 0, ids, 0, found);
                    return found;
                } catch (Throwable e) {
                    throw CompiledLibrary.rethrow(e);
                }
            };
        }

        @Override
        public void close() {
            try {
                library.handle("shim_free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
                        .invokeExact(handle);
            } catch (Throwable e) {
                throw CompiledLibrary.rethrow(e);
            }
        }
    }
}
