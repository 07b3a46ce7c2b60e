package org.ruvector.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;

/**
 * The compiler shares what it learns of the Vector API among all code. A library in the same virtual machine that computes with
 * narrower registers, and several metrics in turn, must not make these kernels allocate their registers on the heap.
 */
class SharedProfilesTest {

    private static final int ROWS = 300;
    private static final int BATCH = 33;
    private static final int CALLS = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SplittableRandom random = new SplittableRandom(42);

    /** What another library might do with registers of its own width. */
    private static float elsewhere(VectorSpecies<Float> species, float[] a, MemorySegment b) {
        FloatVector sum = FloatVector.zero(species);
        for (int i = 0; i < a.length; i += species.length()) {
            FloatVector x = FloatVector.fromArray(species, a, i);
            FloatVector y = FloatVector.fromMemorySegment(species, b, 4L * i, ByteOrder.LITTLE_ENDIAN);
            FloatVector d = x.sub(y);
            sum = d.fma(d, x.mul(y).abs().add(sum));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private float[] floats(int n) {
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    /** Bytes that so many batches allocate once the kernel is compiled; how soon that is, is the machine's business. */
    private static long allocated(RowKernel<float[]> kernel, float[] query, MemorySegment rows) {
        int[] ordinals = IntStream.range(0, BATCH).map(i -> 7 * i).toArray();
        float[] out = new float[BATCH];
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 500 && allocated > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                kernel.distances(query, rows, 4L * query.length, ordinals, BATCH, Float.POSITIVE_INFINITY, out);
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    @Test
    void no_kernel_allocates_whatever_registers_and_metrics_others_use() {
        VectorKernels kernels = new VectorKernels();
        float[] a = floats(256);
        MemorySegment b = Arena.ofAuto().allocate(4L * a.length);
        MemorySegment.copy(a, 0, b, VectorRows.FLOAT, 0, a.length);
        float sink = 0;
        for (int i = 0; i < 60_000; i++) {
            sink += elsewhere(i % 3 == 0 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_PREFERRED, a, b);
        }
        assertEquals(sink, sink);
        // An even and an odd number of whole registers, with and without a rest, short and long.
        for (int dimension : List.of(100, 112, 128, 300, 384)) {
            float[] query = floats(dimension);
            MemorySegment rows = Arena.ofAuto().allocate(4L * dimension * ROWS);
            MemorySegment.copy(floats(dimension * ROWS), 0, rows, VectorRows.FLOAT, 0, dimension * ROWS);
            for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT, Metric.MANHATTAN)) {
                assertEquals(
                        0,
                        allocated(kernels.floats(metric), query, rows),
                        () -> "bytes that " + CALLS + " batches of " + BATCH + " allocate, " + metric + ", " + dimension
                                + " dimensions");
            }
        }
    }
}
