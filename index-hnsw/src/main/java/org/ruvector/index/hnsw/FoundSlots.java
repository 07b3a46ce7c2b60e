package org.ruvector.index.hnsw;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.Filter;
import org.ruvector.storage.SlotTable;

/**
 * The slots of a filter's ids, kept from one search to the next: the same filter often comes with many queries, and looking 600
 * ids up takes a tenth of the time that comparing their vectors does. Scratch space of one thread.
 */
final class FoundSlots {
    private Filter.Ids ids;
    private SlotTable table;
    private long changes;
    private int[] slots = new int[0];
    private int count;

    /** Looks the ids up, unless they were the last ones and nothing changed since. Nobody may be changing the table. */
    void lookUp(Filter.Ids wanted, SlotTable in, MemorySegment idsOfSlots) {
        if (wanted.equals(ids) && in.equals(table) && in.changes() == changes) {
            return;
        }
        if (slots.length < wanted.cardinality()) {
            slots = new int[(int) wanted.cardinality()];
        }
        count = 0;
        for (int i = 0; i < wanted.cardinality(); i++) {
            int slot = in.find(wanted.id(i), idsOfSlots);
            if (slot >= 0) {
                slots[count++] = slot;
            }
        }
        ids = wanted;
        table = in;
        changes = in.changes();
    }

    int[] slots() {
        return slots;
    }

    int count() {
        return count;
    }
}
