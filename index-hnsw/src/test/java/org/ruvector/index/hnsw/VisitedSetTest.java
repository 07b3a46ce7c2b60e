package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class VisitedSetTest {

    @Property(tries = 100, seed = "1")
    void itAnswersLikeASetWhateverItsCapacityWasBefore(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VisitedSet visited = new VisitedSet();
        for (int search = 0; search < 20; search++) {
            int capacity = random.nextInt(1, 100);
            visited.reset(capacity);
            Set<Integer> model = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                int ordinal = random.nextInt(capacity);
                assertEquals(model.add(ordinal), visited.add(ordinal));
            }
        }
    }

    @Property(tries = 100, seed = "2")
    void manyAtOnceAreAddedLikeOneAfterAnother(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VisitedSet visited = new VisitedSet();
        for (int search = 0; search < 5; search++) {
            visited.reset(500);
            Set<Integer> model = new HashSet<>();
            for (int step = 0; step < 40; step++) {
                int[] ordinals = random.ints(random.nextInt(33), 0, 500).toArray();
                int[] expected = Arrays.stream(ordinals).filter(model::add).toArray();
                int[] fresh = new int[ordinals.length + 1];
                int n = visited.addAll(ordinals, ordinals.length, fresh);
                assertArrayEquals(expected, Arrays.copyOf(fresh, n));
            }
        }
    }
}
