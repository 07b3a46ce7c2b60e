package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A pool beside a sorted set that is cut to its size. */
final class SearchPoolTest {

    @Property(seed = "1", tries = 500)
    void theNearestAreKeptAndFollowedInOrder(
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @Size(max = 200) List<@IntRange(min = -1, max = 40) Integer> steps) {
        SearchPool pool = new SearchPool();
        pool.reset(3);
        pool.add(Candidates.pack(1, 1));
        pool.reset(capacity);
        TreeSet<Long> expected = new TreeSet<>();
        Set<Long> followed = new HashSet<>();
        int ordinal = 0;
        for (int step : steps) {
            if (step < 0) {
                Long first = expected.stream()
                        .filter(candidate -> !followed.contains(candidate))
                        .findFirst()
                        .orElse(null);
                assertEquals(first == null ? -1 : Candidates.ordinal(first), pool.follow());
                if (first != null) {
                    followed.add(first);
                }
            } else {
                // All different: of equals any may go first.
                float distance = step - 10 + ordinal / 1000f;
                long candidate = Candidates.pack(distance, ordinal++);
                if (distance < pool.bound()) {
                    pool.add(candidate);
                    expected.add(candidate);
                    if (expected.size() > capacity) {
                        expected.pollLast();
                    }
                }
            }
            float bound = expected.size() < capacity ? Float.POSITIVE_INFINITY : Candidates.distance(expected.last());
            assertEquals(bound, pool.bound());
        }
    }
}
