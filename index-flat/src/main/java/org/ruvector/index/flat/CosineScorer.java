package org.ruvector.index.flat;

import org.ruvector.api.spi.Scorer;

/**
 * Cosine distances {@code 1 − a·b} of vectors of unit length. Kept within 0 and 2, which rounding would leave; a zero vector
 * comes out at 1 by itself.
 *
 * @param innerProducts gives {@code −a·b}
 */
record CosineScorer(Scorer innerProducts) implements Scorer {

    // More than what adding 1 may round away, so that no row within the bound is given up.
    private static final float SLACK = 1e-6f;

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        float best = innerProducts.score(ordinals, n, bound - 1 + SLACK, out);
        for (int i = 0; i < n; i++) {
            out[i] = distance(out[i]);
        }
        return n == 0 ? best : distance(best);
    }

    private static float distance(float negatedProduct) {
        return Math.clamp(1 + negatedProduct, 0f, 2f);
    }
}
