package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.ruvector.api.VectorRows;

final class SlotTableTest {

    @Property(tries = 30, seed = "42")
    void aTableAnswersLikeAMapWhateverIsPutAndRemoved(@ForAll long seed) {
        Random random = new Random(seed);
        int slots = 1 + random.nextInt(600);
        MemorySegment ids = MemorySegment.ofArray(new long[slots]);
        SlotTable table = new SlotTable(random.nextInt(slots));
        Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < 4000; step++) {
            int slot = random.nextInt(slots);
            long id = (random.nextInt(slots) - slots / 2L) << (random.nextInt(3) * 28);
            if (random.nextInt(3) > 0) {
                if (!model.containsValue(slot)) {
                    ids.set(VectorRows.LONG, 8L * slot, id);
                    Integer had = model.putIfAbsent(id, slot);
                    assertEquals(had == null ? -1 : had, table.put(slot, ids));
                }
            } else {
                Integer had = model.remove(id);
                assertEquals(had == null ? -1 : had, table.remove(id, ids));
            }
            assertEquals(model.size(), table.size());
            assertEquals(model.getOrDefault(id, -1), table.find(id, ids));
        }
        model.forEach((id, slot) -> assertEquals(slot, table.find(id, ids)));
    }

    @Test
    void idsOfAnyPatternAreFoundAgain() {
        LongUnaryOperator[] patterns = {
            i -> i, i -> -i, i -> i << 32, i -> i * 1_000_003, i -> Long.MIN_VALUE + i * 4096
        };
        for (LongUnaryOperator pattern : patterns) {
            int n = 100_000;
            MemorySegment ids = MemorySegment.ofArray(new long[n]);
            SlotTable table = new SlotTable(0);
            for (int slot = 0; slot < n; slot++) {
                ids.set(VectorRows.LONG, 8L * slot, pattern.applyAsLong(slot));
                assertEquals(-1, table.put(slot, ids));
            }
            for (int slot = 0; slot < n; slot++) {
                assertEquals(slot, table.find(pattern.applyAsLong(slot), ids));
                assertEquals(slot, table.put(slot, ids));
            }
            assertEquals(-1, table.find(pattern.applyAsLong(n), ids));
            assertTrue(table.byteSize() <= 11L * n, () -> table.byteSize() + " bytes");
        }
    }

    @Test
    void aTableThatExpectsEnoughDoesNotGrow() {
        for (int n : new int[] {0, 1, 11, 12, 13, 48, 49, 1000, 1536}) {
            MemorySegment ids = MemorySegment.ofArray(new long[n]);
            SlotTable table = new SlotTable(n);
            long before = table.byteSize();
            for (int slot = 0; slot < n; slot++) {
                ids.set(VectorRows.LONG, 8L * slot, slot * 7L);
                table.put(slot, ids);
            }
            assertEquals(before, table.byteSize(), "for " + n);
        }
        assertThrows(IllegalArgumentException.class, () -> new SlotTable(-1));
        assertThrows(IllegalArgumentException.class, () -> new SlotTable(SlotTable.MAX_SIZE + 1));
    }

    @Test
    void idsThatAreNotDistinctAreNamed() {
        SlotTable.requireDistinct(new long[] {3, -1, Long.MIN_VALUE});
        assertEquals(
                "Rows 1 and 3 both have the id 7; ids must be distinct",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SlotTable.requireDistinct(new long[] {3, 7, 5, 7, 3}))
                        .getMessage());
    }
}
