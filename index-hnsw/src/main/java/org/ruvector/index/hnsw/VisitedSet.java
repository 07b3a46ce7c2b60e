package org.ruvector.index.hnsw;

import java.util.Arrays;

/** Which ordinals a search has seen; emptied by counting an epoch on, not by clearing. Not thread-safe. */
final class VisitedSet {
    private int[] seenIn = new int[0];
    private int epoch;

    /** Empties the set and makes room for ordinals below {@code capacity}. */
    void reset(int capacity) {
        if (seenIn.length < capacity) {
            seenIn = new int[capacity + (capacity >>> 3)];
            epoch = 0;
        }
        if (++epoch == 0) {
            Arrays.fill(seenIn, 0);
            epoch = 1;
        }
    }

    /** Adds an ordinal and returns whether it was new. */
    boolean add(int ordinal) {
        if (seenIn[ordinal] == epoch) {
            return false;
        }
        seenIn[ordinal] = epoch;
        return true;
    }
}
