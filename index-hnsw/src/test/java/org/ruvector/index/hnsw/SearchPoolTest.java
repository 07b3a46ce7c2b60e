package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A pool beside a sorted set that is cut to its size. */
final class SearchPoolTest {

    @Property(seed = "1", tries = 500)
    void theNearestAreKeptAndTakenInOrder(
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @Size(max = 200) List<@IntRange(min = -1, max = 40) Integer> steps) {
        SearchPool pool = new SearchPool();
        pool.reset(3);
        pool.add(Candidates.pack(1, 1));
        pool.reset(capacity);
        TreeSet<Long> expected = new TreeSet<>();
        int ordinal = 0;
        for (int step : steps) {
            if (step < 0) {
                assertEquals(expected.isEmpty(), pool.isEmpty());
                if (!expected.isEmpty()) {
                    assertEquals(expected.pollFirst(), pool.take());
                }
            } else {
                // All different: of equals any may go first.
                long candidate = Candidates.pack(step - 10 + ordinal / 1000f, ordinal++);
                pool.add(candidate);
                expected.add(candidate);
                if (expected.size() > capacity) {
                    expected.pollLast();
                }
            }
            float bound = expected.size() < capacity ? Float.POSITIVE_INFINITY : Candidates.distance(expected.last());
            assertEquals(bound, pool.bound());
        }
    }
}
