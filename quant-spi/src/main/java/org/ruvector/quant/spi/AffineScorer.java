package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Scorer;

/** Distances from one query to the codes of an {@link AffineQuantizer}. Belongs to one thread. */
final class AffineScorer implements Scorer {
    private final MemorySegment codes;
    private final int codeBytes;
    private final int bits;
    private final float[] weights;
    private final float offsets;
    private final float own;
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
        this.packed = new byte[PackedBits.bytes(weights.length, bits)];
        this.integers = new float[weights.length];
    }

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            long at = (long) ordinals[i] * codeBytes;
            float a = codes.get(VectorRows.FLOAT, at);
            float b = codes.get(VectorRows.FLOAT, at + 4);
            float c = codes.get(VectorRows.FLOAT, at + 8);
            MemorySegment.copy(codes, ValueLayout.JAVA_BYTE, at + 12, packed, 0, packed.length);
            out[i] = own + c + a * offsets + b * dot();
            best = Math.min(best, out[i]);
        }
        return best;
    }

    private float dot() {
        PackedBits.unpack(packed, weights.length, bits, integers);
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= weights.length; i += 4) {
            s0 = Math.fma(weights[i], integers[i], s0);
            s1 = Math.fma(weights[i + 1], integers[i + 1], s1);
            s2 = Math.fma(weights[i + 2], integers[i + 2], s2);
            s3 = Math.fma(weights[i + 3], integers[i + 3], s3);
        }
        for (; i < weights.length; i++) {
            s0 = Math.fma(weights[i], integers[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
