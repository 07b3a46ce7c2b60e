package org.ruvector.kernels.vector;

import static org.ruvector.kernels.vector.Lanes.LANES;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.spi.RowKernel;

/**
 * What the float kernels share: eight rows at a time, then four, so that the rows' cache misses overlap and each part of the
 * query is loaded once for all. A row is summed in the same order in a group and alone.
 *
 * <p>The kernels repeat much, for they may call nothing between themselves and the Vector API that takes a register or returns
 * one. The compiler (JDK 25's C2) inlines the Vector API always, other methods only at sites that look hot, and until 18,000
 * nodes are reached, of which an operation on registers takes about 400. A register that is passed to a method that is not
 * inlined is put on the heap: 75 ns a row in place of 17. For the same reason what an operation is called on is first cast to
 * {@link Lanes#REGISTER}: where libraries with other registers share the virtual machine (Lucene and JVector do) the compiler
 * would otherwise guess at the class by their common profile, and inline the operation for two.
 */
abstract class FloatRows implements RowKernel<float[]> {

    /**
     * Up to here by fours only. Ahead of the loop over eight rows the compiler clamps each row to its bounds, which takes
     * longer than a short loop saves: cached rows in eights took 5.8, 7.2 and 11.8 ns each at 64, 128 and 384 dimensions, in
     * fours, whose loop is not a counted one and so checks as it goes, 4.0, 5.5 and 13.4.
     */
    private static final int SHORT = 8 * LANES;

    /**
     * Distances to rows {@code ordinals[from]} to {@code ordinals[to - 1]}, into those places of {@code out}, by fours; where
     * fewer are left, the last one again and again. Rows have at least a register's length.
     */
    abstract void fours(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int from, int to);

    /** Distances to eight rows, {@code ordinals[at]} to {@code ordinals[at + 7]}, likewise. */
    abstract void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at);

    @Override
    public final float distances(
            float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        if (query.length < LANES || !Unconfined.is(rows)) {
            return RowKernel.super.distances(query, rows, stride, ordinals, n, bound, out);
        }
        int done = 0;
        if (query.length > SHORT) {
            for (; done + 8 <= n; done += 8) {
                eight(query, rows, stride, ordinals, out, done);
            }
            if (n - done > 4 && n >= 8) {
                // This group begins among rows that were scored already: they are cached by now, and come out the same.
                eight(query, rows, stride, ordinals, out, n - 8);
                done = n;
            }
        }
        if (n - done == 1) {
            out[done] = distance(query, rows, ordinals[done] * stride);
        } else {
            fours(query, rows, stride, ordinals, out, done, n);
        }
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            best = Math.min(best, out[i]);
        }
        return best;
    }
}
