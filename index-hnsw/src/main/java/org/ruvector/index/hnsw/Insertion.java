package org.ruvector.index.hnsw;

import org.ruvector.api.spi.Scorer;

/**
 * INSERT, algorithm 1 of Malkov and Yashunin (IEEE TPAMI 2020): finds a new node's neighbours layer by layer and links both
 * ways. The node's own links are complete on all layers before the first link leads to it, so that a search running
 * meanwhile never reaches a node that leads nowhere. Scratch space of one thread; several threads may insert into one graph
 * at once, each with its own.
 */
final class Insertion {
    private final HnswParams params;
    private final LayerSearch search;
    private final NeighbourSelection selection;
    private final int[] selected;
    private final int[] links;
    private final long[] sorted;

    Insertion(HnswParams params) {
        int most = params.maxLinks(0) + 1;
        this.params = params;
        this.search = new LayerSearch(most);
        this.selection = new NeighbourSelection(params.keepPruned());
        this.selected = new int[most];
        this.links = new int[most];
        this.sorted = new long[params.efConstruction() + 1];
    }

    /**
     * Links a node whose vector and level are stored already, and makes it the entry point if it is the first or its level is
     * the highest.
     *
     * @param capacity all ordinals are below it
     * @param top      what the threads that share the graph agree on to raise its top one at a time
     */
    void insertAndRaise(Graph graph, Vectors vectors, int node, int capacity, Object top) {
        if (!raises(graph, node)) {
            insert(graph, vectors, node, capacity);
            return;
        }
        synchronized (top) {
            boolean raises = raises(graph, node);
            insert(graph, vectors, node, capacity);
            if (raises) {
                graph.entryPoint(node);
            }
        }
    }

    private static boolean raises(Graph graph, int node) {
        int entry = graph.entryPoint();
        return entry < 0 || graph.level(node) > graph.level(entry);
    }

    private void insert(Graph graph, Vectors vectors, int node, int capacity) {
        int entry = graph.entryPoint();
        if (entry < 0) {
            return;
        }
        int level = graph.level(node);
        int top = graph.level(entry);
        Scorer scorer = vectors.ofNewNode(node);
        long nearest = search.descend(graph, scorer, search.score(scorer, entry), top, level + 1);
        for (int layer = Math.min(level, top); layer >= 0; layer--) {
            search.search(graph, scorer, layer, nearest, params.efConstruction(), capacity, null, null);
            int n = search.results.drainSorted(sorted);
            if (n > 0) {
                nearest = sorted[0];
            }
            graph.setLinks(layer, node, selected, selection.select(vectors, node, sorted, n, params.m(), selected));
        }
        for (int layer = 0; layer <= Math.min(level, top); layer++) {
            int n = graph.links(layer, node, selected);
            boolean linked = false;
            for (int i = 0; i < n; i++) {
                linked |= link(graph, vectors, layer, selected[i], node);
            }
            if (layer == 0 && !linked && n > 0) {
                Reachability.linkInBetween(graph, selected[0], node, links, params.maxLinks(0));
            }
        }
    }

    /**
     * Adds the link {@code from → to}, choosing anew among {@code from}'s links if they become too many.
     *
     * @return whether the link was kept
     */
    private boolean link(Graph graph, Vectors vectors, int layer, int from, int to) {
        graph.lock(from);
        try {
            int n = graph.links(layer, from, links);
            for (int i = 0; i < n; i++) {
                if (links[i] == to) {
                    return true;
                }
            }
            links[n++] = to;
            if (n > params.maxLinks(layer)) {
                n = selection.selectAround(vectors, from, links, n, params.maxLinks(layer), links);
            }
            graph.setLinks(layer, from, links, n);
            for (int i = n - 1; i >= 0; i--) {
                if (links[i] == to) {
                    return true;
                }
            }
            return false;
        } finally {
            graph.unlock(from);
        }
    }
}
