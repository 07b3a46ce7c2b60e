package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RoutingBuilder;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.clustering.Clustering;
import org.ruvector.clustering.KMeans;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

class RouterTest {

    private static final int CLUSTERS = 64;
    private static final Plugins PLUGINS = Plugins.load();
    private static final RealData DATA = RealData.fashionMnist();
    private static final VectorRows BASE = DATA.base(ElementType.FLOAT32);
    private static final Clustering CLUSTERED =
            new KMeans(CLUSTERS, 10, 1e-3, 42).cluster(BASE, BuildContext.of(PLUGINS));
    private static final VectorRows CENTRES =
            VectorRows.ofFloats(CLUSTERED.centroids().toArray(), BASE.dimension());

    private static RoutingBuilder builder(String form, BuildContext context) {
        IndexSpec spec = IndexSpec.parse(form, Metric.EUCLIDEAN, ElementType.FLOAT32, BASE.dimension());
        return (RoutingBuilder) new RouterProvider().builder(spec, context);
    }

    /** Learned from rows of the base, and their neighbours but themselves. */
    private static VectorIndex learned(BuildContext context) {
        int n = 1500;
        VectorRows queries = BASE.slice(0, n);
        int[][] answers = new int[n][];
        IndexSpec spec = IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.FLOAT32, BASE.dimension());
        try (VectorIndex flat = PLUGINS.builder(spec, context).build(BASE)) {
            for (int q = 0; q < n; q++) {
                int itself = q;
                answers[q] = flat.search(SearchRequest.of(queries.query(q), 11)).hits().stream()
                        .filter(hit -> hit.id() != itself)
                        .limit(10)
                        .mapToInt(hit -> CLUSTERED.assignments()[(int) hit.id()])
                        .toArray();
            }
        }
        return builder("router:epochs=5", context).build(CENTRES, queries, answers);
    }

    private static List<Long> ranked(VectorIndex index, VectorRows queries, int q, int k) {
        return index.search(SearchRequest.of(queries.query(q), k)).hits().stream()
                .map(Hit::id)
                .toList();
    }

    /** The share of the ten nearest rows that lie in the first so many clusters. */
    private static double recall(VectorIndex router, int probes) {
        VectorRows queries = DATA.queries(ElementType.FLOAT32);
        var truth = DATA.truth(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32));
        int found = 0;
        for (int q = 0; q < queries.count(); q++) {
            Set<Long> probed = new HashSet<>(ranked(router, queries, q, probes));
            for (int i = 0; i < 10; i++) {
                int row = (int) truth.get(q).get(i).id();
                found += probed.contains((long) CLUSTERED.assignments()[row]) ? 1 : 0;
            }
        }
        return found / (10.0 * queries.count());
    }

    @Test
    void without_queries_the_order_is_that_of_the_distances_to_the_centres() {
        VectorRows queries = DATA.queries(ElementType.FLOAT32);
        for (Metric metric : new RouterProvider().metrics()) {
            IndexSpec spec = IndexSpec.parse("flat", metric, ElementType.FLOAT32, BASE.dimension());
            IndexSpec routed = IndexSpec.parse("router", metric, ElementType.FLOAT32, BASE.dimension());
            BuildContext context = BuildContext.of(PLUGINS);
            VectorRows centres = CENTRES;
            if (metric == Metric.COSINE) {
                float[] unit = new float[CLUSTERS * BASE.dimension()];
                for (int l = 0; l < CLUSTERS; l++) {
                    float[] direction = LearnedRouter.direction(
                            metric, ((org.ruvector.api.Query.Floats) CENTRES.query(l)).vector());
                    System.arraycopy(direction, 0, unit, l * direction.length, direction.length);
                }
                centres = VectorRows.ofFloats(unit, BASE.dimension());
            }
            try (VectorIndex flat = PLUGINS.builder(spec, context).build(centres);
                    VectorIndex router =
                            new RouterProvider().builder(routed, context).build(centres)) {
                int same = 0;
                for (int q = 0; q < queries.count(); q++) {
                    same += ranked(flat, queries, q, 3).equals(ranked(router, queries, q, 3)) ? 1 : 0;
                }
                // Near ties may be rounded the other way.
                assertTrue(same >= 0.98 * queries.count(), metric + ": " + same);
            }
        }
    }

    @Test
    void what_is_learned_finds_more_neighbours_in_the_first_clusters_than_the_order_of_the_centres() {
        BuildContext context = BuildContext.of(PLUGINS);
        IndexSpec spec = IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.FLOAT32, BASE.dimension());
        try (VectorIndex flat = PLUGINS.builder(spec, context).build(CENTRES);
                VectorIndex router = learned(context)) {
            double before = recall(flat, 2);
            double after = recall(router, 2);
            assertTrue(after > before, before + " by distance, " + after + " learned");
        }
    }

    @Test
    void the_number_of_threads_does_not_change_what_is_learned() {
        VectorRows queries = DATA.queries(ElementType.FLOAT32);
        List<float[]> scores = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            BuildContext one = BuildContext.of(PLUGINS);
            for (BuildContext context : List.of(one, one.on(pool, 3))) {
                try (VectorIndex router = learned(context)) {
                    float[] found = new float[CLUSTERS];
                    int i = 0;
                    for (Hit hit : router.search(SearchRequest.of(queries.query(0), CLUSTERS))
                            .hits()) {
                        found[i++] = hit.distance();
                    }
                    scores.add(found);
                }
            }
        }
        assertArrayEquals(scores.get(0), scores.get(1));
    }

    @Test
    void what_cannot_be_learned_from_is_refused() {
        RoutingBuilder builder = builder("router", BuildContext.of(PLUGINS));
        VectorRows two = BASE.slice(0, 2);
        assertThrows(IllegalArgumentException.class, () -> builder.build(CENTRES, two, new int[1][1]));
        assertThrows(IllegalArgumentException.class, () -> builder.build(CENTRES, two, new int[][] {{0}, {CLUSTERS}}));
        assertThrows(IllegalArgumentException.class, () -> builder.build(CENTRES, two, new int[][] {{0}, {}}));
        assertThrows(IllegalArgumentException.class, () -> builder.build(CENTRES, new long[CLUSTERS]));
        assertThrows(IllegalArgumentException.class, () -> builder("router:queries=3", BuildContext.of(PLUGINS)));
        assertThrows(IllegalArgumentException.class, () -> builder("router:epochs=-1", BuildContext.of(PLUGINS)));
        assertEquals(500, builder.queries(500));
    }
}
