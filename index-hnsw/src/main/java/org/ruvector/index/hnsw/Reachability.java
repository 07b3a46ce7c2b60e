package org.ruvector.index.hnsw;

import java.util.BitSet;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.VectorLayout;

/**
 * Which nodes a search can get to on layer 0. Pruning can cut a node off, because a link is kept or dropped by its own merit
 * alone; then no search finds it, whatever its effort.
 */
final class Reachability {
    /** Linking one node in can cut another off, so it is done more than once; two rounds were enough wherever measured. */
    private static final int ROUNDS = 8;

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
     * Links every node that cannot be reached from the nearest node that can be and is found by a search; if that node is
     * full, in place of its farthest link. Nobody else may be changing the store.
     *
     * @return the number of nodes that were linked in
     */
    static int repair(NodeStore store, HnswParams params, VectorLayout layout) {
        int maxLinks = params.maxLinks(0);
        LayerSearch search = new LayerSearch(maxLinks);
        StoredVectors vectors = new StoredVectors(layout, store.rows);
        int[] links = new int[maxLinks];
        int[] stack = new int[store.slots];
        long[] nearest = new long[params.efConstruction() + 1];
        int repaired = 0;
        for (int round = 0; round < ROUNDS; round++) {
            BitSet reached = reached(store.graph, store.slots, maxLinks);
            int before = repaired;
            int entry = store.graph.entryPoint();
            for (int node = reached.nextClearBit(0);
                    entry >= 0 && node < store.slots;
                    node = reached.nextClearBit(node + 1)) {
                if (!store.isThere(node, Long.MAX_VALUE - 1)) {
                    continue;
                }
                Scorer scorer = vectors.ofNewNode(node);
                search.search(
                        store.graph,
                        scorer,
                        0,
                        search.score(scorer, entry),
                        params.efConstruction(),
                        store.capacity,
                        null,
                        null);
                int n = search.results.drainSorted(nearest);
                int from = roomiest(store.graph, nearest, n, maxLinks, links);
                int count = store.graph.links(0, from, links);
                links[Math.min(count, maxLinks - 1)] = node;
                store.graph.setLinks(0, from, links, Math.min(count + 1, maxLinks));
                spread(store.graph, node, reached, stack, links);
                repaired++;
            }
            if (repaired == before) {
                break;
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
}
