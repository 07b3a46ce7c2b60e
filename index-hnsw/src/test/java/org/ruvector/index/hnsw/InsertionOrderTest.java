package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.VectorLayout;

final class InsertionOrderTest {
    private static final int N = 3000;
    private static final int CLUSTERS = 2;
    private static final VectorLayout LAYOUT = new VectorLayout(
            IndexSpec.parse("hnsw", Metric.EUCLIDEAN, ElementType.FLOAT32, 8),
            Plugins.load().kernel());

    /** Even rows lie together, odd ones far away. */
    private static VectorRows twoClusters() {
        SplittableRandom random = new SplittableRandom(7);
        float[] rows = new float[8 * N];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i / 8 % CLUSTERS == 1 ? 1000 : 0) + (float) random.nextDouble();
        }
        return VectorRows.ofFloats(rows, 8);
    }

    private static int[] order(BuildContext context) {
        return InsertionOrder.grouped(twoClusters().segment(), N, LAYOUT, context);
    }

    @Test
    void everyRowIsInsertedOnceAndTheSameSeedGivesTheSameOrderOnAnyNumberOfThreads() {
        BuildContext context = BuildContext.of(Plugins.load()).seed(5);
        int[] order = order(context);
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, N).toArray(), sorted);
        try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
            assertArrayEquals(order, order(context.on(workers, 3)));
        }
    }

    @Test
    void theFirstQuarterIsSpreadAndTheRestComesClusterByCluster() {
        int[] order = order(BuildContext.of(Plugins.load()));
        int changes = 0;
        for (int i = N / 4 + 1; i < N; i++) {
            changes += order[i] % CLUSTERS != order[i - 1] % CLUSTERS ? 1 : 0;
        }
        // A pivot has the rows of one cluster, and there are five.
        assertTrue(changes < 5, "the cluster changed " + changes + " times");
        assertEquals(
                CLUSTERS,
                IntStream.range(0, 40).map(i -> order[i] % CLUSTERS).distinct().count());
    }

    @Test
    void fewerRowsThanPivotsAreNoTrouble() {
        for (int n = 1; n < 10; n++) {
            int[] order = InsertionOrder.grouped(twoClusters().segment(), n, LAYOUT, BuildContext.of(Plugins.load()));
            Arrays.sort(order);
            assertArrayEquals(IntStream.range(0, n).toArray(), order);
        }
    }
}
