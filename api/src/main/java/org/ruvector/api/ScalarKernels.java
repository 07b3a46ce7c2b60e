package org.ruvector.api;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;

/**
 * The kernels that always work: plain Java, four independent sums so that additions do not wait for each other. They are
 * what the faster kernels are compared with.
 */
public final class ScalarKernels implements KernelProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public String describe() {
        return "scalar";
    }

    @Override
    public RowKernel<float[]> floats(Metric metric) {
        return switch (metric) {
            case EUCLIDEAN -> ScalarKernels::euclidean;
            case COSINE -> ScalarKernels::cosine;
            case INNER_PRODUCT -> (query, rows, offset) -> -dot(query, rows, offset);
            case MANHATTAN -> ScalarKernels::manhattan;
            case HAMMING -> throw notForNumbers();
        };
    }

    @Override
    public RowKernel<byte[]> bytes(Metric metric) {
        return switch (metric) {
            case EUCLIDEAN -> ScalarKernels::euclidean;
            case COSINE -> ScalarKernels::cosine;
            case INNER_PRODUCT -> ScalarKernels::innerProduct;
            case MANHATTAN -> ScalarKernels::manhattan;
            case HAMMING -> throw notForNumbers();
        };
    }

    @Override
    public RowKernel<long[]> bits() {
        return ScalarKernels::hamming;
    }

    private static IllegalArgumentException notForNumbers() {
        return new IllegalArgumentException("hamming compares bit vectors only; use KernelProvider.bits()");
    }

    private static float at(MemorySegment rows, long offset, int i) {
        return rows.get(VectorRows.FLOAT, offset + 4L * i);
    }

    private static float euclidean(float[] q, MemorySegment rows, long offset) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i < (q.length & ~3); i += 4) {
            float d0 = q[i] - at(rows, offset, i);
            float d1 = q[i + 1] - at(rows, offset, i + 1);
            float d2 = q[i + 2] - at(rows, offset, i + 2);
            float d3 = q[i + 3] - at(rows, offset, i + 3);
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < q.length; i++) {
            float d = q[i] - at(rows, offset, i);
            s0 += d * d;
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static float dot(float[] q, MemorySegment rows, long offset) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i < (q.length & ~3); i += 4) {
            s0 += q[i] * at(rows, offset, i);
            s1 += q[i + 1] * at(rows, offset, i + 1);
            s2 += q[i + 2] * at(rows, offset, i + 2);
            s3 += q[i + 3] * at(rows, offset, i + 3);
        }
        for (; i < q.length; i++) {
            s0 += q[i] * at(rows, offset, i);
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static float manhattan(float[] q, MemorySegment rows, long offset) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i < (q.length & ~3); i += 4) {
            s0 += Math.abs(q[i] - at(rows, offset, i));
            s1 += Math.abs(q[i + 1] - at(rows, offset, i + 1));
            s2 += Math.abs(q[i + 2] - at(rows, offset, i + 2));
            s3 += Math.abs(q[i + 3] - at(rows, offset, i + 3));
        }
        for (; i < q.length; i++) {
            s0 += Math.abs(q[i] - at(rows, offset, i));
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static float cosine(float[] q, MemorySegment rows, long offset) {
        double dot = 0, qq = 0, xx = 0; // No float is so large or small that its square leaves a double's range.
        for (int i = 0; i < q.length; i++) {
            double x = at(rows, offset, i);
            dot += q[i] * x;
            qq += (double) q[i] * q[i];
            xx += x * x;
        }
        return cosine(dot, qq, xx);
    }

    /**
     * The cosine distance {@code 1 − dot / √(qq · xx)} from its parts; 1 if either vector is zero.
     *
     * @param dot {@code q·x}
     * @param qq  {@code q·q}
     * @param xx  {@code x·x}
     */
    public static float cosine(double dot, double qq, double xx) {
        double scale = Math.sqrt(qq) * Math.sqrt(xx);
        return scale == 0 ? 1f : (float) (1 - dot / scale);
    }

    private static int byteAt(MemorySegment rows, long offset, int i) {
        return rows.get(ValueLayout.JAVA_BYTE, offset + i);
    }

    private static float euclidean(byte[] q, MemorySegment rows, long offset) {
        long sum = 0;
        for (int i = 0; i < q.length; i++) {
            int d = q[i] - byteAt(rows, offset, i);
            sum += (long) d * d;
        }
        return sum;
    }

    private static float innerProduct(byte[] q, MemorySegment rows, long offset) {
        long sum = 0;
        for (int i = 0; i < q.length; i++) {
            sum += (long) q[i] * byteAt(rows, offset, i);
        }
        return -sum;
    }

    private static float manhattan(byte[] q, MemorySegment rows, long offset) {
        long sum = 0;
        for (int i = 0; i < q.length; i++) {
            sum += Math.abs(q[i] - byteAt(rows, offset, i));
        }
        return sum;
    }

    private static float cosine(byte[] q, MemorySegment rows, long offset) {
        double dot = 0, qq = 0, xx = 0; // Sums of integers below 2⁵³: exact.
        for (int i = 0; i < q.length; i++) {
            int x = byteAt(rows, offset, i);
            dot += q[i] * x;
            qq += q[i] * q[i];
            xx += x * x;
        }
        return cosine(dot, qq, xx);
    }

    private static float hamming(long[] q, MemorySegment rows, long offset) {
        long bits = 0;
        for (int i = 0; i < q.length; i++) {
            bits += Long.bitCount(q[i] ^ rows.get(VectorRows.LONG, offset + 8L * i));
        }
        return bits;
    }
}
