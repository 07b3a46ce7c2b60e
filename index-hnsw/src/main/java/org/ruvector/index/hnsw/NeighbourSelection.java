package org.ruvector.index.hnsw;

import java.util.Arrays;

/**
 * SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of Malkov and Yashunin (IEEE TPAMI 2020): a candidate is kept if it is nearer to
 * the node than to every neighbour kept before it, so that links lead in different directions. With
 * {@code keepPruned} the places left over go to the nearest discarded candidates. Scratch space of one thread.
 */
final class NeighbourSelection {
    private final boolean keepPruned;
    private long[] sorted = new long[0];
    private boolean[] isKept = new boolean[0];
    /** Places in the list of candidates of those not decided on yet, the nearest last; and their ordinals. */
    private int[] undecided = new int[0];

    private int[] ordinals = new int[0];
    private float[] distances = new float[0];

    NeighbourSelection(boolean keepPruned) {
        this.keepPruned = keepPruned;
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
        }
        makeRoom(n);
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
        int all = shuffleTies(candidates, n, node);
        makeRoom(all);
        for (int i = 0; i < all; i++) {
            isKept[i] = false;
            undecided[i] = all - 1 - i;
            ordinals[i] = Candidates.ordinal(candidates[all - 1 - i]);
        }
        int kept = 0;
        for (int left = all; left > 0 && kept < max; ) {
            int nearest = ordinals[--left];
            isKept[undecided[left]] = true;
            selected[kept++] = nearest;
            left = kept < max ? withoutNearerTo(vectors, nearest, candidates, left) : 0;
        }
        // Where places are left, everybody was decided on: who is not kept was discarded.
        for (int i = 0; i < all && keepPruned && kept < max; i++) {
            if (!isKept[i]) {
                selected[kept++] = Candidates.ordinal(candidates[i]);
            }
        }
        return kept;
    }

    /**
     * Takes those candidates that are nearer to a neighbour just kept than to the node from the undecided ones. One neighbour
     * against all of them is the order in which a kernel works best; the outcome is the paper's.
     *
     * @return how many are left
     */
    private int withoutNearerTo(Vectors vectors, int kept, long[] candidates, int count) {
        if (count == 0) {
            return 0;
        }
        float farthest = Candidates.distance(candidates[undecided[0]]);
        vectors.of(kept).score(ordinals, count, farthest, distances);
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (!(distances[i] < Candidates.distance(candidates[undecided[i]]))) {
                undecided[left] = undecided[i];
                ordinals[left++] = ordinals[i];
            }
        }
        return left;
    }

    private void makeRoom(int n) {
        if (isKept.length < n) {
            isKept = new boolean[n];
            undecided = new int[n];
            ordinals = new int[n];
        }
        if (distances.length < n) {
            distances = new float[n];
        }
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
