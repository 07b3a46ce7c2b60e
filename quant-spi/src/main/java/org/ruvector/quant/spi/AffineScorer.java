package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Scorer;

/** Distances from one query to the codes of an {@link AffineQuantizer}. Belongs to one thread. */
final class AffineScorer implements Scorer {
    /** Codes whose heads are read before their integers, so that the cache misses overlap. */
    private static final int AT_ONCE = 16;

    private final MemorySegment codes;
    private final int codeBytes;
    private final int bits;
    private final float[] weights;
    private final float offsets;
    private final float own;
    private final float[] steps = new float[AT_ONCE];
    private final float[] dots = new float[AT_ONCE];
    /** With the Vector API, or {@code null}. */
    private final PackedDots packedDots;

    private final byte[] packed;
    private final float[] integers;

    /**
     * Prepares the scratch space.
     *
     * @param weights what the integers are multiplied by
     * @param offsets what A is multiplied by
     * @param own     what of the distance belongs to the query alone
     */
    AffineScorer(Codes codes, int bits, float[] weights, float offsets, float own) {
        this.codes = codes.segment();
        this.codeBytes = codes.codeBytes();
        this.bits = bits;
        this.weights = weights;
        this.offsets = offsets;
        this.own = own;
        boolean fast = VectorApi.USABLE && codeBytes >= 16 && PackedDots.reads(this.codes);
        this.packedDots = fast ? new PackedDots(weights, bits, AffineQuantizer.HEAD) : null;
        this.packed = fast ? null : new byte[PackedBits.bytes(weights.length, bits)];
        this.integers = fast ? null : new float[weights.length];
    }

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        float best = Float.POSITIVE_INFINITY;
        for (int from = 0; from < n; from += AT_ONCE) {
            int count = Math.min(n - from, AT_ONCE);
            for (int i = 0; i < count; i++) {
                long at = (long) ordinals[from + i] * codeBytes;
                float a = codes.get(VectorRows.FLOAT, at);
                steps[i] = codes.get(VectorRows.FLOAT, at + 4);
                out[from + i] = own + codes.get(VectorRows.FLOAT, at + 8) + a * offsets;
            }
            if (packedDots != null) {
                packedDots.dots(codes, codeBytes, ordinals, from, count, dots);
            } else {
                dots(ordinals, from, count);
            }
            for (int i = 0; i < count; i++) {
                out[from + i] += steps[i] * dots[i];
                best = Math.min(best, out[from + i]);
            }
        }
        // The least of numbers with NaN among them is NaN.
        return Float.isNaN(best) ? Overflow.toInfinity(out, n) : best;
    }

    private void dots(int[] ordinals, int from, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) ordinals[from + i] * codeBytes + AffineQuantizer.HEAD;
            MemorySegment.copy(codes, ValueLayout.JAVA_BYTE, at, packed, 0, packed.length);
            PackedBits.unpack(packed, weights.length, bits, integers);
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum = Math.fma(weights[j], integers[j], sum);
            }
            dots[i] = sum;
        }
    }
}
