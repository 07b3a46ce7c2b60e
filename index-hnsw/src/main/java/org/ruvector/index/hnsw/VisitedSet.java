package org.ruvector.index.hnsw;

import java.util.Arrays;

/**
 * Which ordinals a search has seen: one bit each, so that the set of a hundred thousand nodes stays in the first-level cache
 * beside the vectors that stream through. Emptied by way of a list of what was added. Not thread-safe.
 */
final class VisitedSet {
    private long[] words = new long[0];
    private int[] added = new int[256];
    private int size;

    /** Empties the set and makes room for ordinals below {@code capacity}. */
    void reset(int capacity) {
        int needed = (capacity + Long.SIZE - 1) >>> 6;
        if (words.length < needed) {
            words = new long[needed + (needed >>> 3)];
        } else if (size > words.length) {
            Arrays.fill(words, 0);
        } else {
            for (int i = 0; i < size; i++) {
                words[added[i] >>> 6] = 0;
            }
        }
        size = 0;
    }

    /** Adds an ordinal and returns whether it was new. */
    boolean add(int ordinal) {
        long word = words[ordinal >>> 6];
        long bit = 1L << ordinal;
        if ((word & bit) != 0) {
            return false;
        }
        words[ordinal >>> 6] = word | bit;
        if (size == added.length) {
            added = Arrays.copyOf(added, 2 * size);
        }
        added[size++] = ordinal;
        return true;
    }

    /** Whether an ordinal was added. */
    boolean has(int ordinal) {
        return (words[ordinal >>> 6] >>> ordinal & 1) != 0;
    }

    /**
     * Adds ordinals and keeps those that were new. Without branches: about half of a node's neighbours are new, which no
     * branch predictor foresees.
     *
     * @param fresh receives the new ones in the same order; has room for {@code n}
     * @return how many were new
     */
    int addAll(int[] ordinals, int n, int[] fresh) {
        if (size + n > added.length) {
            added = Arrays.copyOf(added, 2 * added.length + n);
        }
        int kept = 0;
        for (int i = 0; i < n; i++) {
            int ordinal = ordinals[i];
            long word = words[ordinal >>> 6];
            words[ordinal >>> 6] = word | 1L << ordinal;
            fresh[kept] = ordinal;
            kept += (int) (~(word >>> ordinal) & 1);
        }
        System.arraycopy(fresh, 0, added, size, kept);
        size += kept;
        return kept;
    }
}
