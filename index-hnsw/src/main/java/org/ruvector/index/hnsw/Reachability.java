package org.ruvector.index.hnsw;

import java.util.BitSet;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.VectorLayout;

/**
 * Which nodes a search can get to on layer 0. Pruning can cut a node off, because a link is kept or dropped by its own merit
 * alone; then no search finds it, whatever its effort.
 */
final class Reachability {
    private Reachability() {}

    /** The nodes that can be reached from the entry point along the links of layer 0. */
    static BitSet reached(Graph graph, int nodes, int maxLinks) {
        BitSet reached = new BitSet(nodes);
        int[] links = new int[maxLinks];
        int[] stack = new int[nodes];
        int entry = graph.entryPoint();
        if (entry >= 0) {
            spread(graph, entry, reached, stack, links);
        }
        return reached;
    }

    private static void spread(Graph graph, int from, BitSet reached, int[] stack, int[] links) {
        int size = 0;
        stack[size++] = from;
        reached.set(from);
        while (size > 0) {
            int n = graph.links(0, stack[--size], links);
            for (int i = 0; i < n; i++) {
                if (!reached.get(links[i])) {
                    reached.set(links[i]);
                    stack[size++] = links[i];
                }
            }
        }
    }

    /**
     * Links every node that cannot be reached to the nearest node that a search finds, so that all can be. Nobody else may be
     * changing the store; searches may go on.
     *
     * @return the number of nodes that were linked in
     */
    static int repair(NodeStore store, HnswParams params, VectorLayout layout) {
        int entry = store.graph.entryPoint();
        if (entry < 0) {
            return 0;
        }
        int maxLinks = params.maxLinks(0);
        LayerSearch search = new LayerSearch(maxLinks);
        StoredVectors vectors = new StoredVectors(layout, store.rows);
        int[] links = new int[maxLinks];
        int[] stack = new int[store.slots];
        long[] nearest = new long[params.efConstruction() + 1];
        int repaired = 0;
        BitSet reached = reached(store.graph, store.slots, maxLinks);
        for (int node = reached.nextClearBit(0); node < store.slots; node = reached.nextClearBit(node + 1)) {
            if (store.isThere(node, Epochs.NEVER)) {
                Scorer scorer = vectors.ofNewNode(node);
                long start = search.score(scorer, entry);
                search.search(store.graph, scorer, 0, start, params.efConstruction(), store.capacity, null, null);
                int n = search.results.drainSorted(nearest);
                linkInBetween(store.graph, roomiest(store.graph, nearest, n, maxLinks, links), node, links, maxLinks);
                spread(store.graph, node, reached, stack, links);
                repaired++;
            }
        }
        return repaired;
    }

    /** The nearest node with room for a link; the nearest of all if none has. */
    private static int roomiest(Graph graph, long[] nearest, int n, int maxLinks, int[] links) {
        for (int i = 0; i < n; i++) {
            int node = Candidates.ordinal(nearest[i]);
            if (graph.links(0, node, links) < maxLinks) {
                return node;
            }
        }
        return Candidates.ordinal(nearest[0]);
    }

    /**
     * Adds the link {@code from → node} on layer 0. If {@code from} is full, the link takes the place of its last one,
     * {@code from → x}, and {@code node → x} is added: what could be reached through {@code from} still can.
     *
     * @param links scratch, as long as the most links that a node may have
     */
    static void linkInBetween(Graph graph, int from, int node, int[] links, int maxLinks) {
        int displaced = -1;
        graph.lock(from);
        try {
            int n = graph.links(0, from, links);
            if (n == maxLinks) {
                displaced = links[--n];
            }
            links[n++] = node;
            graph.setLinks(0, from, links, n);
        } finally {
            graph.unlock(from);
        }
        if (displaced < 0 || displaced == node) {
            return;
        }
        graph.lock(node);
        try {
            int n = graph.links(0, node, links);
            // Nothing that could be reached before depended on the links of a node that could not.
            links[Math.min(n, maxLinks - 1)] = displaced;
            graph.setLinks(0, node, links, Math.min(n + 1, maxLinks));
        } finally {
            graph.unlock(node);
        }
    }
}
