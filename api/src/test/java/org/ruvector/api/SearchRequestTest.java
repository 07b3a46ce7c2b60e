package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class SearchRequestTest {

    private static final Query QUERY = Query.of(1f, 2f);

    @Test
    void aPlainRequestHasNoLimits() {
        SearchRequest request = SearchRequest.of(QUERY, 10);
        assertEquals(QUERY, request.query());
        assertEquals(10, request.k());
        assertEquals(Parameters.none(), request.parameters());
        assertEquals(Filter.all(), request.filter());
        assertEquals(Float.POSITIVE_INFINITY, request.cutoff());
        assertNull(request.effort().timeBudget());
        assertEquals(1f, request.effort().oversample());
        assertNull(request.effort().stopPolicy());
    }

    @Test
    void aRangeSearchWantsEverythingWithinTheCutOff() {
        SearchRequest request = SearchRequest.range(QUERY, 2.5f);
        assertEquals(Integer.MAX_VALUE, request.k());
        assertEquals(2.5f, request.cutoff());
    }

    @Test
    void eachRefinementKeepsTheOthers() {
        StopPolicy never = (hops, distances, kth, candidate) -> false;
        Filter some = Filter.ids(1, 2);
        SearchRequest expected = new SearchRequest(
                Query.of(3f, 4f),
                5,
                Parameters.parse("ef=100,nprobe=3"),
                some,
                0.5f,
                new SearchRequest.Effort(Duration.ofMillis(3), 2.5f, never));
        SearchRequest start = SearchRequest.of(QUERY, 5);
        assertEquals(
                expected,
                start.query(Query.of(3f, 4f))
                        .with("ef", 100)
                        .with("nprobe", 3)
                        .filter(some)
                        .within(0.5f)
                        .timeBudget(Duration.ofMillis(3))
                        .oversample(2.5f)
                        .stopWhen(never));
        assertEquals(
                expected,
                start.stopWhen(never)
                        .oversample(2.5f)
                        .timeBudget(Duration.ofMillis(3))
                        .within(0.5f)
                        .filter(some)
                        .with("ef", 1)
                        .with(Parameters.parse("nprobe=3,ef=100"))
                        .query(Query.of(3f, 4f)));
        assertEquals(SearchRequest.of(QUERY, 5), start);
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        SearchRequest request = SearchRequest.of(QUERY, 1);
        refused("k is 0; it must be at least 1", () -> SearchRequest.of(QUERY, 0));
        refused(
                "The cut-off is NaN; it must be a distance, or positive infinity for none",
                () -> request.within(Float.NaN));
        refused("The time budget is PT0S; it must be positive", () -> request.timeBudget(Duration.ZERO));
        refused("The time budget is PT-1S; it must be positive", () -> request.timeBudget(Duration.ofSeconds(-1)));
        for (float factor : new float[] {0.99f, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            refused("oversample is " + factor + "; it must be at least 1 and finite", () -> request.oversample(factor));
        }
        assertThrows(NullPointerException.class, () -> SearchRequest.of(null, 1));
        assertThrows(NullPointerException.class, () -> request.filter(null));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
