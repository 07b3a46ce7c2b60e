package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.ruvector.hypergraph.Hypergraph;

/**
 * What follows from given nodes: the nodes that are B-connected to them, as conclusions to premises. A directed
 * hyperedge carries to its head once all of its tail is reached (G. Gallo, G. Longo, S. Pallottino and S. Nguyen,
 * "Directed hypergraphs and applications", Discrete Applied Mathematics 1993: the B-visit). The smallest set that holds
 * the given nodes and is closed under this. Undirected hyperedges carry nothing. Does not follow later changes;
 * immutable.
 */
public final class BClosure {

    private final int[] nodes;
    private final int[] edges;
    private final BitSet reached;

    private BClosure(int[] nodes, int[] edges, BitSet reached) {
        this.nodes = nodes;
        this.edges = edges;
        this.reached = reached;
    }

    /**
     * Finds the closure, in time linear in the incidences of reached nodes but for finding them in tails by halving,
     * and with one int for each hyperedge there is.
     *
     * @param sources nodes; repeated ones count once
     * @throws IndexOutOfBoundsException if one of them does not exist
     */
    public static BClosure of(Hypergraph hypergraph, int... sources) {
        BitSet reached = new BitSet(hypergraph.nodes());
        int[] nodes = new int[16];
        int nodeCount = 0;
        int[] edges = new int[16];
        int edgeCount = 0;
        for (int source : sources) {
            if (!reached.get(Objects.checkIndex(source, hypergraph.nodes()))) {
                reached.set(source);
                nodes = withRoom(nodes, nodeCount);
                nodes[nodeCount++] = source;
            }
        }
        int[] reachedOfTail = new int[hypergraph.edgeBound()];
        for (int at = 0; at < nodeCount; at++) {
            int node = nodes[at];
            for (int i = 0, degree = hypergraph.degree(node); i < degree; i++) {
                int edge = hypergraph.edge(node, i);
                int tail = hypergraph.tailSize(edge);
                if (tail == 0 || !inTail(hypergraph, edge, node) || ++reachedOfTail[edge] < tail) {
                    continue;
                }
                edges = withRoom(edges, edgeCount);
                edges[edgeCount++] = edge;
                for (int j = tail, size = hypergraph.size(edge); j < size; j++) {
                    int head = hypergraph.node(edge, j);
                    if (!reached.get(head)) {
                        reached.set(head);
                        nodes = withRoom(nodes, nodeCount);
                        nodes[nodeCount++] = head;
                    }
                }
            }
        }
        return new BClosure(Arrays.copyOf(nodes, nodeCount), Arrays.copyOf(edges, edgeCount), reached);
    }

    private static boolean inTail(Hypergraph hypergraph, int edge, int node) {
        int low = 0;
        int high = hypergraph.tailSize(edge) - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hypergraph.node(edge, middle) < node) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return hypergraph.node(edge, low) == node;
    }

    private static int[] withRoom(int[] array, int count) {
        return count < array.length ? array : Arrays.copyOf(array, count * 2);
    }

    /** Whether a node is in the closure. */
    public boolean contains(int node) {
        return reached.get(node);
    }

    /** The nodes of the closure, each after those that it follows from, given ones first; the caller owns the array. */
    public int[] nodes() {
        return nodes.clone();
    }

    /**
     * The hyperedges whose tail lies in the closure, each after those that lead to its tail: read in this order they
     * derive the closure; the caller owns the array.
     */
    public int[] edges() {
        return edges.clone();
    }
}
