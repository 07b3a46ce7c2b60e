package org.ruvector.api.spi;

/**
 * Distances from one fixed query to stored vectors, many at a time: one virtual call per hop of a traversal. Whether it
 * reads floats, bytes or codes is its own business. Not thread-safe.
 */
public interface Scorer {

    /**
     * Computes distances.
     *
     * <p>A row farther than {@code bound} may be given up early: its entry is then some value greater than {@code bound}
     * instead of its distance. Rows at most {@code bound} away always get their distance.
     *
     * @param ordinals the rows to score
     * @param n        how many of them
     * @param bound    distances above it do not matter; positive infinity if all do
     * @param out      receives {@code n} distances
     * @return the smallest of them; positive infinity if {@code n} is 0
     */
    float score(int[] ordinals, int n, float bound, float[] out);
}
