package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;

class GroundTruthTest {

    private static final VectorRows LINE = VectorRows.ofFloats(new float[] {0, 1, 3, 3}, 1);
    private static final ScalarKernels KERNEL = new ScalarKernels();

    private final BruteForceFlat flat = new BruteForceFlat();
    private final BuildContext context = BuildContext.of(Plugins.none().with(flat));

    private static VectorRows random(int count, int dimension, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return VectorRows.ofFloats(values, dimension);
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void findsTheNearestFirstAndTiesBySmallerId() {
        VectorRows queries = VectorRows.ofFloats(new float[] {2.5f, 0}, 1);
        GroundTruth truth = GroundTruth.exact(LINE, queries, Metric.EUCLIDEAN, 3, context);
        assertArrayEquals(new int[] {2, 3, 1, 0, 1, 2}, truth.ids());
        assertArrayEquals(new float[] {0.25f, 0.25f, 2.25f, 0, 1, 9}, truth.distances());
        assertEquals(2, truth.queries());
        assertEquals(1, truth.id(1, 1));
        assertEquals(9f, truth.distance(1, 2));
    }

    @Test
    void findsAllWhereTheBaseHasFewerThanK() {
        GroundTruth truth = GroundTruth.exact(LINE, LINE, Metric.EUCLIDEAN, 100, context);
        assertEquals(4, truth.k());
    }

    @Test
    void reportsQueriesDoneBatchByBatchAndCanBeCancelled() {
        List<String> reports = new ArrayList<>();
        BuildContext told = context.progress((stage, done, total) -> {
            reports.add(stage + " " + done + "/" + total);
            return true;
        });
        GroundTruth.exact(LINE, random(600, 1, 1), Metric.EUCLIDEAN, 1, told);
        assertEquals(
                List.of(
                        "exact neighbours 0/600",
                        "exact neighbours 256/600",
                        "exact neighbours 512/600",
                        "exact neighbours 600/600"),
                reports);
        assertEquals(3, flat.batches);
        BuildContext impatient = context.progress((stage, done, total) -> done < 256);
        assertEquals(
                "computing exact neighbours was cancelled after 256 of 600 queries",
                assertThrows(
                                CancellationException.class,
                                () -> GroundTruth.exact(LINE, random(600, 1, 1), Metric.EUCLIDEAN, 1, impatient))
                        .getMessage());
    }

    @Test
    void completesTheNeighboursOfOthersWithTheSameDistances() {
        VectorRows base = random(300, 20, 2);
        VectorRows queries = random(30, 20, 3);
        for (Metric metric : new Metric[] {Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT, Metric.MANHATTAN}) {
            GroundTruth exact = GroundTruth.exact(base, queries, metric, 10, context);
            assertEquals(exact, GroundTruth.of(new IntTable(exact.ids(), 10), base, queries, metric, KERNEL));
        }
    }

    @Test
    void refusesNeighboursOfAnotherMetricOrBase() {
        VectorRows base = random(300, 20, 2);
        VectorRows queries = random(30, 20, 3);
        IntTable ids = new IntTable(
                GroundTruth.exact(base, queries, Metric.EUCLIDEAN, 10, context).ids(), 10);
        String end = " of 30 queries are not in order; they were computed by another metric or for another base";
        String metric = refused(() -> GroundTruth.of(ids, base, queries, Metric.INNER_PRODUCT, KERNEL));
        assertEquals(end, metric.substring(metric.indexOf(" of 30 queries")));
        String other = refused(() -> GroundTruth.of(ids, random(300, 20, 4), queries, Metric.EUCLIDEAN, KERNEL));
        assertEquals(end, other.substring(other.indexOf(" of 30 queries")));
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertEquals(
                "k is 0; it must be at least 1",
                refused(() -> GroundTruth.exact(LINE, LINE, Metric.EUCLIDEAN, 0, context)));
        assertEquals(
                "The base has no rows, so nothing is near to a query",
                refused(() -> GroundTruth.exact(LINE.slice(0, 0), LINE, Metric.EUCLIDEAN, 1, context)));
        assertEquals(
                "The base has 1 × float32, but the queries have 2 × int8",
                refused(() ->
                        GroundTruth.exact(LINE, VectorRows.ofBytes(new byte[2], 2), Metric.EUCLIDEAN, 1, context)));
        assertEquals(
                "There is no index named 'flat'; none is on the module path",
                assertThrows(
                                PluginException.class,
                                () -> GroundTruth.exact(
                                        LINE, LINE, Metric.EUCLIDEAN, 1, BuildContext.of(Plugins.none())))
                        .getMessage());
        assertEquals(
                "3 ids and 3 distances are not as many of each as a multiple of k = 2",
                refused(() -> new GroundTruth(new int[3], new float[3], 2)));
    }
}
