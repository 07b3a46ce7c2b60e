package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.ruvector.hypergraph.Hypergraph;

/**
 * The clique projection of a hypergraph, also called its 2-section or clique expansion: its vertices are the nodes, and
 * two are joined if some hyperedge holds both. It is the line graph of the dual.
 */
public final class CliqueProjection {

    private CliqueProjection() {}

    /**
     * A graph for JGraphT's algorithms, which may not be changed and does not follow later changes. Takes time linear
     * in the sum of the squared sizes of hyperedges, which is also a bound on its edges. Directions are left out.
     *
     * @return node i as vertex i, those in no hyperedge among them; edges numbered from 0
     */
    public static Graph<Integer, Integer> of(Hypergraph hypergraph) {
        return compressed(hypergraph);
    }

    static CompressedGraph compressed(Hypergraph hypergraph) {
        CompressedGraph.Pairs pairs = new CompressedGraph.Pairs();
        int nodes = hypergraph.nodes();
        int[] lastSeenFrom = new int[nodes];
        Arrays.fill(lastSeenFrom, -1);
        int[] greater = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            int count = 0;
            for (int i = 0, n = hypergraph.degree(node); i < n; i++) {
                int edge = hypergraph.edge(node, i);
                for (int j = 0, size = hypergraph.size(edge); j < size; j++) {
                    int other = hypergraph.node(edge, j);
                    if (other > node && lastSeenFrom[other] != node) {
                        lastSeenFrom[other] = node;
                        greater[count++] = other;
                    }
                }
            }
            Arrays.sort(greater, 0, count);
            for (int i = 0; i < count; i++) {
                pairs.add(node, greater[i]);
            }
        }
        return pairs.toGraph(IntStream.range(0, nodes).toArray(), nodes);
    }
}
