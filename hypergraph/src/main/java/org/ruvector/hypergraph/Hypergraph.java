package org.ruvector.hypergraph;

/**
 * A hypergraph to read: nodes {@code 0 … nodes() − 1} and hyperedges, each a set of nodes.
 *
 * <p>A hyperedge is undirected, or directed from a tail to a head: two disjoint sets, neither of them empty (the
 * hyperarc of Gallo, Longo, Pallottino and Nguyen, "Directed hypergraphs and applications", 1993). Several hyperedges
 * may have the same nodes. A hyperedge keeps its ordinal for ever; a removed one leaves a gap, which has size 0. So
 * walk over all of them with {@code for (int e = 0; e < edgeBound(); e++) if (size(e) > 0)}.
 *
 * <p>Methods cost constant time unless said otherwise. An ordinal out of range is an {@link IndexOutOfBoundsException}.
 */
public sealed interface Hypergraph permits FrozenHypergraph, LiveHypergraph {

    /** Number of nodes, those in no hyperedge among them. */
    int nodes();

    /** Number of hyperedges, gaps left out. */
    int edges();

    /** One more than the largest ordinal that a hyperedge ever had. */
    int edgeBound();

    /** Number of pairs of a hyperedge and a node in it. */
    long incidences();

    /** Number of nodes in a hyperedge; 0 for a gap. */
    int size(int edge);

    /** How many of a hyperedge's first nodes are its tail; 0 if it is undirected. */
    int tailSize(int edge);

    /**
     * The {@code i}-th node of a hyperedge. Nodes are in ascending order; those of the tail, in ascending order, before
     * those of the head.
     *
     * @param i below {@link #size}
     */
    int node(int edge, int i);

    /** Number of hyperedges that a node is in. */
    int degree(int node);

    /**
     * The {@code i}-th hyperedge of a node, in ascending order.
     *
     * @param i below {@link #degree}
     */
    int edge(int node, int i);

    /** The weight of a hyperedge, finite; 1 if none was given. */
    double weight(int edge);

    /** Names, attributes and embeddings of nodes. */
    Annotations nodeAnnotations();

    /** Names, attributes and embeddings of hyperedges. */
    Annotations edgeAnnotations();

    /** The nodes of a hyperedge, in the order of {@link #node}; the caller owns the array. */
    default int[] nodesOf(int edge) {
        int[] nodes = new int[size(edge)];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = node(edge, i);
        }
        return nodes;
    }

    /** The hyperedges of a node, ascending; the caller owns the array. */
    default int[] edgesOf(int node) {
        int[] edges = new int[degree(node)];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = edge(node, i);
        }
        return edges;
    }

    /** Whether a hyperedge has a tail and a head. */
    default boolean directed(int edge) {
        return tailSize(edge) > 0;
    }

    /** Whether a node is in a hyperedge; takes time logarithmic in the size. */
    default boolean contains(int edge, int node) {
        int tail = tailSize(edge);
        return contains(edge, 0, tail, node) || contains(edge, tail, size(edge), node);
    }

    private boolean contains(int edge, int from, int to, int node) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = node(edge, middle);
            if (at < node) {
                low = middle + 1;
            } else if (at > node) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
