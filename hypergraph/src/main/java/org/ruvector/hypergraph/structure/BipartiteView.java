package org.ruvector.hypergraph.structure;

import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.ruvector.hypergraph.Hypergraph;

/**
 * The bipartite graph of a hypergraph, also called its incidence graph or König graph: its vertices are the nodes and
 * the hyperedges, its edges the incidences. So a walk in it goes to and fro between nodes and hyperedges, and distances
 * between nodes are twice those of {@link ShortestPaths}.
 */
public final class BipartiteView {

    private BipartiteView() {}

    /**
     * A graph for JGraphT's algorithms, which may not be changed and does not follow later changes. Takes 24 bytes an
     * incidence and 8 a vertex. Directions are left out.
     *
     * @return node i as vertex i, hyperedge e, where it is no gap, as vertex {@code nodes() + e}; edges numbered from 0
     */
    public static Graph<Integer, Integer> of(Hypergraph hypergraph) {
        int nodes = hypergraph.nodes();
        CompressedGraph.Pairs pairs = new CompressedGraph.Pairs();
        for (int node = 0; node < nodes; node++) {
            for (int i = 0, n = hypergraph.degree(node); i < n; i++) {
                pairs.add(node, Math.addExact(nodes, hypergraph.edge(node, i)));
            }
        }
        int bound = Math.addExact(nodes, hypergraph.edgeBound());
        int[] vertices = IntStream.range(0, bound)
                .filter(vertex -> vertex < nodes || hypergraph.size(vertex - nodes) > 0)
                .toArray();
        return pairs.toGraph(vertices, bound);
    }
}
