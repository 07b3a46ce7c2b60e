package org.ruvector.index.ivf;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.VectorLayout;

/**
 * Codes of the residuals {@code r = x − c}. The squared Euclidean distance is that of {@code q − c} to {@code r}, so that a query is prepared
 * for each list; by cosine and inner product {@code ⟨q, x⟩ = ⟨q, c⟩ + ⟨q, r⟩}, and once is enough: there the quantizer is one for inner
 * products.
 */
record ResidualCodes(CodeTiers tiers) implements ListCodes {

    /** The metric that residuals are scored by. */
    static Metric metric(Metric metric) {
        return metric == Metric.EUCLIDEAN ? Metric.EUCLIDEAN : Metric.INNER_PRODUCT;
    }

    private Quantizer quantizer() {
        return tiers.codes();
    }

    @Override
    public long pageBytes() {
        return (long) Pages.WIDTH * quantizer().codeBytes();
    }

    @Override
    public void encode(float[] centroid, VectorRows rows, int from, int to, MemorySegment codes) {
        int d = centroid.length;
        long size = quantizer().codeBytes();
        // Page by page, for a list may be longer than an array.
        for (int at = from; at < to; at += Pages.WIDTH) {
            int n = Math.min(Pages.WIDTH, to - at);
            float[] residuals = new float[n * d];
            for (int i = 0; i < n; i++) {
                MemorySegment.copy(rows.segment(), VectorRows.FLOAT, (at + i) * rows.stride(), residuals, i * d, d);
                subtract(residuals, i * d, centroid);
            }
            quantizer().encode(VectorRows.ofFloats(residuals, d), codes.asSlice(at * size, n * size));
        }
    }

    /** Takes the centroid off; what overflows becomes as large as can be, and what is no number, as in a damaged file, 0. */
    static void subtract(float[] vectors, int at, float[] centroid) {
        for (int i = 0; i < centroid.length; i++) {
            float residual = vectors[at + i] - centroid[i];
            vectors[at + i] = Float.isNaN(residual) ? 0 : Math.clamp(residual, -Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }

    @Override
    public PageScorer scorer(Query query, Centroids centroids, MemorySegment codes) {
        int size = quantizer().codeBytes();
        Codes all = new Codes(codes, size, (int) (codes.byteSize() / size));
        float[] vector = ((Query.Floats) query).vector();
        Metric metric = centroids.spec().metric();
        float[] q = metric == Metric.COSINE ? VectorLayout.scaled(vector, new float[vector.length]) : vector;
        return new Estimates(quantizer(), q, metric == Metric.EUCLIDEAN ? centroids : null, all);
    }

    static final class Estimates implements PageScorer {
        private final Quantizer quantizer;
        private final float[] query;
        /** {@code null} where one scorer does for all lists. */
        private final Centroids centroids;

        private final Codes codes;
        private final int[] slots = new int[Pages.WIDTH];
        private Scorer scorer;
        private float distance;

        private Estimates(Quantizer quantizer, float[] query, Centroids centroids, Codes codes) {
            this.quantizer = quantizer;
            this.query = query;
            this.centroids = centroids;
            this.codes = codes;
            if (centroids == null) {
                scorer = quantizer.scorer(Query.of(query), codes);
            }
        }

        @Override
        public void begin(int list, float toCentroid) {
            if (centroids == null) {
                distance = toCentroid;
                return;
            }
            float[] residual = Arrays.copyOf(query, query.length);
            subtract(residual, 0, centroids.vector(list));
            scorer = quantizer.scorer(Query.of(residual), codes);
        }

        @Override
        public int score(int page, int n, float bound, float[] out) {
            for (int i = 0; i < n; i++) {
                slots[i] = page * Pages.WIDTH + i;
            }
            scorer.score(slots, n, bound - distance, out);
            int below = 0;
            for (int i = 0; i < n; i++) {
                out[i] += distance;
                below |= out[i] < bound ? 1 << i : 0;
            }
            return below;
        }
    }
}
