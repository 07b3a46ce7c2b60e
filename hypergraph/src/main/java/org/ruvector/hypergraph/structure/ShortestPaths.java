package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.Objects;
import org.ruvector.hypergraph.Hypergraph;

/**
 * Distances between nodes: how many hyperedges it takes to come from one to another. The same as in the
 * {@link CliqueProjection}, without its quadratic size.
 */
public final class ShortestPaths {

    private ShortestPaths() {}

    /**
     * The distances of all nodes from one, by breadth-first search; directions are left out. Takes time linear in the
     * incidences.
     *
     * @return by node: 0 for the source, −1 for what cannot be reached; the caller owns the array
     */
    public static int[] distances(Hypergraph hypergraph, int source) {
        int[] distances = new int[hypergraph.nodes()];
        Objects.checkIndex(source, distances.length);
        Arrays.fill(distances, -1);
        boolean[] followed = new boolean[hypergraph.edgeBound()];
        int[] queue = new int[distances.length];
        int end = 0;
        queue[end++] = source;
        distances[source] = 0;
        for (int at = 0; at < end; at++) {
            int node = queue[at];
            for (int i = 0, degree = hypergraph.degree(node); i < degree; i++) {
                int edge = hypergraph.edge(node, i);
                if (!followed[edge]) {
                    followed[edge] = true;
                    for (int j = 0, size = hypergraph.size(edge); j < size; j++) {
                        int other = hypergraph.node(edge, j);
                        if (distances[other] < 0) {
                            distances[other] = distances[node] + 1;
                            queue[end++] = other;
                        }
                    }
                }
            }
        }
        return distances;
    }
}
