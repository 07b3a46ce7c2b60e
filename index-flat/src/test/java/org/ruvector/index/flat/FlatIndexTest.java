package org.ruvector.index.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;
import org.ruvector.api.Query;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;

/** What is particular to this index; what every index must do is in {@link FlatIndexContractTest}. */
@Timeout(120)
final class FlatIndexTest {

    /** Rows of this dimension come 1,024 to a block. */
    private static final int DIMENSION = 16;

    private static final int BLOCK = 1024;
    private static final int COUNT = 5000;

    @Test
    void theProviderIsDeclaredInModuleAndServicesAlike() throws IOException {
        List<String> declared = FlatIndexProvider.class.getModule().getDescriptor().provides().stream()
                .filter(provides -> provides.service().equals(IndexProvider.class.getName()))
                .flatMap(provides -> provides.providers().stream())
                .toList();
        assertEquals(List.of(FlatIndexProvider.class.getName()), declared);
        try (InputStream services =
                FlatIndexProvider.class.getResourceAsStream("/META-INF/services/" + IndexProvider.class.getName())) {
            assertEquals(
                    declared,
                    new String(services.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
        assertEquals("flat", Plugins.load().index("flat").name());
    }

    @Test
    void theStatisticsCountRowsLookedAtAndRowsCompared() {
        try (FlatIndex index = random(Metric.EUCLIDEAN)) {
            SearchRequest request = SearchRequest.of(vector(1), 10);
            assertStats(COUNT, COUNT, "exact scan", index.search(request));
            assertStats(
                    COUNT, COUNT / 10, "exact scan", index.search(request.filter(Filter.where(id -> id % 10 == 0))));
            long[] few = LongStream.range(-50, 100).toArray();
            assertStats(100, 100, "exact scan of matching rows", index.search(request.filter(Filter.ids(few))));
            long[] many = LongStream.range(-50, COUNT).toArray();
            assertStats(COUNT, COUNT, "exact scan", index.search(request.filter(Filter.ids(many))));
        }
    }

    private static void assertStats(long visited, long distances, String plan, SearchResult result) {
        SearchResult.Stats stats = result.stats();
        assertEquals(
                new SearchResult.Stats(visited, distances, 0, StopReason.EXHAUSTED, plan, stats.elapsedNanos()), stats);
        assertTrue(stats.elapsedNanos() > 0);
    }

    @Test
    void aSpentTimeBudgetEndsTheScanAfterTheBlock() {
        try (FlatIndex index = random(Metric.EUCLIDEAN)) {
            SearchRequest request = SearchRequest.of(vector(1), 10).timeBudget(Duration.ofNanos(1));
            List<SearchResult> results = new ArrayList<>(index.searchAll(List.of(request, request), Runnable::run, 1));
            results.add(index.search(request));
            for (SearchResult result : results) {
                assertEquals(StopReason.TIME_BUDGET, result.stats().stop());
                assertEquals(BLOCK, result.stats().visited());
                assertEquals(10, result.hits().size());
            }
            SearchRequest forever = request.timeBudget(Duration.ofSeconds(Long.MAX_VALUE));
            assertEquals(StopReason.EXHAUSTED, index.search(forever).stats().stop());
        }
    }

    @Test
    void aStopPolicyIsAskedAfterEachBlockButTheLast() {
        try (FlatIndex index = random(Metric.EUCLIDEAN)) {
            List<String> asked = new ArrayList<>();
            SearchRequest request = SearchRequest.of(vector(1), 1500).stopWhen((hops, distances, kth, candidate) -> {
                asked.add(hops + " " + distances + " " + (kth < Float.POSITIVE_INFINITY) + " " + candidate);
                return hops == 3;
            });
            SearchResult result = index.search(request);
            assertEquals(List.of("1 1024 false -Infinity", "2 2048 true -Infinity", "3 3072 true -Infinity"), asked);
            assertEquals(StopReason.POLICY, result.stats().stop());
            assertEquals(3 * BLOCK, result.stats().visited());
            SearchRequest patient = request.stopWhen((hops, distances, kth, candidate) -> hops > 4);
            assertEquals(StopReason.EXHAUSTED, index.search(patient).stats().stop());
        }
    }

    @Test
    void aBatchAnswersBitForBitLikeSingleSearches() {
        for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT, Metric.MANHATTAN)) {
            try (FlatIndex index = random(metric);
                    ExecutorService two = Executors.newFixedThreadPool(2)) {
                List<SearchRequest> requests = new ArrayList<>();
                for (int i = 0; i < 150; i++) {
                    SearchRequest request = SearchRequest.of(vector(1000 + i), 1 + i);
                    requests.add(
                            switch (i % 3) {
                                case 0 -> request;
                                case 1 ->
                                    request.filter(Filter.ids(
                                            LongStream.range(0, 20L * i).toArray()));
                                default -> request.filter(Filter.where(id -> id % 3 == 0));
                            });
                }
                for (int parallelism : new int[] {1, 3, 200}) {
                    List<SearchResult> batch = index.searchAll(requests, two, parallelism);
                    for (int i = 0; i < requests.size(); i++) {
                        // One by one, for a message that can be read.
                        assertIterableEquals(
                                index.search(requests.get(i)).hits(),
                                batch.get(i).hits(),
                                "request " + i + " by " + metric + " on " + parallelism);
                    }
                }
            }
        }
    }

    @Test
    @SuppressWarnings("try") // closing early is part of the test
    void whatFailsInATaskReachesTheCaller() {
        try (FlatIndex index = random(Metric.EUCLIDEAN);
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            IllegalStateException failure = new IllegalStateException("from the filter");
            SearchRequest good = SearchRequest.of(vector(1), 1);
            SearchRequest bad = good.filter(Filter.where(id -> {
                throw failure;
            }));
            assertSame(
                    failure,
                    assertThrows(IllegalStateException.class, () -> index.searchAll(List.of(good, bad, good), two, 2)));
            assertThrows(
                    RejectedExecutionException.class,
                    () -> index.searchAll(
                            List.of(good),
                            task -> {
                                throw new RejectedExecutionException("full");
                            },
                            1));
            // Nothing is left locked.
            index.add(-1, vector(5));
            index.close();
            assertThrows(IllegalStateException.class, () -> index.searchAll(List.of(good), two, 2));
        }
    }

    @Test
    void rowsThatAKernelGivesUpEarlyAreNeverMissed() {
        for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT, Metric.MANHATTAN)) {
            try (FlatIndex patient = random(metric, new ScalarKernels());
                    FlatIndex hasty = random(metric, new HastyKernels())) {
                for (int i = 0; i < 20; i++) {
                    SearchRequest request = SearchRequest.of(vector(i), 7);
                    List<Hit> expected = patient.search(request).hits();
                    assertEquals(expected, hasty.search(request).hits());
                    SearchRequest range =
                            SearchRequest.range(vector(i), expected.getLast().distance());
                    assertEquals(expected, hasty.search(range).hits());
                }
            }
        }
    }

    /** Gives up every row that it may. */
    private static final class HastyKernels implements KernelProvider {

        private final ScalarKernels patient = new ScalarKernels();

        @Override
        public String name() {
            return "hasty";
        }

        @Override
        public int priority() {
            return -1;
        }

        @Override
        public String describe() {
            return "hasty";
        }

        @Override
        public RowKernel<float[]> floats(Metric metric) {
            return hasty(patient.floats(metric));
        }

        @Override
        public RowKernel<byte[]> bytes(Metric metric) {
            return hasty(patient.bytes(metric));
        }

        @Override
        public RowKernel<long[]> bits() {
            return hasty(patient.bits());
        }

        private static <Q> RowKernel<Q> hasty(RowKernel<Q> kernel) {
            return new RowKernel<>() {
                @Override
                public float distance(Q query, MemorySegment rows, long offset) {
                    return kernel.distance(query, rows, offset);
                }

                @Override
                public float distances(
                        Q query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
                    float best = Float.POSITIVE_INFINITY;
                    for (int i = 0; i < n; i++) {
                        float distance = distance(query, rows, ordinals[i] * stride);
                        out[i] = distance > bound ? Math.nextUp(bound) : distance;
                        best = Math.min(best, out[i]);
                    }
                    return best;
                }
            };
        }
    }

    @Test
    void distancesThatOverflowAreInfiniteAndStillAnswered() {
        for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.INNER_PRODUCT, Metric.MANHATTAN)) {
            float[] huge = {3e38f, -3e38f, 3e38f, -3e38f};
            VectorRows rows = VectorRows.ofFloats(new float[] {3e38f, 3e38f, 0, 0, 1, 1, 1, 1, -3e38f, 3e38f, 0, 1}, 4);
            try (FlatIndex index = build(metric, rows, new ScalarKernels())) {
                List<Hit> hits =
                        index.search(SearchRequest.of(Query.of(huge), 3)).hits();
                assertEquals(3, hits.size());
                assertTrue(hits.stream().noneMatch(hit -> Float.isNaN(hit.distance())));
                assertEquals(hits.stream().sorted().toList(), hits);
            }
        }
    }

    @Test
    void cosineKeepsTinyAndHugeVectorsApartAndWithinItsRange() {
        float[] rows = {
            3e38f, 3e38f, 10 * Float.MIN_VALUE, 10 * Float.MIN_VALUE, -10 * Float.MIN_VALUE, 10 * Float.MIN_VALUE, 0, 0
        };
        try (FlatIndex index = build(Metric.COSINE, VectorRows.ofFloats(rows, 2), new ScalarKernels())) {
            List<Hit> hits = index.search(SearchRequest.of(Query.of(Float.MIN_VALUE, Float.MIN_VALUE), 4))
                    .hits();
            assertEquals(List.of(0L, 1L, 2L, 3L), hits.stream().map(Hit::id).toList());
            assertEquals(0, hits.get(0).distance(), 2e-7f);
            assertEquals(0, hits.get(1).distance(), 2e-7f);
            assertEquals(1, hits.get(2).distance(), 2e-7f);
            assertEquals(1, hits.get(3).distance());
            assertTrue(hits.getFirst().distance() >= 0);
        }
    }

    @Test
    void memoryGrowsByDoublingAndIsGivenBack() {
        try (FlatIndex index =
                build(Metric.EUCLIDEAN, VectorRows.empty(ElementType.FLOAT32, DIMENSION), new ScalarKernels())) {
            for (int i = 0; i < COUNT; i++) {
                index.add(i, vector(i));
            }
            long grown = index.memory().total();
            assertTrue(grown <= 2L * COUNT * (4 * DIMENSION + 16), () -> grown + " bytes");
            for (int i = 0; i < COUNT - 10; i++) {
                assertTrue(index.remove((i * 7L) % COUNT));
            }
            assertEquals(10, index.size());
            assertTrue(
                    index.memory().parts().getFirst().bytes() <= 64L * 4 * DIMENSION,
                    () -> index.memory().toString());
            for (int i = COUNT - 10; i < COUNT; i++) {
                long id = (i * 7L) % COUNT;
                assertEquals(vector((int) id), index.vector(id).orElseThrow());
            }
        }
    }

    @Test
    void searchesGoOnWhileAnIndexIsSavedAndChangesWait() throws Exception {
        try (FlatIndex index = random(Metric.EUCLIDEAN);
                ExecutorService others = Executors.newFixedThreadPool(2)) {
            SearchRequest request = SearchRequest.of(vector(3), 5);
            List<Hit> before = index.search(request).hits();
            List<CompletableFuture<Void>> changes = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            index.save((name, parts) -> {
                CompletableFuture<Thread> changing = new CompletableFuture<>();
                if (changes.isEmpty()) {
                    changes.add(CompletableFuture.runAsync(
                            () -> {
                                changing.complete(Thread.currentThread());
                                index.remove(3);
                            },
                            others));
                    while (changing.join().getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                sizes.add(parts[0].byteSize());
                assertEquals(
                        before,
                        CompletableFuture.supplyAsync(
                                        () -> index.search(request).hits(), others)
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join());
                assertFalse(changes.getFirst().isDone());
            });
            changes.getFirst().join();
            assertEquals(List.of(4L * DIMENSION * COUNT, 8L * COUNT), sizes);
            assertEquals(COUNT - 1, index.size());
        }
    }

    /** On the scalar kernels: their results are the same bits whether interpreted or compiled. */
    private static FlatIndex random(Metric metric) {
        return random(metric, new ScalarKernels());
    }

    private static FlatIndex random(Metric metric, KernelProvider kernel) {
        float[] rows = new float[COUNT * DIMENSION];
        for (int i = 0; i < COUNT; i++) {
            System.arraycopy(vector(i).vector(), 0, rows, i * DIMENSION, DIMENSION);
        }
        return build(metric, VectorRows.ofFloats(rows, DIMENSION), kernel);
    }

    private static FlatIndex build(Metric metric, VectorRows rows, KernelProvider kernel) {
        BuildContext context = new BuildContext(Plugins.none(), kernel, BuildContext.Workers.CALLER, 42, Progress.NONE);
        IndexSpec spec = IndexSpec.parse("flat", metric, rows.type(), rows.dimension());
        return (FlatIndex) new FlatIndexProvider().builder(spec, context).build(rows);
    }

    private static Query.Floats vector(int i) {
        SplittableRandom random = new SplittableRandom(i);
        float[] vector = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            vector[j] = (float) random.nextDouble(-1, 1);
        }
        return new Query.Floats(vector);
    }
}
