package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.testkit.RealData;

/** What estimates must not spoil. */
final class HnswFusedTest {

    private static MutableIndex build(String parameters, Metric metric, float[][] vectors) {
        int dimension = vectors[0].length;
        float[] all = new float[vectors.length * dimension];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, all, i * dimension, dimension);
        }
        IndexSpec spec = IndexSpec.parse("hnsw-fused:" + parameters, metric, ElementType.FLOAT32, dimension);
        return (MutableIndex) new HnswFusedIndexProvider()
                .builder(spec, BuildContext.of(Plugins.load()))
                .build(VectorRows.ofFloats(all, dimension));
    }

    private static float[][] rows(VectorRows rows) {
        return IntStream.range(0, rows.count())
                .mapToObj(i -> ((Query.Floats) rows.query(i)).vector().clone())
                .toArray(float[][]::new);
    }

    private static double distance(Metric metric, float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += metric == Metric.EUCLIDEAN ? difference * difference : -(double) a[i] * b[i];
        }
        return sum;
    }

    private static Set<Long> nearest(Metric metric, float[][] vectors, float[] query, int k, Set<Long> without) {
        return IntStream.range(0, vectors.length)
                .mapToObj(i -> (long) i)
                .filter(id -> !without.contains(id))
                .sorted(Comparator.comparingDouble(id -> distance(metric, vectors[Math.toIntExact(id)], query)))
                .limit(k)
                .collect(Collectors.toSet());
    }

    private static double recall(MutableIndex index, Metric metric, float[][] vectors, float[][] queries, int ef) {
        int found = 0;
        for (float[] query : queries) {
            Set<Long> truth = nearest(metric, vectors, query, 10, Set.of());
            for (Hit hit : index.search(SearchRequest.of(Query.of(query), 10).with("ef", ef))
                    .hits()) {
                found += truth.contains(hit.id()) ? 1 : 0;
            }
        }
        return found / (10.0 * queries.length);
    }

    @Test
    void searchesWalkByCodesAndCompareFewVectors() {
        float[][] base = rows(RealData.digits().base(ElementType.FLOAT32));
        Query query = RealData.digits().queries(ElementType.FLOAT32).query(0);
        try (MutableIndex index = build("", Metric.EUCLIDEAN, base)) {
            SearchResult result = index.search(SearchRequest.of(query, 10).with("ef", 40));
            assertEquals("graph of codes", result.stats().plan());
            assertTrue(result.stats().codeDistances() > 4 * result.stats().exactDistances(), result.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 311})
    void removedNeighboursTakeNobodysPlace(int removed) {
        float[][] base = Grown.vectors(20_000, 16, 5);
        float[] query = Grown.vectors(1, 16, 6)[0];
        try (MutableIndex index = build("", Metric.EUCLIDEAN, base)) {
            Set<Long> gone = nearest(Metric.EUCLIDEAN, base, query, removed, Set.of());
            gone.forEach(index::remove);
            Set<Long> truth = nearest(Metric.EUCLIDEAN, base, query, 10, gone);
            long found = index.search(SearchRequest.of(Query.of(query), 10).with("ef", 100)).hits().stream()
                    .filter(hit -> truth.contains(hit.id()))
                    .count();
            assertTrue(found >= 8, found + " of 10, " + removed + " removed");
        }
    }

    @ParameterizedTest
    @CsvSource({"EUCLIDEAN,100", "EUCLIDEAN,1000", "INNER_PRODUCT,16", "INNER_PRODUCT,100"})
    void whereTheOriginLiesDoesNotMatter(Metric metric, float offset) {
        float[][] base = rows(RealData.digits().base(ElementType.FLOAT32));
        float[][] queries = rows(RealData.digits().queries(ElementType.FLOAT32));
        for (float[][] each : new float[][][] {base, queries}) {
            for (float[] vector : each) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] += offset;
                }
            }
        }
        try (MutableIndex index = build("", metric, base)) {
            double recall = recall(index, metric, base, queries, 100);
            assertTrue(recall >= 0.98, "recall@10 " + recall);
        }
    }

    @Test
    void aVectorInfinitelyFarAwayLeadsNobodyAstray() {
        for (int huge = 0; huge < 150; huge += 10) {
            float[][] base = Grown.vectors(150, 16, 1);
            Arrays.fill(base[huge], 1e38f);
            try (MutableIndex index = build("", Metric.EUCLIDEAN, base)) {
                for (int i = 0; i < base.length; i++) {
                    Hit first = index.search(
                                    SearchRequest.of(Query.of(base[i]), 1).with("ef", 20))
                            .hits()
                            .getFirst();
                    assertTrue(i == huge || first.id() == i, "vector " + huge + " is huge, " + i + " gets " + first);
                }
            }
        }
    }

    @Test
    void longVectorsThatPromiseTooMuchTakeNobodysPlace() {
        float[][] base = Grown.vectors(5000, 64, 5);
        float[][] queries = Grown.vectors(50, 64, 8);
        for (int i = 0; i < base.length; i++) {
            for (int j = 0; j < 64; j++) {
                // Huge, but orthogonal to what is asked.
                base[i][j] *= (j < 32) == (i < 500) ? 0 : i < 500 ? 100 : 1;
            }
        }
        for (float[] query : queries) {
            Arrays.fill(query, 32, 64, 0);
        }
        try (MutableIndex index = build("", Metric.INNER_PRODUCT, base)) {
            double recall = recall(index, Metric.INNER_PRODUCT, base, queries, 100);
            assertTrue(recall >= 0.95, "recall@10 " + recall);
        }
    }

    @Test
    void manyAnswersAreFoundByCodesToo() {
        float[][] base = Grown.vectors(5000, 32, 5);
        SplittableRandom random = new SplittableRandom(7);
        try (MutableIndex index = build("", Metric.EUCLIDEAN, base)) {
            int byCodes = 0;
            for (int i = 0; i < 50; i++) {
                SearchResult result = index.search(SearchRequest.of(Query.of(base[random.nextInt(base.length)]), 100));
                assertEquals(100, result.hits().size());
                byCodes += result.stats().plan().equals("graph of codes") ? 1 : 0;
            }
            assertTrue(byCodes >= 45, byCodes + " of 50");
        }
    }

    @Test
    void aSearchThatIsStoppedAtOnceAnswersWhatItHas() {
        float[][] base = Grown.vectors(2000, 16, 5);
        try (MutableIndex index = build("", Metric.EUCLIDEAN, base)) {
            SearchRequest request = SearchRequest.of(Query.of(base[9]), 5).stopWhen((hops, d, kth, nearest) -> true);
            assertTrue(index.search(request).hits().size() >= 1);
        }
    }
}
