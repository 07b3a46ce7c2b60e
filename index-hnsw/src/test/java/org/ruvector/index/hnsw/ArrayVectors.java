package org.ruvector.index.hnsw;

import org.ruvector.api.spi.Scorer;

/**
 * Vectors in plain arrays, compared by squared Euclidean distance.
 *
 * @param rows one vector for each node
 */
record ArrayVectors(float[]... rows) implements Vectors {

    @Override
    public Scorer ofNewNode(int node) {
        return to(rows[node]);
    }

    @Override
    public Scorer of(int node) {
        return to(rows[node]);
    }

    Scorer to(float[] query) {
        return (ordinals, n, bound, out) -> {
            float best = Float.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                out[i] = distance(query, rows[ordinals[i]]);
                best = Math.min(best, out[i]);
            }
            return best;
        };
    }

    static float distance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
