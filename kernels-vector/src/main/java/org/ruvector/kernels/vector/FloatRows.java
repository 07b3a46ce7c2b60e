package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.spi.RowKernel;

/**
 * What the float kernels share: four rows at a time, so that the rows' cache misses overlap and each part of the query is
 * loaded once for four rows. A row is summed in the same order in a group of four and alone.
 */
abstract class FloatRows implements RowKernel<float[]> {
    static final VectorSpecies<Float> SPECIES = LaneSums.SPECIES;
    static final int LANES = SPECIES.length();

    /** Distances to four rows at the given byte offsets, into {@code out[at]} to {@code out[at + 3]}. */
    abstract void four(float[] query, MemorySegment rows, long o0, long o1, long o2, long o3, float[] out, int at);

    @Override
    public final float distances(
            float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        float best = Float.POSITIVE_INFINITY;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            four(
                    query,
                    rows,
                    ordinals[i] * stride,
                    ordinals[i + 1] * stride,
                    ordinals[i + 2] * stride,
                    ordinals[i + 3] * stride,
                    out,
                    i);
            best = Math.min(best, Math.min(Math.min(out[i], out[i + 1]), Math.min(out[i + 2], out[i + 3])));
        }
        for (; i < n; i++) {
            out[i] = distance(query, rows, ordinals[i] * stride);
            best = Math.min(best, out[i]);
        }
        return best;
    }

    static FloatVector row(MemorySegment rows, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, rows, offset, ByteOrder.LITTLE_ENDIAN);
    }
}
