package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.spi.RowKernel;

/**
 * What the float kernels share: eight rows at a time, then four, so that the rows' cache misses overlap and each part of the
 * query is loaded once for all. A row is summed in the same order in a group and alone.
 */
abstract class FloatRows implements RowKernel<float[]> {
    static final VectorSpecies<Float> SPECIES = LaneSums.SPECIES;
    static final int LANES = SPECIES.length();

    /**
     * A row's last register, where its length is no multiple of the lanes, begins in the one before. What it has of that one is
     * cleared by these bits, read from {@code n} on: they keep the last {@code n} lanes.
     */
    static final int[] KEEP = new int[2 * LANES];

    static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);

    static {
        Arrays.fill(KEEP, LANES, KEEP.length, -1);
    }

    /**
     * Up to here by fours only. Ahead of the loop over eight rows the compiler clamps each row to its bounds, which takes
     * longer than a short loop saves: cached rows in eights took 5.8, 7.2 and 11.8 ns each at 64, 128 and 384 dimensions, in
     * fours, whose loop is not a counted one and so checks as it goes, 4.0, 5.5 and 13.4.
     */
    private static final int SHORT = 8 * LANES;

    /** Distances to rows {@code ordinals[from]} to {@code ordinals[to - 1]}, a multiple of four, into those places of {@code out}. */
    abstract void fours(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int from, int to);

    /** Distances to eight rows, {@code ordinals[at]} to {@code ordinals[at + 7]}, likewise. */
    abstract void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at);

    /** Adds to {@code n} distances what the coordinates after the last whole register contribute. */
    abstract void addTails(float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float[] out);

    @Override
    public final float distances(
            float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        if (!Unconfined.is(rows)) {
            return RowKernel.super.distances(query, rows, stride, ordinals, n, bound, out);
        }
        // A last group may begin among rows that were scored already: they are cached by now, and come out the same.
        int done = 0;
        if (query.length > SHORT && n >= 8) {
            for (; done + 8 <= n; done += 8) {
                eight(query, rows, stride, ordinals, out, done);
            }
            if (n - done > 4) {
                eight(query, rows, stride, ordinals, out, n - 8);
                done = n;
            }
        }
        if (n - done >= 4) {
            int groups = (n - done) / 4 * 4;
            fours(query, rows, stride, ordinals, out, done, done + groups);
            done += groups;
        }
        if (n - done > 1 && n >= 4) {
            fours(query, rows, stride, ordinals, out, n - 4, n);
            done = n;
        }
        if (query.length % LANES != 0) {
            addTails(query, rows, stride, ordinals, done, out);
        }
        for (; done < n; done++) {
            out[done] = distance(query, rows, ordinals[done] * stride);
        }
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            best = Math.min(best, out[i]);
        }
        return best;
    }
}
