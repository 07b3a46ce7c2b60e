package org.ruvector.bench.peer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import org.ruvector.bench.UnavailableException;

/**
 * C++ hnswlib (Yu. Malkov's own implementation) compiled for this machine, and called in this process. {@link #callNanos()} measures what a
 * foreign call costs. Thread-safe as far as hnswlib is: an index may be searched by many threads, but not while it is built, filtered, or its
 * {@code ef} is set.
 */
public final class HnswlibLibrary {

    private static final List<String> FLAGS =
            List.of("-O3", "-march=native", "-std=c++17", "-shared", "-fPIC", "-pthread");
    private static final CompiledLibrary.Source SOURCE = new CompiledLibrary.Source(
            "hnswlib",
            "hnswlib_shim.cpp",
            "hnswlib/hnswalg.h",
            "libhnswlib-dev",
            new CompiledLibrary.Source.Arguments(FLAGS, List.of()));

    private final CompiledLibrary library;
    private final String kernel;

    private HnswlibLibrary(CompiledLibrary library) {
        this.library = library;
        this.kernel = simd() + " (" + library.compiler() + " " + String.join(" ", FLAGS.subList(0, 2)) + ", "
                + Math.round(callNanos()) + " ns a call)";
    }

    /**
     * Compiles the library if it is not in the cache, and loads it for good.
     *
     * @param cache folder for compiled libraries; created if it does not exist
     * @return the library
     * @throws UnavailableException if there is no compiler or no hnswlib, or hnswlib runs without AVX here
     */
    public static HnswlibLibrary load(Path cache) {
        HnswlibLibrary loaded = new HnswlibLibrary(CompiledLibrary.load(SOURCE, cache));
        if (loaded.simd().equals("none")) {
            throw new UnavailableException("hnswlib runs without AVX on this machine, so comparing with it would be"
                    + " unfair: leave it out of --peers, or use a CPU with AVX");
        }
        return loaded;
    }

    /** {@return the instruction set that hnswlib's distances run with: {@code AVX512} or {@code AVX}} */
    public String simd() {
        return library.text("shim_simd");
    }

    /** {@return instruction set, compiler, flags and the price of a foreign call when it was loaded, for reports} */
    public String kernel() {
        return kernel;
    }

    /** {@return nanoseconds of one foreign call that does nothing, the cheapest of some batches} */
    public double callNanos() {
        MethodHandle nothing = library.handle(
                "shim_nothing", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        double best = Double.POSITIVE_INFINITY;
        try {
            for (int batch = 0; batch < 20; batch++) {
                long start = System.nanoTime();
                int sum = 0;
                for (int i = 0; i < 100_000; i++) {
                    sum += (int) nothing.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
                }
                best = Math.min(best, (System.nanoTime() - start) / 100_000.0 + sum);
            }
        } catch (Throwable e) {
            throw CompiledLibrary.rethrow(e);
        }
        return best;
    }

    /**
     * hnswlib's distance function.
     *
     * @param innerProduct whether it is one minus the inner product, or squared Euclidean
     * @param dimension    coordinates per row
     * @return the function, to be used in loops
     */
    public HnswlibDistance distance(boolean innerProduct, int dimension) {
        return new HnswlibDistance(this, innerProduct, dimension);
    }

    /** Its functions. */
    CompiledLibrary functions() {
        return library;
    }
}
