package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SlotAllocatorTest {
    private final Epochs epochs = new Epochs();
    private final SlotAllocator slots = new SlotAllocator(epochs);

    @Test
    void aSlotIsNotReusedWhileASearchThatBeganEarlierRuns() {
        Epochs.Reader early = epochs.reader();
        Epochs.Reader late = epochs.reader();
        epochs.enter(early);
        slots.removed(5);
        assertEquals(1, slots.removedCount());
        assertEquals(-1, slots.reuse());
        slots.unlinked();
        assertEquals(0, slots.removedCount());
        epochs.enter(late);
        assertEquals(-1, slots.reuse());
        assertArrayEquals(new int[] {5}, slots.vacant());
        early.leave();
        assertEquals(5, slots.reuse());
        assertEquals(-1, slots.reuse());
        assertArrayEquals(new int[0], slots.vacant());
    }

    @Test
    void aSlotThatIsStillLinkedIsNotReusedEvenIfNobodySearches() {
        slots.removed(3);
        assertEquals(-1, slots.reuse());
        slots.unlinked();
        assertEquals(3, slots.reuse());
    }

    @Test
    void everyRemovedSlotIsGivenOutOnce() {
        boolean[] given = new boolean[100];
        for (int slot = 0; slot < 100; slot++) {
            if (slot % 2 == 0) {
                slots.free(slot);
            } else {
                slots.removed(slot);
            }
        }
        slots.unlinked();
        for (int i = 0; i < 100; i++) {
            int slot = slots.reuse();
            assertTrue(!given[slot]);
            given[slot] = true;
        }
        assertEquals(-1, slots.reuse());
    }

    @Test
    void theOldestEpochIsThatOfTheLongestRunningSearch() {
        assertEquals(Long.MAX_VALUE, epochs.oldest());
        Epochs.Reader first = epochs.reader();
        Epochs.Reader second = epochs.reader();
        assertEquals(Long.MAX_VALUE, epochs.oldest());
        long began = epochs.enter(first);
        assertTrue(epochs.advance() > began);
        assertTrue(epochs.enter(second) > began);
        assertEquals(began, epochs.oldest());
        first.leave();
        assertTrue(epochs.oldest() > began);
        second.leave();
        assertEquals(Long.MAX_VALUE, epochs.oldest());
    }
}
