package org.ruvector.hypergraph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A hypergraph that never changes: compressed sparse rows in both directions, hyperedges to nodes and nodes to
 * hyperedges. Takes 8 bytes for each incidence, and 4 for each node and hyperedge. Immutable.
 */
public final class FrozenHypergraph implements Hypergraph {

    private final Rows byEdge;
    private final Rows byNode;
    private final int edges;
    // Null where all are undirected, or weigh 1.
    private final int[] tail;
    private final double[] weight;
    private final Annotations nodeAnnotations;
    private final Annotations edgeAnnotations;

    /** Rows of ordinals behind each other; row {@code i} lies from {@code start[i]} to before {@code start[i + 1]}. */
    private record Rows(int[] start, int[] values) {

        int count() {
            return start.length - 1;
        }

        int length(int row) {
            Objects.checkIndex(row, count());
            return start[row + 1] - start[row];
        }

        int value(int row, int i) {
            return values[start[row] + Objects.checkIndex(i, length(row))];
        }

        /** The same with each row in ascending order. */
        Rows ascending() {
            int[] sorted = values.clone();
            for (int row = 0; row < count(); row++) {
                Arrays.sort(sorted, start[row], start[row + 1]);
            }
            return new Rows(start, sorted);
        }

        boolean same(Rows other) {
            return Arrays.equals(start, other.start) && Arrays.equals(values, other.values);
        }
    }

    private FrozenHypergraph(Hypergraph from) {
        edges = from.edges();
        byEdge = new Rows(new int[from.edgeBound() + 1], new int[Math.toIntExact(from.incidences())]);
        byNode = new Rows(new int[from.nodes() + 1], new int[byEdge.values.length]);
        boolean directed = false;
        boolean weighted = false;
        for (int edge = 0, at = 0; edge < from.edgeBound(); edge++) {
            for (int i = 0, n = from.size(edge); i < n; i++) {
                byEdge.values[at++] = from.node(edge, i);
            }
            byEdge.start[edge + 1] = at;
            directed |= from.directed(edge);
            weighted |= from.weight(edge) != 1;
        }
        for (int node = 0, at = 0; node < from.nodes(); node++) {
            for (int i = 0, n = from.degree(node); i < n; i++) {
                byNode.values[at++] = from.edge(node, i);
            }
            byNode.start[node + 1] = at;
        }
        tail = directed ? new int[from.edgeBound()] : null;
        weight = weighted ? new double[from.edgeBound()] : null;
        for (int edge = 0; edge < from.edgeBound(); edge++) {
            if (directed) {
                tail[edge] = from.tailSize(edge);
            }
            if (weighted) {
                weight[edge] = from.weight(edge);
            }
        }
        nodeAnnotations = from.nodeAnnotations().copy();
        edgeAnnotations = from.edgeAnnotations().copy();
    }

    /** The dual of a hypergraph. */
    private FrozenHypergraph(FrozenHypergraph of) {
        byEdge = of.byNode;
        // The nodes of a directed hyperedge are ascending in two parts; hyperedges of a node are ascending altogether.
        byNode = of.tail == null ? of.byEdge : of.byEdge.ascending();
        edges = (int) IntStream.range(0, byEdge.count())
                .filter(row -> byEdge.length(row) > 0)
                .count();
        tail = null;
        weight = null;
        nodeAnnotations = of.edgeAnnotations;
        BitSet gaps = new BitSet();
        IntStream.range(0, byEdge.count())
                .filter(row -> byEdge.length(row) == 0)
                .forEach(gaps::set);
        edgeAnnotations = of.nodeAnnotations.without(gaps);
    }

    static FrozenHypergraph copyOf(Hypergraph from) {
        return new FrozenHypergraph(from);
    }

    /**
     * The dual: what were hyperedges are nodes, what were nodes are hyperedges that hold the former hyperedges they
     * were in. Directions and weights are left out. A node in no hyperedge becomes a gap, of which nothing is known; a
     * gap becomes a node in no hyperedge. So the dual of the dual of an undirected, unweighted hypergraph equals it.
     * Shares its memory.
     */
    public FrozenHypergraph dual() {
        return new FrozenHypergraph(this);
    }

    @Override
    public int nodes() {
        return byNode.count();
    }

    @Override
    public int edges() {
        return edges;
    }

    @Override
    public int edgeBound() {
        return byEdge.count();
    }

    @Override
    public long incidences() {
        return byEdge.values.length;
    }

    @Override
    public int size(int edge) {
        return byEdge.length(edge);
    }

    @Override
    public int tailSize(int edge) {
        Objects.checkIndex(edge, edgeBound());
        return tail == null ? 0 : tail[edge];
    }

    @Override
    public int node(int edge, int i) {
        return byEdge.value(edge, i);
    }

    @Override
    public int degree(int node) {
        return byNode.length(node);
    }

    @Override
    public int edge(int node, int i) {
        return byNode.value(node, i);
    }

    @Override
    public double weight(int edge) {
        Objects.checkIndex(edge, edgeBound());
        return weight == null ? 1 : weight[edge];
    }

    @Override
    public Annotations nodeAnnotations() {
        return nodeAnnotations;
    }

    @Override
    public Annotations edgeAnnotations() {
        return edgeAnnotations;
    }

    /**
     * Whether the other has the same nodes and hyperedges, by ordinal, with the same directions, weights and
     * annotations.
     */
    @Override
    public boolean equals(Object o) {
        return o instanceof FrozenHypergraph other
                && byEdge.same(other.byEdge)
                && byNode.same(other.byNode)
                && Arrays.equals(tail, other.tail)
                && Arrays.equals(weight, other.weight)
                && nodeAnnotations.equals(other.nodeAnnotations)
                && edgeAnnotations.equals(other.edgeAnnotations);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byEdge.start) * 31 + Arrays.hashCode(byEdge.values);
    }

    @Override
    public String toString() {
        return nodes() + " nodes, " + edges + " hyperedges, " + incidences() + " incidences";
    }
}
