package org.ruvector.index.hnsw;

import org.ruvector.api.spi.Scorer;

/** Compares the query with every node that may be answered, where that is cheaper than a walk. Scratch space of one thread. */
final class ExactScan {
    private static final int BLOCK = 64;

    private final int[] block = new int[BLOCK];
    private final float[] distances = new float[BLOCK];

    /**
     * Keeps in {@code walk}'s results the {@code ef} nearest of all accepted nodes.
     *
     * @return whether it came to the end
     */
    boolean all(NodeStore store, Scorer scorer, NodeFilter accepted, LayerSearch walk, int ef, SearchMonitor monitor) {
        return scan(null, store.slots, scorer, accepted, walk, ef, monitor);
    }

    /** Does the same for the slots that were found. */
    boolean slots(FoundSlots found, Scorer scorer, NodeFilter there, LayerSearch walk, int ef, SearchMonitor monitor) {
        return scan(found.slots(), found.count(), scorer, there, walk, ef, monitor);
    }

    /** Scans the slots {@code which[0]} to {@code which[count − 1]}, or 0 to {@code count − 1} if it is {@code null}. */
    private boolean scan(
            int[] which,
            int count,
            Scorer scorer,
            NodeFilter accepted,
            LayerSearch walk,
            int ef,
            SearchMonitor monitor) {
        walk.results.clear();
        int n = 0;
        for (int i = 0; i < count; i++) {
            int slot = which == null ? i : which[i];
            if (accepted == null || accepted.accepts(slot)) {
                block[n++] = slot;
                if (n == BLOCK) {
                    if (!score(scorer, n, walk, ef, monitor)) {
                        return false;
                    }
                    n = 0;
                }
            }
        }
        return score(scorer, n, walk, ef, monitor);
    }

    private boolean score(Scorer scorer, int n, LayerSearch walk, int ef, SearchMonitor monitor) {
        if (n == 0) {
            return true;
        }
        if (monitor != null && monitor.stop(walk.hops, walk.scored, Float.NEGATIVE_INFINITY)) {
            return false;
        }
        float bound = walk.results.size() < ef ? Float.POSITIVE_INFINITY : Candidates.distance(walk.results.top());
        walk.hops++;
        walk.scored += n;
        if (walk.wanted(scorer.score(block, n, bound, distances), bound, ef)) {
            for (int i = 0; i < n; i++) {
                if (walk.wanted(distances[i], bound, ef)) {
                    bound = walk.keep(Candidates.pack(distances[i], block[i]), ef, bound, null, monitor);
                }
            }
        }
        return true;
    }
}
