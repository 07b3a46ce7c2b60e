package org.ruvector.hypergraph.structure;

import java.util.Arrays;

/** A set of ints that are at least 0, by open addressing: as large as what is in it, not as what could be. */
final class IntSet {

    // An int plus 1, or 0 where nothing is; at most half full.
    private int[] slots;
    private int size;

    /** Made for this many ints, and grows beyond. */
    IntSet(int expected) {
        slots = new int[Math.max(16, Integer.highestOneBit(Math.min(expected, 1 << 28)) * 4)];
    }

    /** Whether it was not there yet. */
    boolean add(int value) {
        if (size * 2L >= slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int at = hash(value) & mask;
        while (slots[at] != 0) {
            if (slots[at] == value + 1) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[at] = value + 1;
        size++;
        return true;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[Math.multiplyExact(old.length, 2)];
        int mask = slots.length - 1;
        for (int entry : old) {
            if (entry != 0) {
                int at = hash(entry - 1) & mask;
                while (slots[at] != 0) {
                    at = (at + 1) & mask;
                }
                slots[at] = entry;
            }
        }
    }

    // Fibonacci hashing; the upper bits, which depend on all below them, come down.
    private static int hash(int value) {
        int h = value * 0x9E3779B9;
        return h ^ (h >>> 15);
    }
}
