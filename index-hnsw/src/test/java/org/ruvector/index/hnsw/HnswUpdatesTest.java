package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/** What additions and removals must leave behind in the graph, and what others may do meanwhile. */
final class HnswUpdatesTest {
    private static final int COUNT = 2000;
    private static final int DIMENSION = 8;
    private static final int CLUSTERS = 20;

    private static HnswIndex empty(String parameters, int dimension) {
        IndexSpec spec = IndexSpec.parse("hnsw:" + parameters, Metric.EUCLIDEAN, ElementType.FLOAT32, dimension);
        BuildContext context = BuildContext.of(Plugins.none());
        VectorRows none = VectorRows.empty(ElementType.FLOAT32, dimension);
        return (HnswIndex) new HnswIndexProvider().builder(spec, context).build(none, new long[0]);
    }

    private static double unreachable(HnswIndex index) {
        Map<String, Double> findings = index.diagnose(0, 1).findings().stream()
                .collect(Collectors.toMap(Diagnosis.Finding::name, Diagnosis.Finding::value));
        return findings.get("unreachable nodes");
    }

    /** Adds normally distributed vectors around the centre of each one's cluster, then removes some. */
    private static void requireAllReachable(int m, IntUnaryOperator cluster, double spread, IntPredicate removed) {
        try (HnswIndex index = empty("m=" + m + ",efConstruction=40", DIMENSION)) {
            float[][] centres = Grown.vectors(CLUSTERS, DIMENSION, 1);
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < COUNT; i++) {
                float[] vector = centres[cluster.applyAsInt(i)].clone();
                for (int j = 0; j < DIMENSION; j++) {
                    vector[j] = 10 * vector[j] + (float) (spread * random.nextGaussian());
                }
                index.add(i, Query.of(vector));
            }
            index.repair(BuildContext.of(Plugins.none()));
            assertEquals(0, unreachable(index), "unreachable after a repair");
            for (int i = 0; i < COUNT; i++) {
                if (removed.test(i)) {
                    index.remove(i);
                }
            }
            assertEquals(0, unreachable(index), "unreachable after the removals, without another repair");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void equalVectorsStayReachable(int m) {
        requireAllReachable(m, i -> 0, 0, i -> i % 10 != 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void whatIsLeftWhenWholeClustersGoStaysReachable(int m) {
        requireAllReachable(m, i -> i % CLUSTERS, 1, i -> i % CLUSTERS < CLUSTERS - 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void whatIsLeftWhenMostAreRemovedStaysReachable(int m) {
        requireAllReachable(m, i -> 0, 1, i -> i < COUNT * 9 / 10);
    }

    @Test
    void anIndexIsExaminedWhileItGrows() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (HnswIndex index = empty("m=4,efConstruction=20", DIMENSION)) {
                float[][] vectors = Grown.vectors(300, DIMENSION, round);
                FutureTask<Void> additions = new FutureTask<>(
                        () -> {
                            for (int i = 0; i < vectors.length; i++) {
                                index.add(i, Query.of(vectors[i]));
                            }
                        },
                        null);
                Thread.ofPlatform().daemon().start(additions);
                while (!additions.isDone()) {
                    assertFalse(index.diagnose(5, 1).findings().isEmpty());
                }
                additions.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Also in the moment in which the index moves to a larger store, without a lock of its own. */
    @Test
    void anAdditionThatMeetsAClosedIndexSaysSo() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 100; round++) {
            HnswIndex index = empty("m=4,efConstruction=20", 4096);
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<String> additions = new FutureTask<>(() -> {
                begun.countDown();
                for (int i = 0; ; i++) {
                    try {
                        index.add(i, Query.of(new float[4096]));
                    } catch (IllegalStateException e) {
                        return e.getMessage();
                    }
                }
            });
            Thread.ofPlatform().daemon().start(additions);
            begun.await();
            Thread.sleep(Duration.ofNanos(random.nextInt(1_000_000)));
            index.close();
            assertEquals("The index is closed", additions.get(1, TimeUnit.MINUTES));
            assertEquals(
                    "The index is closed",
                    assertThrows(IllegalStateException.class, () -> index.add(-1, Query.of(new float[4096])))
                            .getMessage());
        }
    }
}
