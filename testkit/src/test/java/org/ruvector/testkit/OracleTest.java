package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;

final class OracleTest {

    /** Distances 1, 4, 4, 9 from the origin, in the order of the ids 30, 10, 20, 40. */
    private final Oracle oracle = Oracle.of(
            Metric.EUCLIDEAN, VectorRows.ofFloats(new float[] {2, 0, 0, 2, 1, 0, 0, 3}, 2), new long[] {10, 20, 30, 40
            });

    private final SearchRequest two = SearchRequest.of(Query.of(0f, 0f), 2);

    private static SearchResult result(Hit... hits) {
        return new SearchResult(List.of(hits), new SearchResult.Stats(4, 4, 0, StopReason.EXHAUSTED, "scan", 1));
    }

    @Test
    void theNearestComeFirstAndTiesById() {
        assertEquals(List.of(new Hit(30, 1), new Hit(10, 4)), oracle.search(two));
        assertEquals(
                List.of(new Hit(10, 4), new Hit(20, 4)),
                oracle.search(two.filter(Filter.where(id -> id != 30)).within(4)));
        assertEquals(List.of(), oracle.search(two.within(0.5f)));
        assertEquals(4, oracle.size());
        assertEquals(2, oracle.matching(Filter.ids(10, 20, 50)));
    }

    @Test
    void metricsAreAsDefined() {
        Query a = Query.of(1f, -2f);
        Map<Long, Query> one = Map.of(5L, Query.of(3f, 4f));
        assertEquals(40, Oracle.of(Metric.EUCLIDEAN, one).distance(a, 5));
        assertEquals(8, Oracle.of(Metric.MANHATTAN, one).distance(a, 5));
        assertEquals(5, Oracle.of(Metric.INNER_PRODUCT, one).distance(a, 5));
        assertEquals(1 + 5 / (Math.sqrt(5) * 5), Oracle.of(Metric.COSINE, one).distance(a, 5), 1e-15);
        assertEquals(1, Oracle.of(Metric.COSINE, one).distance(Query.of(0f, 0f), 5));
        Oracle bits = Oracle.of(Metric.HAMMING, Map.of(5L, Query.of(new long[] {0b1100}, 4)));
        assertEquals(2, bits.distance(Query.of(new long[] {0b1010}, 4), 5));
        Oracle bytes = Oracle.of(Metric.EUCLIDEAN, Map.of(5L, Query.of(Byte.MIN_VALUE, Byte.MAX_VALUE)));
        assertEquals(2 * 255 * 255, bytes.distance(Query.of(Byte.MAX_VALUE, Byte.MIN_VALUE), 5));
    }

    @Test
    void recallCountsWhicheverOfEquallyDistantVectorsWasFound() {
        assertEquals(1, oracle.recall(two, result(new Hit(30, 1), new Hit(10, 4))));
        assertEquals(1, oracle.recall(two, result(new Hit(30, 1), new Hit(20, 4))));
        assertEquals(0.5, oracle.recall(two, result(new Hit(30, 1), new Hit(40, 9))));
        assertEquals(0.5, oracle.recall(two, result(new Hit(20, 4))));
        assertEquals(0, oracle.recall(two, result()));
        assertEquals(1, oracle.recall(two.within(0), result()));
        // A result cannot make up for a neighbour by finding more of the equally distant.
        assertEquals(1, oracle.recall(two, result(new Hit(30, 1), new Hit(10, 4), new Hit(20, 4))));
    }

    @Test
    void recallDoesNotBelieveTheResultsOwnDistances() {
        assertEquals(0.5, oracle.recall(two, result(new Hit(30, 1), new Hit(40, 2))));
    }

    @Test
    void recallRefusesIdsThatComeTwiceOrAreNotStored() {
        assertEquals(
                "Id 30 comes twice in a result",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> oracle.recall(two, result(new Hit(30, 1), new Hit(30, 1))))
                        .getMessage());
        assertEquals(
                "Id 31 is not stored",
                assertThrows(IllegalArgumentException.class, () -> oracle.recall(two, result(new Hit(31, 1))))
                        .getMessage());
    }

    @Test
    void idsMustBeDistinct() {
        VectorRows rows = VectorRows.ofFloats(new float[2], 1);
        assertThrows(IllegalArgumentException.class, () -> Oracle.of(Metric.EUCLIDEAN, rows, new long[] {7, 7}));
    }

    @Test
    void whereSumsAreExactTheExactAnswerIsOneList() {
        assertDoesNotThrow(() -> oracle.checkExact(two, result(new Hit(30, 1), new Hit(10, 4))));
        assertThrows(AssertionError.class, () -> oracle.checkExact(two, result(new Hit(30, 1), new Hit(20, 4))));
        assertThrows(AssertionError.class, () -> oracle.checkExact(two, result(new Hit(30, 1))));
        assertThrows(AssertionError.class, () -> oracle.check(two, result(new Hit(30, 1), new Hit(10, 4.001f))));
    }

    @Test
    void elsewhereDistancesThatRoundingConfusesMayChangePlaces() {
        Oracle near =
                Oracle.of(Metric.EUCLIDEAN, Map.of(1L, Query.of(1.1f), 2L, Query.of(1.1000001f), 3L, Query.of(1.2f)));
        SearchRequest one = SearchRequest.of(Query.of(0f), 1);
        assertDoesNotThrow(() -> near.checkExact(one, result(new Hit(1, 1.21f))));
        assertDoesNotThrow(() -> near.checkExact(one, result(new Hit(2, 1.21f))));
        assertThrows(AssertionError.class, () -> near.checkExact(one, result(new Hit(3, 1.44f))));
    }

    @Test
    void anApproximateIndexIsHeldToItsFloor() {
        for (double floor : new double[] {0.85, 0.95}) {
            IndexContract nineOfTen = new Approximate(floor);
            if (floor < 0.9) {
                assertDoesNotThrow(nineOfTen::recallOfDigitsByEveryMetricAndType);
            } else {
                assertThrows(AssertionError.class, nineOfTen::recallOfDigitsByEveryMetricAndType);
            }
        }
    }

    /** Always misses the nearest, so that nine of the ten nearest are found. */
    private record Approximate(double recallFloor) implements IndexContract {
        @Override
        public BruteForceProvider provider() {
            return new BruteForceProvider(Fault.MISSES_THE_NEAREST);
        }
    }
}
