package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.spi.RowKernel;

/**
 * What the float kernels share: eight rows at a time, then four, so that the rows' cache misses overlap and each part of the
 * query is loaded once for all. A row is summed in the same order in a group and alone.
 */
abstract class FloatRows implements RowKernel<float[]> {
    static final VectorSpecies<Float> SPECIES = LaneSums.SPECIES;
    static final int LANES = SPECIES.length();

    /** Distances to four rows at the given byte offsets, into {@code out[at]} to {@code out[at + 3]}. */
    abstract void four(float[] query, MemorySegment rows, long o0, long o1, long o2, long o3, float[] out, int at);

    /** Distances to eight rows, {@code ordinals[at]} to {@code ordinals[at + 7]}, into the same places of {@code out}. */
    void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at) {
        for (int i = at; i < at + 8; i++) {
            out[i] = distance(query, rows, ordinals[i] * stride);
        }
    }

    final void oneByOne(float[] query, MemorySegment rows, long o0, long o1, long o2, long o3, float[] out, int at) {
        out[at] = distance(query, rows, o0);
        out[at + 1] = distance(query, rows, o1);
        out[at + 2] = distance(query, rows, o2);
        out[at + 3] = distance(query, rows, o3);
    }

    @Override
    public final float distances(
            float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            eight(query, rows, stride, ordinals, out, i);
        }
        if (i + 4 <= n) {
            four(
                    query,
                    rows,
                    ordinals[i] * stride,
                    ordinals[i + 1] * stride,
                    ordinals[i + 2] * stride,
                    ordinals[i + 3] * stride,
                    out,
                    i);
            i += 4;
        }
        for (; i < n; i++) {
            out[i] = distance(query, rows, ordinals[i] * stride);
        }
        float best = Float.POSITIVE_INFINITY;
        for (i = 0; i < n; i++) {
            best = Math.min(best, out[i]);
        }
        return best;
    }

    static FloatVector row(MemorySegment rows, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, rows, offset, ByteOrder.LITTLE_ENDIAN);
    }
}
