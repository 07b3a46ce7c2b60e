package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class HitTest {

    @Property(tries = 1000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void nearerComesFirstThenTheSmallerId(
            @ForAll long a,
            @ForAll long b,
            @ForAll @IntRange(min = -2, max = 2) int x,
            @ForAll @IntRange(min = -2, max = 2) int y) {
        int expected = x == y ? Long.compare(a, b) : Integer.compare(x, y);
        assertEquals(expected, Integer.signum(new Hit(a, x).compareTo(new Hit(b, y))));
    }

    @Test
    void infinityIsFarthestAndNanBeyond() {
        Hit far = new Hit(1, Float.POSITIVE_INFINITY);
        assertTrue(new Hit(2, Float.MAX_VALUE).compareTo(far) < 0);
        assertTrue(far.compareTo(new Hit(0, Float.NaN)) < 0);
    }

    @Test
    void resultsGiveTheIdsInOrderAndDoNotChange() {
        List<Hit> hits = new ArrayList<>(List.of(new Hit(7, 0.5f), new Hit(3, 1f)));
        SearchResult.Stats stats = new SearchResult.Stats(2, 2, 0, StopReason.EXHAUSTED, "scan", 1);
        SearchResult result = new SearchResult(hits, stats);
        hits.clear();
        assertArrayEquals(new long[] {7, 3}, result.ids());
        assertThrows(UnsupportedOperationException.class, () -> result.hits().clear());
    }
}
