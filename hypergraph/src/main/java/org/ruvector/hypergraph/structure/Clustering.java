package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import org.ruvector.hypergraph.Hypergraph;

/**
 * How far the neighbours of a node are neighbours of each other: three clustering coefficients, by node, as in XGI
 * 0.10. Neighbours are two nodes that share a hyperedge. Where there is nothing to take a mean of, they are 0.
 * Directions and weights are left out; arrays returned are the caller's.
 */
public final class Clustering {

    private Clustering() {}

    /**
     * The clustering coefficient of the {@link CliqueProjection}: the share of pairs of neighbours that are neighbours
     * of each other. Takes the sum of squared numbers of neighbours.
     */
    public static double[] coefficient(Hypergraph hypergraph) {
        CompressedGraph graph = CliqueProjection.compressed(hypergraph);
        double[] coefficients = new double[hypergraph.nodes()];
        int[] mark = marks(coefficients.length);
        for (int node = 0; node < coefficients.length; node++) {
            long degree = graph.degree(node);
            mark(graph, node, mark, node);
            long joined = 0;
            for (int i = 0; i < degree; i++) {
                int neighbour = graph.neighbour(node, i);
                for (int j = 0, n = graph.degree(neighbour); j < n; j++) {
                    joined += mark[graph.neighbour(neighbour, j)] == node ? 1 : 0;
                }
            }
            // Each joined pair was met from both of its ends.
            coefficients[node] = degree < 2 ? 0 : joined / (double) (degree * (degree - 1));
        }
        return coefficients;
    }

    /**
     * The mean extra overlap of pairs of a node's hyperedges, {@code (|N(D1) ∩ D2| + |N(D2) ∩ D1|) / |D1 ∪ D2|}, where
     * {@code D1} are the nodes of one hyperedge that the other has not, {@code D2} those of the other, and {@code N}
     * their neighbours; 0 for a pair of the same nodes (W. Zhou and L. Nakhleh, "Properties of metabolic graphs:
     * biological organization or representation artifacts?", BMC Bioinformatics 2011). Takes the squared degree of each
     * node times what its hyperedges' nodes have of neighbours.
     */
    public static double[] local(Hypergraph hypergraph) {
        CompressedGraph graph = CliqueProjection.compressed(hypergraph);
        double[] coefficients = new double[hypergraph.nodes()];
        int[] mark = marks(coefficients.length);
        int stamp = 0;
        for (int node = 0; node < coefficients.length; node++) {
            int degree = hypergraph.degree(node);
            double sum = 0;
            for (int i = 0; i < degree; i++) {
                for (int j = i + 1; j < degree; j++) {
                    int[] one = without(hypergraph, hypergraph.edge(node, i), hypergraph.edge(node, j));
                    int[] other = without(hypergraph, hypergraph.edge(node, j), hypergraph.edge(node, i));
                    if (one.length + other.length > 0) {
                        int overlap = neighboursWithin(graph, one, other, mark, stamp++)
                                + neighboursWithin(graph, other, one, mark, stamp++);
                        sum += overlap / (double) (one.length + other.length);
                    }
                }
            }
            coefficients[node] = degree < 2 ? 0 : 2 * sum / ((double) degree * (degree - 1));
        }
        return coefficients;
    }

    private static int[] without(Hypergraph hypergraph, int edge, int other) {
        return Arrays.stream(hypergraph.nodesOf(edge))
                .filter(node -> !hypergraph.contains(other, node))
                .toArray();
    }

    /** How many of the second set are neighbours of one of the first. */
    private static int neighboursWithin(CompressedGraph graph, int[] first, int[] second, int[] mark, int stamp) {
        for (int node : first) {
            mark(graph, node, mark, stamp);
        }
        int count = 0;
        for (int node : second) {
            count += mark[node] == stamp ? 1 : 0;
        }
        return count;
    }

    /**
     * The mean over a node's neighbours of the overlap of their hyperedges, {@code |E(u) ∩ E(v)| / |E(u) ∪ E(v)|} (S.
     * Gallagher and D. Goldberg, "Clustering coefficients in protein interaction hypernetworks", 2013).
     */
    public static double[] twoNode(Hypergraph hypergraph) {
        double[] coefficients = new double[hypergraph.nodes()];
        int[] shared = new int[coefficients.length];
        int[] neighbours = new int[coefficients.length];
        for (int node = 0; node < coefficients.length; node++) {
            int degree = hypergraph.degree(node);
            int count = 0;
            for (int i = 0; i < degree; i++) {
                int edge = hypergraph.edge(node, i);
                for (int j = 0, size = hypergraph.size(edge); j < size; j++) {
                    int other = hypergraph.node(edge, j);
                    if (other != node && shared[other]++ == 0) {
                        neighbours[count++] = other;
                    }
                }
            }
            double sum = 0;
            for (int i = 0; i < count; i++) {
                int common = shared[neighbours[i]];
                sum += common / (double) (degree + hypergraph.degree(neighbours[i]) - common);
                shared[neighbours[i]] = 0;
            }
            coefficients[node] = count == 0 ? 0 : sum / count;
        }
        return coefficients;
    }

    private static int[] marks(int nodes) {
        int[] mark = new int[nodes];
        Arrays.fill(mark, -1);
        return mark;
    }

    private static void mark(CompressedGraph graph, int node, int[] mark, int stamp) {
        for (int i = 0, n = graph.degree(node); i < n; i++) {
            mark[graph.neighbour(node, i)] = stamp;
        }
    }
}
