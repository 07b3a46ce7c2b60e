package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import java.util.Objects;
import org.ruvector.hypergraph.Hypergraph;

/**
 * Walks over hyperedges of which each has at least s nodes in common with the next (S. Aksoy, C. Joslyn, C. Ortiz
 * Marrero, B. Praggastis and E. Purvine, "Hypernetwork science via high-order hypergraph walks", EPJ Data Science
 * 2020). The larger s, the tighter what counts as connected; with s = 1 in a graph they are its walks.
 *
 * <p>As in the paper, they walk on hyperedges of at least s nodes only: a smaller one has no distance and no component.
 * Made in time linear in the sum of the squared degrees of nodes; does not follow later changes; immutable.
 */
public final class SWalks {

    private final CompressedGraph lineGraph;
    private final int[] component;
    private final int components;

    /**
     * The s-walks of a hypergraph; directions are left out.
     *
     * @param s at least 1
     */
    public SWalks(Hypergraph hypergraph, int s) {
        lineGraph = SLineGraph.compressed(hypergraph, s);
        component = new int[lineGraph.bound()];
        Arrays.fill(component, -1);
        int[] queue = new int[lineGraph.vertices().length];
        int count = 0;
        for (int edge : lineGraph.vertices()) {
            if (component[edge] < 0 && hypergraph.size(edge) >= s) {
                label(edge, count++, queue);
            }
        }
        components = count;
    }

    private void label(int first, int label, int[] queue) {
        int end = 0;
        queue[end++] = first;
        component[first] = label;
        for (int at = 0; at < end; at++) {
            for (int i = 0, n = lineGraph.degree(queue[at]); i < n; i++) {
                int next = lineGraph.neighbour(queue[at], i);
                if (component[next] < 0) {
                    component[next] = label;
                    queue[end++] = next;
                }
            }
        }
    }

    /** The hyperedges that have at least s nodes in common with this one, ascending; the caller owns the array. */
    public int[] adjacent(int edge) {
        Objects.checkIndex(edge, lineGraph.bound());
        return lineGraph.neighbours(edge);
    }

    /**
     * The lengths of shortest s-walks from a hyperedge, by hyperedge: 0 to itself, 1 to an adjacent one, −1 where none
     * leads. Linear in the s-line graph.
     *
     * @throws IllegalArgumentException if it is a gap, or has fewer than s nodes
     */
    public int[] distances(int edge) {
        if (component(edge) < 0) {
            throw new IllegalArgumentException(
                    "Hyperedge " + edge + " is gone or has fewer than s nodes; no s-walk begins there");
        }
        return lineGraph.distances(edge);
    }

    /** Number of s-connected components. */
    public int components() {
        return components;
    }

    /**
     * The s-connected component of a hyperedge, numbered from 0 in the order of their smallest hyperedges; −1 for a gap
     * and for one of fewer than s nodes.
     */
    public int component(int edge) {
        return component[Objects.checkIndex(edge, component.length)];
    }

    /**
     * The s-diameter: the largest distance between two hyperedges of one component, over all components; 0 if there are
     * none. Takes a breadth-first search from each hyperedge.
     */
    public int diameter() {
        int diameter = 0;
        for (int edge : lineGraph.vertices()) {
            if (lineGraph.degree(edge) > 0) {
                for (int distance : lineGraph.distances(edge)) {
                    diameter = Math.max(diameter, distance);
                }
            }
        }
        return diameter;
    }
}
