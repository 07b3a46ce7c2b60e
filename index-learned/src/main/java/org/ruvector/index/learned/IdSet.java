package org.ruvector.index.learned;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Ids that are added by one thread at a time and looked up by any number meanwhile, without locks or boxes: a hash table with
 * linear probing from which nothing is ever taken, so that whoever reads an older table misses only what is added meanwhile.
 */
final class IdSet {

    /** No more than half full; 0 is a free place. */
    private volatile AtomicLongArray table = new AtomicLongArray(16);

    private volatile boolean zero;
    private volatile int size;

    /** Adds an id that is not there; whoever looks for it from now on finds it. */
    void add(long id) {
        if (id == 0) {
            zero = true;
        } else {
            AtomicLongArray current = table;
            if (2 * size >= current.length()) {
                AtomicLongArray larger = new AtomicLongArray(2 * current.length());
                for (int i = 0; i < current.length(); i++) {
                    if (current.getPlain(i) != 0) {
                        put(current.getPlain(i), larger);
                    }
                }
                put(id, larger);
                table = larger;
            } else {
                put(id, current);
            }
        }
        // Only the one thread that adds writes it.
        int more = size + 1;
        size = more;
    }

    boolean contains(long id) {
        if (id == 0) {
            return zero;
        }
        AtomicLongArray current = table;
        return current.getAcquire(place(id, current)) == id;
    }

    int size() {
        return size;
    }

    long byteSize() {
        return (long) Long.BYTES * table.length();
    }

    /** A copy, ascending; not while another thread adds. */
    long[] sorted() {
        AtomicLongArray current = table;
        long[] ids = new long[size];
        // The place of zero, if it is there, is the one that is left.
        int n = zero ? 1 : 0;
        for (int i = 0; i < current.length(); i++) {
            if (current.getPlain(i) != 0) {
                ids[n++] = current.getPlain(i);
            }
        }
        Arrays.sort(ids);
        return ids;
    }

    private static void put(long id, AtomicLongArray table) {
        table.setRelease(place(id, table), id);
    }

    /** Where the id is, or the free place where it belongs. */
    private static int place(long id, AtomicLongArray table) {
        int mask = table.length() - 1;
        int i = (int) ((id * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(table.length()) + 1));
        for (long there; (there = table.getAcquire(i)) != 0 && there != id; ) {
            i = (i + 1) & mask;
        }
        return i;
    }
}
