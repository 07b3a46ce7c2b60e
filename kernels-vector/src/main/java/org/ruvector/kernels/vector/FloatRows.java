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

    /** Distances to four rows, {@code ordinals[at]} to {@code ordinals[at + 3]}, into the same places of {@code out}. */
    abstract void four(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at);

    /** Distances to eight rows, likewise. */
    abstract void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at);

    /** What a group does where {@link Unconfined} does not hold. */
    final void oneByOne(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at, int n) {
        for (int i = at; i < at + n; i++) {
            out[i] = distance(query, rows, ordinals[i] * stride);
        }
    }

    @Override
    public final float distances(
            float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        int done = 0;
        for (; done + 8 <= n; done += 8) {
            eight(query, rows, stride, ordinals, out, done);
        }
        if (done + 4 <= n && n < 8) {
            four(query, rows, stride, ordinals, out, 0);
            done = 4;
        }
        // A last group may begin among rows that were scored already: they are cached by now, and come out the same.
        int left = n - done;
        if (left > 4) {
            eight(query, rows, stride, ordinals, out, n - 8);
        } else if (left > 1 && n >= 4) {
            four(query, rows, stride, ordinals, out, n - 4);
        } else {
            for (int i = done; i < n; i++) {
                out[i] = distance(query, rows, ordinals[i] * stride);
            }
        }
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            best = Math.min(best, out[i]);
        }
        return best;
    }

    static FloatVector row(MemorySegment rows, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, rows, offset, ByteOrder.LITTLE_ENDIAN);
    }
}
