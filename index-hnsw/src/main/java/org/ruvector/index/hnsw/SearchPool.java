package org.ruvector.index.hnsw;

/**
 * The nearest candidates that wait to be followed, in a sorted array: as few as they are, moving those that are farther up costs less
 * than a heap. Of equally distant ones any goes first. Not thread-safe.
 */
final class SearchPool {
    private long[] sorted = new long[0];
    private int capacity;
    /** Places {@code first} to {@code end − 1} wait. */
    private int first;

    private int end;

    /** Empties the pool and makes room for {@code most} candidates. */
    void reset(int most) {
        if (sorted.length < 2 * most) {
            sorted = new long[2 * most];
        }
        capacity = most;
        first = 0;
        end = 0;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** The distance from which on a candidate has no place. */
    float bound() {
        return end - first < capacity ? Float.POSITIVE_INFINITY : Candidates.distance(sorted[end - 1]);
    }

    /** Adds a candidate; if there are too many, the farthest makes way. */
    void add(long packed) {
        int low = first;
        for (int left = end - first; left > 0; ) {
            int half = (left + 1) >>> 1;
            // Without a branch, which would be mispredicted every other time.
            low += sorted[low + half - 1] < packed ? half : 0;
            left -= half;
        }
        if (low - first == capacity) {
            return;
        }
        if (end - first == capacity) {
            end--;
        }
        if (end == sorted.length) {
            System.arraycopy(sorted, first, sorted, 0, end - first);
            low -= first;
            end -= first;
            first = 0;
        }
        System.arraycopy(sorted, low, sorted, low + 1, end - low);
        sorted[low] = packed;
        end++;
    }

    /** The nearest, which waits no more; there must be one. */
    long take() {
        return sorted[first++];
    }
}
