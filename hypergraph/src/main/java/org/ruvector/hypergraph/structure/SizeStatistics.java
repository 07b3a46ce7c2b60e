package org.ruvector.hypergraph.structure;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.ruvector.hypergraph.Hypergraph;

/**
 * How many nodes and hyperedges there are, and of what degrees and sizes. Several hyperedges of the same nodes all
 * count.
 *
 * @param nodes      number of nodes
 * @param edges      number of hyperedges
 * @param incidences number of pairs of a hyperedge and a node in it
 * @param sizes      number of hyperedges by size, ascending, unmodifiable
 * @param degrees    number of nodes by degree, ascending, unmodifiable; nodes in no hyperedge are those of degree 0
 */
public record SizeStatistics(
        int nodes, int edges, long incidences, SortedMap<Integer, Integer> sizes, SortedMap<Integer, Integer> degrees) {

    /** Copies the maps. */
    public SizeStatistics {
        sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
        degrees = Collections.unmodifiableSortedMap(new TreeMap<>(degrees));
    }

    /** Counts, in time linear in nodes and hyperedges. */
    public static SizeStatistics of(Hypergraph hypergraph) {
        SortedMap<Integer, Integer> sizes = new TreeMap<>();
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            if (hypergraph.size(edge) > 0) {
                sizes.merge(hypergraph.size(edge), 1, Integer::sum);
            }
        }
        SortedMap<Integer, Integer> degrees = new TreeMap<>();
        for (int node = 0; node < hypergraph.nodes(); node++) {
            degrees.merge(hypergraph.degree(node), 1, Integer::sum);
        }
        return new SizeStatistics(hypergraph.nodes(), hypergraph.edges(), hypergraph.incidences(), sizes, degrees);
    }

    /** Mean size of a hyperedge; 0 if there are none. */
    public double meanSize() {
        return edges == 0 ? 0 : incidences / (double) edges;
    }

    /** Mean degree of a node; 0 if there are none. */
    public double meanDegree() {
        return nodes == 0 ? 0 : incidences / (double) nodes;
    }

    /**
     * Number of hyperedges by the number of non-empty sets of nodes, {@code m / (2^n − 1)}, as XGI's {@code density}; 0
     * without nodes.
     */
    public double density() {
        return nodes == 0 ? 0 : edges / (Math.scalb(1.0, nodes) - 1);
    }

    /**
     * The rank of the incidence matrix, by its singular values. Takes time cubic, and memory quadratic, in nodes and
     * hyperedges: for some thousands of them.
     */
    public static int incidenceRank(Hypergraph hypergraph) {
        if (hypergraph.edges() == 0) {
            return 0;
        }
        Array2DRowRealMatrix incidence = new Array2DRowRealMatrix(hypergraph.nodes(), hypergraph.edges());
        int column = 0;
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            for (int node : hypergraph.nodesOf(edge)) {
                incidence.setEntry(node, column, 1);
            }
            column += hypergraph.size(edge) > 0 ? 1 : 0;
        }
        return new SingularValueDecomposition(incidence).getRank();
    }
}
