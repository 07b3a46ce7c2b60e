package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatWasSeenFourBillionSearchesAgoIsForgotten() throws ReflectiveOperationException {
        VisitedSet visited = new VisitedSet();
        visited.reset(3);
        assertTrue(visited.add(0));
        Field epoch = VisitedSet.class.getDeclaredField("epoch");
        epoch.setAccessible(true);
        epoch.setInt(visited, -1);
        visited.add(1);
        visited.reset(3);
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            assertTrue(visited.add(ordinal));
            assertFalse(visited.add(ordinal));
        }
    }
}
