package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.ruvector.hypergraph.Hypergraph;

/**
 * The s-line graph of a hypergraph: its vertices are the hyperedges, and two are joined if they have at least s nodes
 * in common (S. Aksoy and others, "Hypernetwork science via high-order hypergraph walks", EPJ Data Science 2020). The
 * 1-line graph of the dual is the {@link CliqueProjection}, but for nodes in no hyperedge.
 */
public final class SLineGraph {

    private SLineGraph() {}

    /**
     * A graph for JGraphT's algorithms, which may not be changed and does not follow later changes. Takes time linear
     * in the sum of the squared degrees of nodes, whatever s is. Directions are left out.
     *
     * @param s at least 1
     * @return hyperedge e, where it is no gap, as vertex e, those of fewer than s nodes among them; edges numbered from
     *     0
     */
    public static Graph<Integer, Integer> of(Hypergraph hypergraph, int s) {
        return compressed(hypergraph, s);
    }

    static CompressedGraph compressed(Hypergraph hypergraph, int s) {
        if (s < 1) {
            throw new IllegalArgumentException("s is " + s + "; it must be at least 1");
        }
        CompressedGraph.Pairs pairs = new CompressedGraph.Pairs();
        int bound = hypergraph.edgeBound();
        int[] common = new int[bound];
        int[] greater = new int[bound];
        for (int edge = 0; edge < bound; edge++) {
            int count = 0;
            for (int i = 0, size = hypergraph.size(edge); i < size; i++) {
                int node = hypergraph.node(edge, i);
                // From the end: hyperedges of a node ascend, and only greater ones are asked for.
                for (int j = hypergraph.degree(node) - 1; hypergraph.edge(node, j) > edge; j--) {
                    int other = hypergraph.edge(node, j);
                    if (common[other]++ == 0) {
                        greater[count++] = other;
                    }
                }
            }
            Arrays.sort(greater, 0, count);
            for (int i = 0; i < count; i++) {
                if (common[greater[i]] >= s) {
                    pairs.add(edge, greater[i]);
                }
                common[greater[i]] = 0;
            }
        }
        int[] vertices = IntStream.range(0, bound)
                .filter(edge -> hypergraph.size(edge) > 0)
                .toArray();
        return pairs.toGraph(vertices, bound);
    }
}
