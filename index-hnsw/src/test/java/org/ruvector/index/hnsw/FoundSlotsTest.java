package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.SlotTable;

final class FoundSlotsTest {
    private final MemorySegment ids = MemorySegment.ofArray(new long[4]);
    private final SlotTable table = new SlotTable(4);
    private final FoundSlots found = new FoundSlots();

    private void put(int slot, long id) {
        ids.set(VectorRows.LONG, 8L * slot, id);
        table.put(slot, ids);
    }

    private int[] slotsOf(Filter filter) {
        found.lookUp((Filter.Ids) filter, table, ids);
        return Arrays.copyOf(found.slots(), found.count());
    }

    @Test
    void aFilterThatComesAgainFindsWhatWasAddedAndRemovedMeanwhile() {
        Filter filter = Filter.ids(10, 20);
        put(0, 10);
        assertArrayEquals(new int[] {0}, slotsOf(filter));
        assertArrayEquals(new int[] {0}, slotsOf(filter));
        put(2, 20);
        assertArrayEquals(new int[] {0, 2}, slotsOf(filter));
        table.remove(10, ids);
        assertArrayEquals(new int[] {2}, slotsOf(filter));
        put(3, 10);
        assertArrayEquals(new int[] {3, 2}, slotsOf(filter));
        assertArrayEquals(new int[] {2}, slotsOf(Filter.ids(20)));
    }
}
