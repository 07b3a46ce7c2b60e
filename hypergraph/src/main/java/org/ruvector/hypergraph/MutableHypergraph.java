package org.ruvector.hypergraph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A hypergraph that changes. Safe for many readers and one writer at a time; more writers wait for each other.
 *
 * <p>Whoever reads does so in {@link #read}, where nothing changes meanwhile, or {@linkplain #freeze freezes} it.
 * Illegal input is refused before anything is changed. {@link HypergraphFile} saves and loads it, {@link Hif} exchanges
 * it with other programs.
 */
public final class MutableHypergraph {

    private final LiveHypergraph live = new LiveHypergraph();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** A hypergraph without nodes. */
    public MutableHypergraph() {}

    /** A hypergraph with nodes and no hyperedges. */
    public MutableHypergraph(int nodes) {
        addNodes(nodes);
    }

    /**
     * Reads while nothing changes. Writers wait meanwhile, and the hypergraph handed to {@code reader} must not be used
     * afterwards. A change from within is an {@link IllegalStateException}.
     */
    public <T> T read(Function<? super Hypergraph, T> reader) {
        lock.readLock().lock();
        try {
            return reader.apply(live);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A copy that never changes, with the same ordinals and gaps; takes time linear in the size. */
    public FrozenHypergraph freeze() {
        return read(FrozenHypergraph::copyOf);
    }

    /** Adds a node and returns its ordinal. */
    public int addNode() {
        return addNodes(1);
    }

    /** Adds nodes and returns the ordinal of the first; the others follow it. */
    public int addNodes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Cannot add " + count + " nodes; the number must be at least 0");
        }
        return write(() -> live.addNodes(count));
    }

    /** The node with this name, added if there is none. */
    public int node(String name) {
        Objects.requireNonNull(name, "name");
        return write(() -> {
            var found = live.nodeAnnotations.find(name);
            if (found.isPresent()) {
                return found.getAsInt();
            }
            int node = live.addNodes(1);
            live.nodeAnnotations.name(node, name);
            return node;
        });
    }

    /**
     * Adds an undirected hyperedge and returns its ordinal. Takes time linear in its size, and n log n to sort it.
     *
     * @param nodes in any order; copied
     * @throws IllegalArgumentException if it is empty, names a node twice, or one that does not exist
     */
    public int addEdge(int... nodes) {
        int[] members = sorted("hyperedge", nodes);
        return write(() -> {
            requireNodes(members);
            return live.addEdge(members, 0);
        });
    }

    /**
     * Adds a hyperedge from a tail to a head and returns its ordinal.
     *
     * @param tail in any order; copied
     * @param head in any order; copied
     * @throws IllegalArgumentException if one is empty, names a node twice or one that does not exist, or both share
     *     one
     */
    public int addDirectedEdge(int[] tail, int[] head) {
        int[] from = sorted("tail", tail);
        int[] to = sorted("head", head);
        for (int node : to) {
            if (Arrays.binarySearch(from, node) >= 0) {
                throw new IllegalArgumentException(
                        "Node " + node + " is in the tail and in the head; they must be disjoint");
            }
        }
        int[] members = Arrays.copyOf(from, from.length + to.length);
        System.arraycopy(to, 0, members, from.length, to.length);
        return write(() -> {
            requireNodes(members);
            return live.addEdge(members, from.length);
        });
    }

    /**
     * Removes a hyperedge; its ordinal is not used again.
     *
     * @throws IllegalArgumentException if there is none
     */
    public void removeEdge(int edge) {
        write(() -> {
            requireEdge(edge);
            live.removeEdges(new int[] {edge});
            return null;
        });
    }

    /**
     * Removes many hyperedges, which is cheaper than one by one.
     *
     * @throws IllegalArgumentException if there is none of one of these ordinals; then nothing is removed
     */
    public void removeEdges(BitSet edges) {
        int[] gone = edges.stream().toArray();
        write(() -> {
            for (int edge : gone) {
                requireEdge(edge);
            }
            live.removeEdges(gone);
            return null;
        });
    }

    /**
     * Sets the weight of a hyperedge.
     *
     * @param weight finite
     */
    public void setWeight(int edge, double weight) {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("The weight is " + weight + "; it must be a finite number");
        }
        write(() -> {
            requireEdge(edge);
            live.weight(edge, weight);
            return null;
        });
    }

    /** Gives a node a name that no other node has. */
    public void setNodeName(int node, String name) {
        write(() -> {
            requireNodes(node);
            live.nodeAnnotations.name(node, name);
            return null;
        });
    }

    /** Gives a hyperedge a name that no other hyperedge has. */
    public void setEdgeName(int edge, String name) {
        write(() -> {
            requireEdge(edge);
            live.edgeAnnotations.name(edge, name);
            return null;
        });
    }

    /** Sets an attribute of a node, to a value that {@link Annotations} allows. */
    public void setNodeAttribute(int node, String name, Object value) {
        write(() -> {
            requireNodes(node);
            live.nodeAnnotations.attribute(node, name, value);
            return null;
        });
    }

    /** Sets an attribute of a hyperedge, to a value that {@link Annotations} allows. */
    public void setEdgeAttribute(int edge, String name, Object value) {
        write(() -> {
            requireEdge(edge);
            live.edgeAnnotations.attribute(edge, name, value);
            return null;
        });
    }

    /** Sets the embedding of a node: finite, copied, as long as those of other nodes. */
    public void setNodeEmbedding(int node, float[] vector) {
        write(() -> {
            requireNodes(node);
            live.nodeAnnotations.embedding(node, vector);
            return null;
        });
    }

    /** Sets the embedding of a hyperedge: finite, copied, as long as those of other hyperedges. */
    public void setEdgeEmbedding(int edge, float[] vector) {
        write(() -> {
            requireEdge(edge);
            live.edgeAnnotations.embedding(edge, vector);
            return null;
        });
    }

    /** Sets all attributes of a node. */
    void setNodeAttributes(int node, Map<String, ?> attributes) {
        write(() -> {
            requireNodes(node);
            live.nodeAnnotations.attributes(node, attributes);
            return null;
        });
    }

    /** Sets all attributes of a hyperedge. */
    void setEdgeAttributes(int edge, Map<String, ?> attributes) {
        write(() -> {
            requireEdge(edge);
            live.edgeAnnotations.attributes(edge, attributes);
            return null;
        });
    }

    /** Adds the gap that a removed hyperedge leaves. */
    int addGap() {
        return write(live::addGap);
    }

    @FunctionalInterface
    private interface Change<T> {
        T make();
    }

    private <T> T write(Change<T> change) {
        // Would wait for its own reading to end.
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "The hypergraph is changed from within read(), which keeps it as it is; change it afterwards");
        }
        lock.writeLock().lock();
        try {
            return change.make();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static int[] sorted(String what, int[] nodes) {
        if (nodes.length == 0) {
            throw new IllegalArgumentException("The " + what + " is empty; it must have at least one node");
        }
        int[] sorted = nodes.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException(
                        "The " + what + " names node " + sorted[i] + " twice; it is a set, name each once");
            }
        }
        return sorted;
    }

    private void requireNodes(int... nodes) {
        for (int node : nodes) {
            if (node < 0 || node >= live.nodes()) {
                throw new IllegalArgumentException(
                        "There is no node " + node + ": there are " + live.nodes() + ", counted from 0; add it first");
            }
        }
    }

    private void requireEdge(int edge) {
        if (edge < 0 || edge >= live.edgeBound() || live.size(edge) == 0) {
            throw new IllegalArgumentException("There is no hyperedge " + edge + ": "
                    + (edge >= 0 && edge < live.edgeBound()
                            ? "it was removed"
                            : "their ordinals end before " + live.edgeBound()));
        }
    }
}
