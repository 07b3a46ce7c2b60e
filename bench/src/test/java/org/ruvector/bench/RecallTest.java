package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

class RecallTest {

    /** Points on a line; the query is at 0. Rows 1 and 2 are equally far, so are 3 and 4. */
    private final Workload line = line(Metric.EUCLIDEAN, 0, 1, -1, 2, 2, 5);

    private static Workload line(Metric metric, float... points) {
        return new Workload(VectorRows.ofFloats(points, 1), VectorRows.ofFloats(new float[] {0}, 1), metric);
    }

    private static int[][] truth(int... rows) {
        return new int[][] {rows};
    }

    @Test
    void countsTheShareOfExactNeighboursFound() {
        Recall recall = new Recall(line, truth(0, 1, 2), 3);
        assertEquals(1, recall.of(0, new int[] {0, 1, 2}, 3));
        assertEquals(2 / 3.0, recall.of(0, new int[] {0, 1, 5}, 3));
        assertEquals(0, recall.of(0, new int[] {5, 4, 3}, 3));
    }

    @Test
    void countsARowThatIsAsNearAsTheLastNeighbour() {
        Recall recall = new Recall(line, truth(0, 1, 2, 3), 4);
        assertEquals(1, recall.of(0, new int[] {0, 2, 1, 4}, 4));
    }

    @Test
    void neverExceedsOneWhenMoreRowsTieThanFit() {
        Recall recall = new Recall(line, truth(0, 1), 2);
        assertEquals(1, recall.of(0, new int[] {1, 2, 0}, 3));
    }

    @Test
    void usesOnlyTheFirstKOfALongerTruth() {
        Recall recall = new Recall(line, truth(0, 1, 2, 3, 4, 5), 1);
        assertEquals(0, recall.of(0, new int[] {5}, 1));
        assertEquals(1, recall.of(0, new int[] {0}, 1));
    }

    @Test
    void countsMissingAnswersAsNotFound() {
        Recall recall = new Recall(line, truth(0, 1, 2), 3);
        assertEquals(1 / 3.0, recall.of(0, new int[] {0, 99, 99}, 1));
    }

    @Test
    void refusesAnAnswerThatNamesARowTwice() {
        Recall recall = new Recall(line, truth(0, 1, 2), 3);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> recall.of(0, new int[] {1, 0, 1}, 3));
        assertEquals("The answer to query 0 names row 1 twice", e.getMessage());
    }

    @Test
    void refusesAnAnswerThatNamesARowThatDoesNotExist() {
        Recall recall = new Recall(line, truth(0, 1, 2), 3);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> recall.of(0, new int[] {6}, 1));
        assertTrue(e.getMessage().contains("row 6, but rows go from 0 to 5"), e.getMessage());
    }

    @Test
    void refusesATruthOfAnotherDataSet() {
        assertThrows(IllegalArgumentException.class, () -> new Recall(line, truth(0, 17), 2));
        assertThrows(IllegalArgumentException.class, () -> new Recall(line, new int[0][], 2));
    }

    @Test
    void tiesScaledCopiesUnderCosine() {
        VectorRows base = VectorRows.ofFloats(new float[] {0.3f, 0.7f, 0.1f, 3, 7, 1, -1, 0, 0}, 3);
        VectorRows query = VectorRows.ofFloats(new float[] {0.2f, 0.5f, 0.9f}, 3);
        Recall recall = new Recall(new Workload(base, query, Metric.COSINE), truth(0), 1);
        // 0.3f is not exactly a tenth of 3, so this tie is one up to the rounding of floats, and not counted as one.
        assertEquals(0, recall.of(0, new int[] {2}, 1));
        assertEquals(1, recall.of(0, new int[] {0}, 1));
    }

    @Test
    void isOneWhereThereWasNothingToFind() {
        assertEquals(1, new Recall(line, truth(), 3).of(0, new int[3], 0));
    }
}
