package org.ruvector.index.hnsw;

/**
 * The nearest candidates of a search in a sorted array of fixed length: those that were followed, and those that wait for it. As small
 * as it is, moving the farther half up costs less than a heap. Of equally distant ones any goes first. Not thread-safe.
 */
final class SearchPool {
    /** Set in an entry whose candidate was followed; an ordinal leaves this bit free. */
    private static final long FOLLOWED = 1L << 31;

    private long[] sorted = new long[0];
    private int capacity;
    private int size;
    /** The first that waits, or {@link #size}. */
    private int next;

    /** Empties the pool and makes room for {@code most} candidates. */
    void reset(int most) {
        if (sorted.length < most) {
            sorted = new long[most];
        }
        capacity = most;
        size = 0;
        next = 0;
    }

    /** The distance from which on a candidate has no place. */
    float bound() {
        return size < capacity ? Float.POSITIVE_INFINITY : Candidates.distance(sorted[size - 1]);
    }

    /** Adds a candidate nearer than the {@link #bound}; the farthest makes way. */
    void add(long packed) {
        int low = 0;
        for (int left = size; left > 0; ) {
            int half = (left + 1) >>> 1;
            // Without a branch, which would be mispredicted every other time.
            low += sorted[low + half - 1] < packed ? half : 0;
            left -= half;
        }
        if (low == capacity) {
            return;
        }
        int moved = (size < capacity ? size++ : size - 1) - low;
        System.arraycopy(sorted, low, sorted, low + 1, moved);
        sorted[low] = packed;
        next = Math.min(next, low);
    }

    /** The nearest that waits, which does so no more; −1 if none does. */
    int follow() {
        while (next < size && (sorted[next] & FOLLOWED) != 0) {
            next++;
        }
        if (next == size) {
            return -1;
        }
        int ordinal = Candidates.ordinal(sorted[next]);
        sorted[next++] |= FOLLOWED;
        return ordinal;
    }
}
