package org.ruvector.index.hnsw;

import org.ruvector.api.Filter;
import org.ruvector.api.spi.Scorer;

/**
 * Search among the nodes that match a filter, in the manner of ACORN-1 (Patel, Kraft, Guestrin and Zaharia, "ACORN: Performant
 * and Predicate-Agnostic Search Over Vector Embeddings and Structured Data", SIGMOD 2024): only matching nodes are scored and
 * walked; where a neighbour does not match, its own neighbours stand in for it. The walk begins at matching nodes from all
 * over the index, so that it need not cross regions where nothing matches. Scratch space of one thread.
 */
final class FilteredSearch {
    /** Nodes that are looked at to estimate how many match; those that do are where the walk begins. */
    private static final int SAMPLE = 256;

    private static final int MAX_SEEDS = 32;

    /**
     * A walk scores about this many times {@code 2·M + ef} nodes before it finds what a scan finds for certain (measured on
     * Fashion-MNIST at recall 0.95).
     */
    private static final double SCAN_FACTOR = 24;

    /** Where this share of neighbours matches, it is not worth looking past those that do not. */
    private static final double PLAIN_SHARE = 0.4;

    private final LayerSearch walk;
    private final int target;
    private final int[] links;
    private final int[] further;
    private final int[] fresh;
    private final float[] distances;
    private final int[] seeds = new int[MAX_SEEDS];
    private int seedCount;
    private double expected;

    FilteredSearch(LayerSearch walk, HnswParams params) {
        this.walk = walk;
        this.target = params.maxLinks(0);
        this.links = new int[target];
        this.further = new int[target];
        this.fresh = new int[Math.max(MAX_SEEDS, 2 * target)];
        this.distances = new float[fresh.length];
    }

    /**
     * Whether so few nodes match that comparing all of them is cheaper than a walk. How many match is what the filter says, or
     * else estimated; either way the nodes where a walk would begin are noted.
     */
    boolean prefersScan(NodeStore store, Filter filter, NodeFilter accepted, int slots, int ef) {
        double scanBelow = Math.max(ef, SCAN_FACTOR * (target + ef));
        if (filter.cardinality() >= 0 && filter.cardinality() <= scanBelow) {
            return true;
        }
        int looked = Math.min(SAMPLE, slots);
        int matching = 0;
        seedCount = 0;
        for (int i = 0; i < looked; i++) {
            int slot = (int) ((long) i * slots / looked);
            if (accepted.accepts(slot)) {
                matching++;
                if (seedCount < MAX_SEEDS) {
                    seeds[seedCount++] = slot;
                }
            }
        }
        expected = filter.cardinality() >= 0 ? filter.cardinality() : (double) matching / looked * slots;
        return expected <= scanBelow;
    }

    /** How many nodes probably match, after {@link #prefersScan} declined. */
    double expectedMatches() {
        return expected;
    }

    /** Keeps in the walk's results the {@code ef} nearest matching nodes that it finds; returns whether it ended by itself. */
    boolean search(NodeStore store, Scorer scorer, int entry, NodeFilter accepted, int ef, SearchMonitor monitor) {
        NativeGraph graph = store.graph;
        Candidates frontier = walk.frontier;
        long nearest = walk.descend(graph, scorer, walk.score(scorer, entry), graph.level(entry), 1);
        if (mostMatch(graph, Candidates.ordinal(nearest), accepted)) {
            return walk.search(graph, scorer, 0, nearest, ef, store.capacity, accepted, monitor);
        }
        walk.visited.reset(store.capacity);
        frontier.clear();
        walk.results.clear();
        walk.visited.add(Candidates.ordinal(nearest));
        frontier.push(nearest);
        float bound = walk.keep(nearest, ef, Float.POSITIVE_INFINITY, accepted, monitor);
        int n = 0;
        for (int i = 0; i < seedCount; i++) {
            if (walk.visited.add(seeds[i])) {
                fresh[n++] = seeds[i];
            }
        }
        bound = score(scorer, n, ef, bound, monitor);
        while (frontier.size() > 0) {
            long next = frontier.pop();
            float distance = Candidates.distance(next);
            if (distance > bound) {
                return true;
            }
            if (monitor != null && monitor.stop(walk.hops, walk.scored, distance)) {
                return false;
            }
            walk.hops++;
            bound = score(scorer, gather(graph, Candidates.ordinal(next), accepted), ef, bound, monitor);
        }
        return true;
    }

    /** Whether so many nodes match around here that a plain walk, which passes through all, is the cheaper one. */
    private boolean mostMatch(Graph graph, int node, NodeFilter accepted) {
        int count = graph.links(0, node, links);
        int matching = 0;
        for (int i = 0; i < count; i++) {
            matching += accepted.accepts(links[i]) ? 1 : 0;
        }
        return matching >= PLAIN_SHARE * count;
    }

    /** The unvisited matching neighbours of a node, and, as long as they are few, those of the neighbours that do not match. */
    private int gather(Graph graph, int node, NodeFilter accepted) {
        int count = graph.links(0, node, links);
        int n = 0;
        int others = 0;
        for (int i = 0; i < count; i++) {
            if (walk.visited.add(links[i])) {
                if (accepted.accepts(links[i])) {
                    fresh[n++] = links[i];
                } else {
                    links[others++] = links[i];
                }
            }
        }
        for (int i = 0; i < others && n < target; i++) {
            int m = graph.links(0, links[i], further);
            for (int j = 0; j < m && n < fresh.length; j++) {
                if (accepted.accepts(further[j]) && walk.visited.add(further[j])) {
                    fresh[n++] = further[j];
                }
            }
        }
        return n;
    }

    private float score(Scorer scorer, int n, int ef, float worst, SearchMonitor monitor) {
        walk.scored += n;
        float bound = worst;
        if (walk.wanted(scorer.score(fresh, n, bound, distances), bound, ef)) {
            for (int i = 0; i < n; i++) {
                if (walk.wanted(distances[i], bound, ef)) {
                    long found = Candidates.pack(distances[i], fresh[i]);
                    walk.frontier.push(found);
                    bound = walk.keep(found, ef, bound, null, monitor);
                }
            }
        }
        return bound;
    }
}
