package org.ruvector.index.hnsw;

import java.util.Arrays;
import org.ruvector.api.spi.Scorer;

/**
 * SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of Malkov and Yashunin (IEEE TPAMI 2020): a candidate is kept if it is nearer to
 * the node than to every neighbour kept before it, so that links lead in different directions. With
 * {@code keepPruned} the places left over go to the nearest discarded candidates. Scratch space of one thread.
 */
final class NeighbourSelection {
    /** Candidates are compared with this many kept neighbours at a time: as many as a kernel scores together. */
    private static final int STEP = 4;

    private final boolean keepPruned;
    private final int[] step = new int[STEP];
    private final float[] stepDistances = new float[STEP];
    private final int[] discarded;
    private float[] distances = new float[0];
    private long[] sorted = new long[0];

    NeighbourSelection(int maxLinks, boolean keepPruned) {
        this.keepPruned = keepPruned;
        this.discarded = new int[maxLinks];
    }

    /**
     * Selects among candidates whose distances are not known yet.
     *
     * @param candidates ordinals, without repetition
     * @param n          how many
     * @param max        most to select
     * @param selected   receives the selected ordinals; may be {@code candidates}
     * @return how many were selected
     */
    int selectAround(Vectors vectors, int node, int[] candidates, int n, int max, int[] selected) {
        if (sorted.length < n) {
            sorted = new long[n];
            distances = new float[n];
        }
        vectors.of(node).score(candidates, n, Float.POSITIVE_INFINITY, distances);
        for (int i = 0; i < n; i++) {
            sorted[i] = Candidates.pack(distances[i], candidates[i]);
        }
        Arrays.sort(sorted, 0, n);
        return select(vectors, node, sorted, n, max, selected);
    }

    /**
     * Selects neighbours of a node.
     *
     * @param candidates packed by {@link Candidates#pack} with their distances to the node, nearest first; changed
     * @param n          how many
     * @param max        most to select
     * @param selected   receives the selected ordinals, nearest first (the kept discarded ones after them)
     * @return how many were selected
     */
    int select(Vectors vectors, int node, long[] candidates, int n, int max, int[] selected) {
        int left = shuffleTies(candidates, n, node);
        int kept = 0;
        int dropped = 0;
        for (int i = 0; i < left && kept < max; i++) {
            int candidate = Candidates.ordinal(candidates[i]);
            if (isDiverse(vectors, candidate, Candidates.distance(candidates[i]), selected, kept)) {
                selected[kept++] = candidate;
            } else if (dropped < max) {
                discarded[dropped++] = candidate;
            }
        }
        if (keepPruned) {
            for (int i = 0; i < dropped && kept < max; i++) {
                selected[kept++] = discarded[i];
            }
        }
        return kept;
    }

    private boolean isDiverse(Vectors vectors, int candidate, float distanceToNode, int[] selected, int kept) {
        if (kept == 0) {
            return true;
        }
        Scorer scorer = vectors.of(candidate);
        for (int from = 0; from < kept; from += STEP) {
            int n = Math.min(STEP, kept - from);
            System.arraycopy(selected, from, step, 0, n);
            if (scorer.score(step, n, distanceToNode, stepDistances) < distanceToNode) {
                return false;
            }
        }
        return true;
    }

    /**
     * Puts candidates at equal distance into an order that differs from node to node, and drops the node itself. By ordinal,
     * thousands of equal vectors would all link to the same few of them, and the rest could not be reached.
     */
    private static int shuffleTies(long[] sorted, int n, int node) {
        int kept = 0;
        boolean ties = false;
        for (int i = 0; i < n; i++) {
            if (Candidates.ordinal(sorted[i]) != node) {
                ties |= kept > 0 && sorted[kept - 1] >> 32 == sorted[i] >> 32;
                sorted[kept++] = sorted[i];
            }
        }
        if (ties) {
            int mask = (node * 0x9E3779B9) >>> 1;
            for (int i = 0; i < kept; i++) {
                sorted[i] ^= mask;
            }
            Arrays.sort(sorted, 0, kept);
            for (int i = 0; i < kept; i++) {
                sorted[i] ^= mask;
            }
        }
        return kept;
    }
}
