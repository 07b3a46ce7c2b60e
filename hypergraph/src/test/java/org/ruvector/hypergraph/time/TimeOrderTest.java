package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The order of time against a sorted set. */
final class TimeOrderTest {

    @Property(tries = 60, seed = "1")
    void itHoldsWhatASortedSetDoes(@ForAll long seed, @ForAll @IntRange(max = 3) int arrival) {
        SplittableRandom random = new SplittableRandom(seed);
        Validities validities = new Validities();
        TimeOrder order = new TimeOrder(validities);
        SortedSet<Integer> model = new TreeSet<>(
                Comparator.<Integer>comparingLong(validities::from).thenComparingInt(edge -> edge));
        List<Integer> present = new ArrayList<>();
        int spread = random.nextInt(1, 10_000);
        for (int edge = 0; edge < 6000; edge++) {
            long from = switch (arrival) {
                case 0 -> edge;
                case 1 -> -edge;
                case 2 -> random.nextInt(spread);
                default -> edge + random.nextInt(spread);
            };
            validities.set(edge, from, from);
            order.add(edge);
            model.add(edge);
            present.add(edge);
            // More go than come in the middle, so that leaves become empty and are merged.
            int gone = edge > 2500 && edge < 4000 ? random.nextInt(4) : 0;
            for (int i = 0; i < gone && !present.isEmpty(); i++) {
                int at = random.nextInt(present.size());
                int removed = present.set(at, present.getLast());
                present.removeLast();
                order.remove(removed);
                model.remove(removed);
            }
            if (edge % 200 == 0) {
                requireSame(model, order, validities, random.nextInt(-10, 12_000), random.nextInt(3000));
            }
        }
        while (!present.isEmpty()) {
            int at = random.nextInt(present.size());
            order.remove(present.set(at, present.getLast()));
            present.removeLast();
            assertTrue(order.leaves() / 2 * 256 <= order.size(), () -> order.leaves() + " leaves");
        }
        assertEquals(0, order.size());
        assertEquals(0, order.range(Long.MIN_VALUE, Long.MAX_VALUE).length);
    }

    private static void requireSame(
            SortedSet<Integer> model, TimeOrder order, Validities validities, long start, int width) {
        long end = start + width;
        int[] expected = model.stream()
                .filter(edge -> validities.from(edge) >= start && validities.from(edge) < end)
                .mapToInt(Integer::intValue)
                .toArray();
        assertEquals(model.size(), order.size());
        // Two neighbours have more than 256 together, whatever was removed.
        assertTrue(order.leaves() / 2 * 256 <= order.size(), () -> order.leaves() + " leaves");
        assertArrayEquals(expected, order.range(start, end));
        assertEquals(expected.length, order.count(order.seek(start), order.seek(end)));
        assertArrayEquals(
                model.stream().mapToInt(Integer::intValue).toArray(), order.range(Long.MIN_VALUE, Long.MAX_VALUE));
        long position = order.seek(start);
        model.stream()
                .mapToLong(validities::from)
                .filter(from -> from >= start)
                .findFirst()
                .ifPresentOrElse(
                        from -> assertEquals(from, order.instant(position)), () -> assertFalse(order.has(position)));
    }

    @Test
    void removingWhatIsNotThereIsAnError() {
        Validities validities = new Validities();
        TimeOrder order = new TimeOrder(validities);
        validities.set(0, 5, 5);
        validities.set(1, 5, 5);
        order.add(1);
        assertThrows(AssertionError.class, () -> order.remove(0));
        assertEquals(1, order.size());
    }
}
