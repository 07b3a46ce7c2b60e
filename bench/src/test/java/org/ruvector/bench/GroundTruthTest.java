package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;

class GroundTruthTest {

    private static int[] sorted(Workload workload, int query, int[] rows, int k) {
        ExactDistance exact = new ExactDistance(workload);
        return IntStream.of(rows)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> exact.between(query, row))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT", "MANHATTAN"})
    void findsWhatSortingAllDistancesFinds(Metric metric) {
        Workload workload = Clustered.workload(3000, 20, 13, metric);
        int[] all = IntStream.range(0, 3000).toArray();
        int[][] found = new GroundTruth(workload, Plugins.load().kernel()).neighbours(10, 2, Progress.NONE);
        for (int q = 0; q < 20; q++) {
            assertArrayEquals(sorted(workload, q, all, 10), found[q], metric + " query " + q);
        }
    }

    @Test
    void searchesOnlyTheRowsGiven() {
        Workload workload = Clustered.workload(3000, 20, 13, Metric.EUCLIDEAN);
        int[] rows = IntStream.range(0, 3000).filter(row -> row % 7 == 3).toArray();
        int[][] found = new GroundTruth(workload, Plugins.load().kernel()).neighbours(rows, 10, 1, Progress.NONE);
        for (int q = 0; q < 20; q++) {
            assertArrayEquals(sorted(workload, q, rows, 10), found[q]);
        }
    }

    @Test
    void comparesBitsByHamming() {
        VectorRows base = VectorRows.ofBits(new long[] {0b1111, 0b0001, 0b0011}, 4);
        VectorRows query = VectorRows.ofBits(new long[] {0b0111}, 4);
        Workload workload = new Workload(base, query, Metric.HAMMING);
        int[][] found = new GroundTruth(workload, Plugins.none().kernel()).neighbours(3, 1, Progress.NONE);
        assertArrayEquals(new int[] {0, 2, 1}, found[0]);
    }

    @Test
    void answersFewerWhereThereAreFewer() {
        Workload workload = Clustered.workload(4, 2, 3, Metric.EUCLIDEAN);
        int[][] found = new GroundTruth(workload, Plugins.none().kernel()).neighbours(10, 1, Progress.NONE);
        assertEquals(4, found[0].length);
    }

    @Test
    void stopsWhenTold() {
        Workload workload = Clustered.workload(100, 50, 3, Metric.EUCLIDEAN);
        GroundTruth truth = new GroundTruth(workload, Plugins.none().kernel());
        assertThrows(CancellationException.class, () -> truth.neighbours(10, 2, (stage, done, total) -> done < 5));
    }
}
