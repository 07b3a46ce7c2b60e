package org.ruvector.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.ruvector.api.VectorRows;

/** hnswlib's distance function in loops over rows that run in C++, so that one foreign call pays for many rows. */
public final class HnswlibDistance {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

    private final HnswlibLibrary library;
    private final MemorySegment space;
    private final long dimension;
    private final MethodHandle distances;
    private final MethodHandle scan;

    HnswlibDistance(HnswlibLibrary library, boolean innerProduct, int dimension) {
        this.library = library;
        this.dimension = dimension;
        distances = library.functions()
                .handle(
                        "shim_distances",
                        FunctionDescriptor.ofVoid(
                                ValueLayout.ADDRESS,
                                SIZE,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                SIZE,
                                ValueLayout.ADDRESS));
        scan = library.functions()
                .handle(
                        "shim_scan",
                        FunctionDescriptor.of(
                                INT,
                                ValueLayout.ADDRESS,
                                SIZE,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                SIZE,
                                ValueLayout.ADDRESS,
                                SIZE,
                                ValueLayout.ADDRESS));
        MethodHandle create =
                library.functions().handle("shim_space", FunctionDescriptor.of(ValueLayout.ADDRESS, INT, SIZE));
        MethodHandle free =
                library.functions().handle("shim_free_space", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
        try {
            space = ((MemorySegment) create.invokeExact(innerProduct ? 1 : 0, this.dimension))
                    .reinterpret(Arena.ofAuto(), address -> free(free, address));
        } catch (Throwable e) {
            throw CompiledLibrary.rethrow(e);
        }
    }

    private static void free(MethodHandle free, MemorySegment space) {
        try {
            free.invokeExact(space);
        } catch (Throwable e) {
            throw CompiledLibrary.rethrow(e);
        }
    }

    /**
     * Computes {@code n} distances.
     *
     * @param query    floats
     * @param rows     float rows
     * @param ordinals {@code n} row numbers as ints
     * @param n        how many
     * @param out      receives {@code n} floats
     */
    public void distances(MemorySegment query, MemorySegment rows, MemorySegment ordinals, int n, MemorySegment out) {
        try {
            distances.invokeExact(space, dimension, query, rows, ordinals, (long) n, out);
        } catch (Throwable e) {
            throw CompiledLibrary.rethrow(e);
        }
    }

    /**
     * Finds the nearest among some rows.
     *
     * @param query    floats
     * @param rows     float rows
     * @param ordinals row numbers as ints, all that the segment holds
     * @param nearest  receives row numbers as ints, nearest first, as many as it holds
     * @return how many were found
     */
    int scan(MemorySegment query, VectorRows rows, MemorySegment ordinals, MemorySegment nearest) {
        long n = ordinals.byteSize() / INT.byteSize();
        long k = nearest.byteSize() / INT.byteSize();
        try {
            return library.functions()
                    .check((int) scan.invokeExact(space, dimension, rows.segment(), ordinals, n, query, k, nearest));
        } catch (Throwable e) {
            throw CompiledLibrary.rethrow(e);
        }
    }
}
