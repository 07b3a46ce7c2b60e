package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ruvector.hypergraph.Hypergraph;

/**
 * Which nodes are connected through hyperedges, directions left out. A node in no hyperedge is a component of its own.
 * Does not follow later changes; immutable.
 */
public final class ConnectedComponents {

    private final int[] ofNode;
    private final int count;

    private ConnectedComponents(int[] ofNode, int count) {
        this.ofNode = ofNode;
        this.count = count;
    }

    /** Finds the components in time linear in the incidences. */
    public static ConnectedComponents of(Hypergraph hypergraph) {
        int[] ofNode = new int[hypergraph.nodes()];
        Arrays.fill(ofNode, -1);
        boolean[] followed = new boolean[hypergraph.edgeBound()];
        int[] queue = new int[ofNode.length];
        int count = 0;
        for (int node = 0; node < ofNode.length; node++) {
            if (ofNode[node] >= 0) {
                continue;
            }
            int end = 0;
            queue[end++] = node;
            ofNode[node] = count;
            for (int at = 0; at < end; at++) {
                for (int i = 0, degree = hypergraph.degree(queue[at]); i < degree; i++) {
                    int edge = hypergraph.edge(queue[at], i);
                    if (!followed[edge]) {
                        followed[edge] = true;
                        for (int j = 0, size = hypergraph.size(edge); j < size; j++) {
                            int other = hypergraph.node(edge, j);
                            if (ofNode[other] < 0) {
                                ofNode[other] = count;
                                queue[end++] = other;
                            }
                        }
                    }
                }
            }
            count++;
        }
        return new ConnectedComponents(ofNode, count);
    }

    /** Number of components; 0 without nodes. */
    public int count() {
        return count;
    }

    /** The component of a node; numbered from 0 in the order of their smallest nodes. */
    public int of(int node) {
        return ofNode[Objects.checkIndex(node, ofNode.length)];
    }

    /** Number of nodes by component; the caller owns the array. */
    public int[] sizes() {
        int[] sizes = new int[count];
        for (int component : ofNode) {
            sizes[component]++;
        }
        return sizes;
    }

    /** The nodes of a component, ascending; linear in all nodes; the caller owns the array. */
    public int[] nodes(int component) {
        Objects.checkIndex(component, count);
        return IntStream.range(0, ofNode.length)
                .filter(node -> ofNode[node] == component)
                .toArray();
    }
}
