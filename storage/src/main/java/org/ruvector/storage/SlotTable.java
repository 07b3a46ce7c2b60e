package org.ruvector.storage;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.VectorRows;

/**
 * Finds the slot of an id: a hash table with linear probing (Knuth, The Art of Computer Programming, vol. 3, section 6.4,
 * algorithms L and R). It holds slots only, 5 to 11 bytes for each; the ids stay where the index keeps them, the id of slot
 * {@code s} in the eight bytes from {@code 8 · s} on, and are passed to each call, so that they may move.
 *
 * <p>Expected constant time. Several threads may look up at once while none changes the table.
 */
public final class SlotTable {

    /** The most slots that a table holds. */
    public static final int MAX_SIZE = 3 << 28;

    private static final int MIN_CAPACITY = 16;

    // The slot plus one, so that 0 is a free place. The length is a power of two.
    private int[] table;
    private int size;
    private long changes;

    /**
     * An empty table.
     *
     * @param expected number of slots to make room for; more may be put
     */
    public SlotTable(int expected) {
        if (expected < 0 || expected > MAX_SIZE) {
            throw new IllegalArgumentException("Room for " + expected + " slots; it must be from 0 to " + MAX_SIZE);
        }
        int places = (int) Math.max(MIN_CAPACITY, expected * 4L / 3 + 1);
        table = new int[Integer.highestOneBit(places - 1) << 1];
    }

    /**
     * Throws unless all ids differ.
     *
     * @throws IllegalArgumentException naming the first that comes again, and both rows that have it
     */
    public static void requireDistinct(long[] ids) {
        SlotTable seen = new SlotTable(ids.length);
        MemorySegment segment = VectorRows.ofBits(ids, Long.SIZE).segment();
        for (int row = 0; row < ids.length; row++) {
            int other = seen.put(row, segment);
            if (other >= 0) {
                throw new IllegalArgumentException(
                        "Rows " + other + " and " + row + " both have the id " + ids[row] + "; ids must be distinct");
            }
        }
    }

    /** The number of slots. */
    public int size() {
        return size;
    }

    /** How often a slot was put or taken out: while it stays the same, so does every answer. */
    public long changes() {
        return changes;
    }

    /** Bytes of heap in use. */
    public long byteSize() {
        return 4L * table.length;
    }

    /** The slot of the id, or −1 if it has none. */
    public int find(long id, MemorySegment ids) {
        return table[place(id, ids)] - 1;
    }

    /**
     * Puts a slot under its id, unless another slot has the same id already.
     *
     * @return the slot that has the id already, or −1 if none had
     * @throws IllegalStateException if the table is full
     */
    public int put(int slot, MemorySegment ids) {
        long id = id(slot, ids);
        int place = place(id, ids);
        if (table[place] != 0) {
            return table[place] - 1;
        }
        if (size == MAX_SIZE) {
            throw new IllegalStateException("The index is full: it holds " + MAX_SIZE + " vectors");
        }
        table[place] = slot + 1;
        size++;
        changes++;
        if (size > table.length / 4 * 3) {
            grow(ids);
        }
        return -1;
    }

    /**
     * Takes an id out, whose eight bytes must still be in place.
     *
     * @return the slot that it had, or −1 if it had none
     */
    public int remove(long id, MemorySegment ids) {
        int hole = place(id, ids);
        int slot = table[hole] - 1;
        if (slot < 0) {
            return -1;
        }
        // What stands behind the hole moves into it if the hole is on its way, so that no search ends too early.
        int mask = table.length - 1;
        for (int i = (hole + 1) & mask; table[i] != 0; i = (i + 1) & mask) {
            int home = home(id(table[i] - 1, ids));
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                table[hole] = table[i];
                hole = i;
            }
        }
        table[hole] = 0;
        size--;
        changes++;
        return slot;
    }

    private void grow(MemorySegment ids) {
        int[] old = table;
        table = new int[old.length * 2];
        for (int entry : old) {
            if (entry != 0) {
                table[place(id(entry - 1, ids), ids)] = entry;
            }
        }
    }

    /** Where the id stands, or the free place where it belongs. */
    private int place(long id, MemorySegment ids) {
        int mask = table.length - 1;
        int i = home(id);
        while (table[i] != 0 && id(table[i] - 1, ids) != id) {
            i = (i + 1) & mask;
        }
        return i;
    }

    /** Fibonacci hashing: the upper bits of the product with 2⁶⁴ divided by the golden ratio. */
    private int home(long id) {
        return (int) ((id * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(table.length) + 1));
    }

    private static long id(int slot, MemorySegment ids) {
        return ids.get(VectorRows.LONG, 8L * slot);
    }
}
