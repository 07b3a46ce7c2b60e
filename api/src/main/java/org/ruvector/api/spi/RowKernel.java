package org.ruvector.api.spi;

import java.lang.foreign.MemorySegment;

/**
 * One distance between a query on the heap and rows in native memory, in two forms: one pair, and one query against many
 * rows, which overlaps the rows' cache misses and loads each part of the query once for several rows.
 *
 * <p>Rows start at any byte offset, hold as many coordinates as the query (at most
 * {@link org.ruvector.api.IndexSpec#MAX_DIMENSION}), and are little-endian. Results of float kernels
 * differ between providers by rounding only: at most {@code 4 · ε · dimension} times the sum of the terms' absolute values.
 * Coordinates are expected to be finite; overflow gives infinity. With one provider on one machine equal inputs give equal
 * bits, in either form and whichever other rows are scored with them, interpreted or compiled.
 *
 * @param <Q> {@code float[]}, {@code byte[]} or {@code long[]} (bits packed into words)
 */
public interface RowKernel<Q> {

    /** The distance between the query and the row at byte {@code offset}. */
    float distance(Q query, MemorySegment rows, long offset);

    /**
     * Distances between the query and {@code n} rows; see {@link Scorer#score} for what {@code bound} and the returned
     * value mean. By default one pair after another.
     *
     * @param stride bytes from one row to the next
     */
    default float distances(Q query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            out[i] = distance(query, rows, ordinals[i] * stride);
            best = Math.min(best, out[i]);
        }
        return best;
    }
}
