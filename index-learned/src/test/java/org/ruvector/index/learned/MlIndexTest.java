package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

class MlIndexTest {

    private static final Metric[] METRICS = {Metric.EUCLIDEAN, Metric.COSINE, Metric.MANHATTAN};

    private static VectorIndex build(String form, Metric metric, VectorRows rows) {
        Plugins plugins = Plugins.load();
        IndexSpec spec = IndexSpec.parse(form, metric, ElementType.FLOAT32, rows.dimension());
        return plugins.builder(spec, BuildContext.of(plugins)).build(rows);
    }

    /** Vectors around a few centres at very different scales, with duplicates, zeros, and grids on which distances tie. */
    private static float[] vectors(SplittableRandom random, int n, int dimension) {
        double scale = Math.pow(10, random.nextInt(-12, 13));
        boolean grid = random.nextBoolean();
        float[] all = new float[n * dimension];
        for (int row = 0; row < n; row++) {
            if (row > 0 && random.nextInt(10) == 0) {
                int other = random.nextInt(row);
                System.arraycopy(all, other * dimension, all, row * dimension, dimension);
            } else if (random.nextInt(20) > 0) {
                double centre = 5 * random.nextInt(3);
                for (int d = 0; d < dimension; d++) {
                    all[row * dimension + d] =
                            (float) (scale * (centre + (grid ? random.nextInt(3) : random.nextGaussian())));
                }
            }
        }
        return all;
    }

    @Property(tries = 300)
    void the_answers_are_those_of_the_flat_index(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int dimension,
            @ForAll @IntRange(min = 1, max = 300) int n) {
        SplittableRandom random = new SplittableRandom(seed);
        Metric metric = METRICS[random.nextInt(METRICS.length)];
        VectorRows rows = VectorRows.ofFloats(vectors(random, n, dimension), dimension);
        float[] queries = vectors(random, 20, dimension);
        String form = "ml-index:epsilon=" + (1 + random.nextInt(20))
                + (random.nextBoolean() ? ",pivots=" + (1 + random.nextInt(50)) : "");
        try (VectorIndex learned = build(form, metric, rows);
                VectorIndex flat = build("flat", metric, rows)) {
            for (int q = 0; q < 20; q++) {
                float[] query = new float[dimension];
                System.arraycopy(queries, q * dimension, query, 0, dimension);
                Query vector = q < 5 ? rows.query(random.nextInt(n)) : Query.of(query);
                SearchRequest nearest = SearchRequest.of(vector, 1 + random.nextInt(20));
                SearchResult expected = flat.search(nearest);
                assertEquals(expected.hits(), learned.search(nearest).hits(), () -> metric + " " + form);
                SearchRequest near =
                        SearchRequest.range(vector, expected.hits().getLast().distance());
                assertEquals(
                        flat.search(near).hits(), learned.search(near).hits(), () -> metric + " " + form + " range");
            }
        }
    }

    @Test
    void distances_beyond_single_precision_do_not_lose_vectors() {
        float[] all = new float[200];
        for (int i = 0; i < 100; i++) {
            all[2 * i] = i % 2 == 0 ? 1e30f : -3e38f;
            all[2 * i + 1] = i * 1e28f;
        }
        VectorRows rows = VectorRows.ofFloats(all, 2);
        for (Metric metric : METRICS) {
            try (VectorIndex learned = build("ml-index:pivots=4", metric, rows);
                    VectorIndex flat = build("flat", metric, rows)) {
                for (int i = 0; i < 100; i += 7) {
                    SearchRequest request = SearchRequest.of(rows.query(i), 60);
                    assertEquals(
                            flat.search(request).hits(), learned.search(request).hits(), metric::text);
                }
            }
        }
    }

    @Test
    void in_few_dimensions_few_vectors_are_compared() {
        SplittableRandom random = new SplittableRandom(42);
        float[] all = new float[20_000 * 4];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) random.nextGaussian();
        }
        VectorRows rows = VectorRows.ofFloats(all, 4);
        try (VectorIndex index = build("ml-index", Metric.EUCLIDEAN, rows)) {
            long visited = 0;
            for (int i = 0; i < 100; i++) {
                visited += index.search(SearchRequest.of(rows.query(i), 10))
                        .stats()
                        .visited();
            }
            assertTrue(visited < 100 * 20_000 / 10, visited + " visited");
        }
    }

    @Test
    void what_the_triangle_inequality_does_not_hold_for_is_refused() {
        VectorRows rows = VectorRows.ofFloats(new float[4], 2);
        assertThrows(IllegalArgumentException.class, () -> build("ml-index", Metric.INNER_PRODUCT, rows));
        assertThrows(IllegalArgumentException.class, () -> build("ml-index:pivots=-1", Metric.EUCLIDEAN, rows));
        assertThrows(IllegalArgumentException.class, () -> build("ml-index:epsilon=0", Metric.EUCLIDEAN, rows));
    }

    @Test
    void rows_whose_squares_are_lost_tie_as_they_do_in_the_flat_index() {
        VectorRows rows = VectorRows.ofFloats(new float[] {0, 2.6e-23f, 5e-23f, 1e-20f, -3e-22f}, 1);
        for (float at : new float[] {0, 5e-23f, -1e-22f, 1e-20f}) {
            SearchRequest nearest = SearchRequest.of(Query.of(at), 2);
            try (VectorIndex learned = build("ml-index:pivots=1", Metric.EUCLIDEAN, rows);
                    VectorIndex flat = build("flat", Metric.EUCLIDEAN, rows)) {
                assertEquals(
                        flat.search(nearest).hits(), learned.search(nearest).hits(), "at " + at);
            }
        }
    }
}
