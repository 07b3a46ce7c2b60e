package org.ruvector.hypergraph.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ruvector.hypergraph.Hypergraph;

/**
 * What lies within k hops of given nodes, where a hop follows a hyperedge to all its nodes, directions left out. As
 * that grows exponentially with k, there is a budget, and hyperedges of a node can be sampled (as W. Hamilton, R. Ying
 * and J. Leskovec sample neighbours in "Inductive representation learning on large graphs", 2017); the
 * {@link Expansion} says what was cut. Takes time and memory by what is followed, not by the size of the hypergraph.
 *
 * @param hops    at least 0
 * @param budget  most hyperedges to follow in all, at least 1; spent hop by hop, on nodes in the order in which they
 *                were reached
 * @param perNode most hyperedges to follow from one node, drawn without replacement from all of its hyperedges; 0 for
 *     no limit
 * @param seed    of the draw; the same hyperedges are drawn from a node by whatever way it is reached
 */
public record KHop(int hops, int budget, int perNode, long seed) {

    /** Refuses what is out of range. */
    public KHop {
        if (hops < 0) {
            throw new IllegalArgumentException("The number of hops is " + hops + "; it must be at least 0");
        }
        if (budget < 1) {
            throw new IllegalArgumentException("The budget is " + budget + " hyperedges; it must be at least 1");
        }
        if (perNode < 0) {
            throw new IllegalArgumentException(
                    "The limit per node is " + perNode + " hyperedges; it must be at least 1, or 0 for none");
        }
    }

    /** All hyperedges of each node, within the budget. */
    public KHop(int hops, int budget) {
        this(hops, budget, 0, 0);
    }

    /**
     * What one hop did.
     *
     * @param nodes      number of nodes that it reached first
     * @param edges      number of hyperedges that it followed first
     * @param unfollowed number of incidences between nodes of the hop before and their hyperedges that were not looked
     *                   at, because of the limit per node or of the budget. So at most as many hyperedges were left
     *                   out; some of them may have been followed from another node
     */
    public record Hop(int nodes, int edges, long unfollowed) {}

    /**
     * What was reached. The arrays are the caller's.
     *
     * @param nodes by the number of hops, given nodes first
     * @param edges in the order in which they were followed
     * @param hops  what each hop did; hop 0 is that to the given nodes. Ends where a hop had no node to begin at
     */
    public record Expansion(int[] nodes, int[] edges, List<Hop> hops) {

        /** Copies the list. */
        public Expansion {
            hops = List.copyOf(hops);
        }

        /** Whether every incidence was looked at: then these are all nodes and hyperedges within so many hops. */
        public boolean complete() {
            return hops.stream().allMatch(hop -> hop.unfollowed() == 0);
        }

        /** The nodes that a hop reached first, none for a hop that was not made; the caller owns the array. */
        public int[] nodesOfHop(int hop) {
            if (hop >= hops.size()) {
                return new int[0];
            }
            int from = hops.subList(0, hop).stream().mapToInt(Hop::nodes).sum();
            return Arrays.copyOfRange(nodes, from, from + hops.get(hop).nodes());
        }
    }

    /**
     * Expands from nodes.
     *
     * @param seeds nodes; repeated ones count once
     * @throws IndexOutOfBoundsException if one of them does not exist
     */
    public Expansion expand(Hypergraph hypergraph, int... seeds) {
        return new Walk(hypergraph).expand(seeds);
    }

    /** One expansion under way. */
    private final class Walk {

        private final Hypergraph hypergraph;
        private final IntSet seenNodes = new IntSet(Math.min(budget, 4096));
        private final IntSet seenEdges = new IntSet(Math.min(budget, 4096));
        private final IntSet drawn = new IntSet(Math.min(perNode, 1024));
        private int[] nodes = new int[64];
        private int nodeCount;
        private int[] edges = new int[64];
        private int edgeCount;
        private long unfollowed;
        // Where touched memory is summed up, so that the touching is not optimised away.
        @SuppressWarnings("unused")
        private int touched;

        Walk(Hypergraph hypergraph) {
            this.hypergraph = hypergraph;
        }

        Expansion expand(int[] seeds) {
            for (int node : seeds) {
                reach(Objects.checkIndex(node, hypergraph.nodes()));
            }
            List<Hop> made = new ArrayList<>();
            made.add(new Hop(nodeCount, 0, 0));
            int from = 0;
            for (int hop = 1; hop <= hops && from < nodeCount; hop++) {
                int to = nodeCount;
                int edgesBefore = edgeCount;
                unfollowed = 0;
                for (int i = from; i < to; i++) {
                    int first = edgeCount;
                    followFrom(nodes[i]);
                    reachFrom(first);
                }
                made.add(new Hop(nodeCount - to, edgeCount - edgesBefore, unfollowed));
                from = to;
            }
            return new Expansion(Arrays.copyOf(nodes, nodeCount), Arrays.copyOf(edges, edgeCount), made);
        }

        private void followFrom(int node) {
            int degree = hypergraph.degree(node);
            if (perNode == 0 || degree <= perNode) {
                for (int i = 0; i < degree; i++) {
                    if (edgeCount == budget) {
                        unfollowed += degree - i;
                        return;
                    }
                    follow(hypergraph.edge(node, i));
                }
                return;
            }
            unfollowed += degree - perNode;
            drawn.clear();
            // R. Floyd's way to draw without replacement.
            for (int i = degree - perNode; i < degree; i++) {
                if (edgeCount == budget) {
                    unfollowed += degree - i;
                    return;
                }
                int draw = draw(node, i);
                if (!drawn.add(draw)) {
                    draw = i;
                    drawn.add(i);
                }
                follow(hypergraph.edge(node, draw));
            }
        }

        private void follow(int edge) {
            if (!seenEdges.add(edge)) {
                return;
            }
            if (edgeCount == edges.length) {
                edges = Arrays.copyOf(edges, edgeCount * 2);
            }
            edges[edgeCount++] = edge;
        }

        private void reachFrom(int firstEdge) {
            // Fetches the hyperedges' lines from memory side by side; the loop below would wait for one after the
            // other.
            for (int i = firstEdge; i < edgeCount; i++) {
                touched += hypergraph.node(edges[i], 0);
            }
            for (int i = firstEdge; i < edgeCount; i++) {
                int edge = edges[i];
                for (int j = 0, size = hypergraph.size(edge); j < size; j++) {
                    reach(hypergraph.node(edge, j));
                }
            }
        }

        private void reach(int node) {
            if (!seenNodes.add(node)) {
                return;
            }
            if (nodeCount == nodes.length) {
                nodes = Arrays.copyOf(nodes, nodeCount * 2);
            }
            nodes[nodeCount++] = node;
        }

        /** From 0 to i, both included, by a hash of seed, node and i: SplitMix64's finaliser. */
        private int draw(int node, int i) {
            long z = seed + (((long) node << 32) | i) * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            return (int) Math.unsignedMultiplyHigh(z, i + 1L);
        }
    }
}
