package org.ruvector.index.hnsw;

/**
 * Takes removed nodes out of the graph: every node that linked to one chooses anew among its remaining neighbours and those
 * of the removed ones, as in the consolidation of Singh, Subramanya, Krishnaswamy and Simhadri, "FreshDiskANN" (2021), with
 * HNSW's own selection. One sweep serves a batch of removals: its cost does not grow with their number. Scratch space of one
 * thread, which no other thread's changes may overlap; searches may go on.
 */
final class Consolidation {
    private final HnswParams params;
    private final NeighbourSelection selection;
    private final VisitedSet seen = new VisitedSet();
    private final int[] links;
    private final int[] further;
    private final int[] candidates;

    Consolidation(HnswParams params) {
        int most = params.maxLinks(0) + 1;
        this.params = params;
        this.selection = new NeighbourSelection(params.keepPruned());
        this.links = new int[most];
        this.further = new int[most];
        this.candidates = new int[most * most];
    }

    /**
     * Mends the links of nodes {@code 0} to {@code nodes − 1} that are alive.
     *
     * @param alive which nodes stay
     * @return the number of lists of links that were mended
     */
    int sweep(Graph graph, Vectors vectors, int nodes, NodeFilter alive) {
        int mended = 0;
        for (int node = 0; node < nodes; node++) {
            if (alive.accepts(node)) {
                for (int layer = graph.level(node); layer >= 0; layer--) {
                    if (mend(graph, vectors, layer, node, nodes, alive)) {
                        mended++;
                    }
                }
            }
        }
        return mended;
    }

    private boolean mend(Graph graph, Vectors vectors, int layer, int node, int nodes, NodeFilter alive) {
        int n = graph.links(layer, node, links);
        boolean broken = false;
        for (int i = 0; i < n; i++) {
            broken |= !alive.accepts(links[i]);
        }
        if (!broken) {
            return false;
        }
        seen.reset(nodes);
        seen.add(node);
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (alive.accepts(links[i])) {
                if (seen.add(links[i])) {
                    candidates[found++] = links[i];
                }
            } else {
                int m = graph.links(layer, links[i], further);
                for (int j = 0; j < m; j++) {
                    if (alive.accepts(further[j]) && seen.add(further[j])) {
                        candidates[found++] = further[j];
                    }
                }
            }
        }
        int kept = selection.selectAround(vectors, node, candidates, found, params.maxLinks(layer), links);
        graph.setLinks(layer, node, links, kept);
        return true;
    }
}
