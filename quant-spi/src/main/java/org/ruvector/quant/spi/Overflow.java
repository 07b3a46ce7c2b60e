package org.ruvector.quant.spi;

/** Distances of which some part does not fit a float. */
final class Overflow {

    private Overflow() {}

    /** Makes NaN, which sums of opposite infinities give, infinitely far; returns the least of the first {@code n} distances. */
    static float toInfinity(float[] distances, int n) {
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            distances[i] = Float.isNaN(distances[i]) ? Float.POSITIVE_INFINITY : distances[i];
            least = Math.min(least, distances[i]);
        }
        return least;
    }
}
