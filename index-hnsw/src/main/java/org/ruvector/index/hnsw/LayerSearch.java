package org.ruvector.index.hnsw;

import org.ruvector.api.spi.Scorer;

/**
 * SEARCH-LAYER, algorithm 2 of Malkov and Yashunin (IEEE TPAMI 2020), with the neighbours of a node scored together.
 *
 * <p>The paper's C is the frontier, its W the {@link #results}, its v the visited set. Holds one thread's scratch space:
 * nothing is allocated per node, and nothing at all once the arrays have grown to the search's size.
 */
final class LayerSearch {
    final Candidates frontier = Candidates.nearestFirst(256);
    final Candidates results = Candidates.farthestFirst(256);
    final VisitedSet visited = new VisitedSet();
    final int[] links;
    private final int[] fresh;
    private final float[] distances;

    /** Nodes whose links were followed since {@link #begin}. */
    long hops;

    /** Distances computed since {@link #begin}. */
    long scored;

    LayerSearch(int maxLinks) {
        links = new int[maxLinks];
        fresh = new int[maxLinks];
        distances = new float[maxLinks];
    }

    /** Sets the counters to zero. */
    void begin() {
        hops = 0;
        scored = 0;
    }

    /** A node with its distance. */
    long score(Scorer scorer, int node) {
        fresh[0] = node;
        scorer.score(fresh, 1, Float.POSITIVE_INFINITY, distances);
        scored++;
        return Candidates.pack(distances[0], node);
    }

    /** Walks greedily from {@code from} to the nearest node it finds on each layer from {@code highest} to {@code lowest}. */
    long descend(Graph graph, Scorer scorer, long from, int highest, int lowest) {
        long nearest = from;
        for (int level = highest; level >= lowest; level--) {
            for (long last = -1; last != nearest; ) {
                last = nearest;
                int n = graph.links(level, Candidates.ordinal(nearest), links);
                float bound = Candidates.distance(nearest);
                hops++;
                scored += n;
                if (scorer.score(links, n, bound, distances) < bound) {
                    for (int i = 0; i < n; i++) {
                        if (distances[i] < Candidates.distance(nearest)) {
                            nearest = Candidates.pack(distances[i], links[i]);
                        }
                    }
                }
            }
        }
        return nearest;
    }

    /**
     * Leaves in {@link #results} the {@code ef} nearest acceptable nodes that a best-first walk from {@code entry} finds on a
     * layer.
     *
     * @param capacity all ordinals are below it
     * @param filter   which nodes may be answered; {@code null} for all
     * @param monitor  {@code null} for none
     * @return whether the walk ended by itself, not by the monitor
     */
    boolean search(
            Graph graph,
            Scorer scorer,
            int level,
            long entry,
            int ef,
            int capacity,
            NodeFilter filter,
            SearchMonitor monitor) {
        visited.reset(capacity);
        frontier.clear();
        results.clear();
        visited.add(Candidates.ordinal(entry));
        frontier.push(entry);
        float bound = keep(entry, ef, Float.POSITIVE_INFINITY, filter, monitor);
        while (frontier.size() > 0) {
            long nearest = frontier.pop();
            float distance = Candidates.distance(nearest);
            if (distance > bound) {
                return true;
            }
            if (monitor != null && monitor.stop(hops, scored, distance)) {
                return false;
            }
            int n = unvisited(graph, level, Candidates.ordinal(nearest));
            hops++;
            scored += n;
            if (!wanted(scorer.score(fresh, n, bound, distances), bound, ef)) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                if (wanted(distances[i], bound, ef)) {
                    long found = Candidates.pack(distances[i], fresh[i]);
                    frontier.push(found);
                    bound = keep(found, ef, bound, filter, monitor);
                }
            }
        }
        return true;
    }

    /** Whether a node is an answer so far. While there is room even one infinitely far is: its sum overflowed. */
    boolean wanted(float distance, float bound, int ef) {
        return distance < bound || results.size() < ef;
    }

    /** Keeps a node among the results if it may be answered; returns the distance that the next one must beat. */
    float keep(long found, int ef, float bound, NodeFilter filter, SearchMonitor monitor) {
        if (filter != null && !filter.accepts(Candidates.ordinal(found))) {
            return bound;
        }
        if (results.size() < ef) {
            results.push(found);
        } else {
            results.replaceTop(found);
        }
        if (monitor != null) {
            monitor.found(Candidates.distance(found));
        }
        return results.size() < ef ? bound : Candidates.distance(results.top());
    }

    /**
     * Gives the {@code n} nearest of {@link #results} the distances of another scorer, and forgets the others. What was computed before
     * were estimates, and counts no more.
     */
    void rescore(Scorer scorer, int n) {
        frontier.takeAll(results);
        scored = Math.min(n, frontier.size());
        for (int count; (count = (int) Math.min(fresh.length, scored - results.size())) > 0; ) {
            for (int i = 0; i < count; i++) {
                fresh[i] = Candidates.ordinal(frontier.pop());
            }
            scorer.score(fresh, count, Float.POSITIVE_INFINITY, distances);
            for (int i = 0; i < count; i++) {
                results.push(Candidates.pack(distances[i], fresh[i]));
            }
        }
    }

    private int unvisited(Graph graph, int level, int node) {
        return visited.addAll(links, graph.links(level, node, links), fresh);
    }
}
