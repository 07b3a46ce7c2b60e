package org.ruvector.hypergraph.time;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.ruvector.api.IndexFileException;
import org.ruvector.hypergraph.Annotations;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphFile;
import org.ruvector.hypergraph.MutableHypergraph;
import org.ruvector.storage.RecordFile;

/**
 * A hypergraph whose hyperedges are events, which happen at an instant, or facts, which hold for a time. They may be added in any
 * order of time, most cheaply in ascending order. Instants are milliseconds since 1970-01-01T00:00Z, as of {@link Validity}.
 *
 * <p>Safe for many readers and one writer at a time; more writers wait for each other. Whoever reads does so in {@link #read}, where
 * nothing changes meanwhile. Illegal input is refused before anything is changed. A change from within {@link #read}, or from
 * what {@link Retention.Keep} does, is an {@link IllegalStateException}.
 *
 * <p>Takes, beside the memory of the hypergraph, about 12 bytes for each hyperedge if all are events, else 20, and up to half as
 * much again to grow; the place of a removed hyperedge in this is not given back. An insertion takes time logarithmic in the
 * number of hyperedges.
 */
public final class TemporalHypergraph {

    private static final String PART = "temporal hypergraph";
    private static final int VERSION = 1;

    private final MutableHypergraph graph;
    private final TimeIndex times = new TimeIndex();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** A hypergraph without nodes. */
    public TemporalHypergraph() {
        this(new MutableHypergraph());
    }

    private TemporalHypergraph(MutableHypergraph graph) {
        this.graph = graph;
    }

    /**
     * Reads while nothing changes. Writers wait meanwhile, and the view handed to {@code reader} must not be used afterwards.
     */
    public <T> T read(Function<? super TemporalView, T> reader) {
        lock.readLock().lock();
        try {
            return graph.read(view -> reader.apply(new TemporalView(view, times)));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A copy of the hypergraph of all times that never changes; takes time linear in the size. */
    public FrozenHypergraph freeze() {
        lock.readLock().lock();
        try {
            return graph.freeze();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Adds a node and returns its ordinal. */
    public int addNode() {
        return addNodes(1);
    }

    /** Adds nodes and returns the ordinal of the first; the others follow it. */
    public int addNodes(int count) {
        return change(() -> graph.addNodes(count));
    }

    /** The node with this name, added if there is none. */
    public int node(String name) {
        return change(() -> graph.node(name));
    }

    /**
     * Adds an undirected hyperedge that happens at an instant, and returns its ordinal.
     *
     * @param nodes in any order; copied
     * @throws IllegalArgumentException if it is empty, names a node twice, or one that does not exist; or if {@code time} is
     *     {@link Validity#OPEN}
     */
    public int addEvent(long time, int... nodes) {
        Validity.requireInstant("time of an event", time);
        return change(() -> addTime(graph.addEdge(nodes), time, time));
    }

    /**
     * Adds a hyperedge from a tail to a head that happens at an instant, and returns its ordinal.
     *
     * @param tail in any order; copied
     * @param head in any order; copied
     * @throws IllegalArgumentException if one is empty, names a node twice or one that does not exist, or both share one; or if
     *     {@code time} is {@link Validity#OPEN}
     */
    public int addDirectedEvent(long time, int[] tail, int[] head) {
        Validity.requireInstant("time of an event", time);
        return change(() -> addTime(graph.addDirectedEdge(tail, head), time, time));
    }

    /**
     * Adds an undirected hyperedge that holds for a time, and returns its ordinal.
     *
     * @param nodes in any order; copied
     * @throws IllegalArgumentException if it is empty, names a node twice, or one that does not exist
     */
    public int addFact(Validity validity, int... nodes) {
        return change(() -> addTime(graph.addEdge(nodes), validity.from(), validity.until()));
    }

    /**
     * Adds a hyperedge from a tail to a head that holds for a time, and returns its ordinal.
     *
     * @param tail in any order; copied
     * @param head in any order; copied
     * @throws IllegalArgumentException if one is empty, names a node twice or one that does not exist, or both share one
     */
    public int addDirectedFact(Validity validity, int[] tail, int[] head) {
        return change(() -> addTime(graph.addDirectedEdge(tail, head), validity.from(), validity.until()));
    }

    private int addTime(int edge, long from, long until) {
        times.add(edge, from, until);
        return edge;
    }

    /**
     * Ends a fact whose end was not known.
     *
     * @param until the first instant at which it holds no more; where it begins, it becomes an event
     * @throws IllegalArgumentException if there is no such hyperedge, it has an end already, begins later, or {@code until} is
     *     {@link Validity#OPEN}
     */
    public void close(int edge, long until) {
        Validity.requireInstant("end of a fact", until);
        change(() -> {
            Validity open = graph.read(view -> new TemporalView(view, times).validity(edge));
            if (!open.open()) {
                throw new IllegalArgumentException(
                        "Hyperedge " + edge + " ended at " + open.until() + "; only what has no end yet can be closed");
            }
            Validity closed = new Validity(open.from(), until);
            times.remove(edge);
            times.add(edge, closed.from(), closed.until());
            return null;
        });
    }

    /**
     * Removes a hyperedge; its ordinal is not used again.
     *
     * @throws IllegalArgumentException if there is none
     */
    public void removeEdge(int edge) {
        change(() -> {
            graph.removeEdge(edge);
            times.remove(edge);
            return null;
        });
    }

    /**
     * Removes many hyperedges, which is cheaper than one by one.
     *
     * @throws IllegalArgumentException if there is none of one of these ordinals; then nothing is removed
     */
    public void removeEdges(BitSet edges) {
        BitSet gone = (BitSet) edges.clone();
        change(() -> {
            remove(gone);
            return null;
        });
    }

    private void remove(BitSet gone) {
        graph.removeEdges(gone);
        gone.stream().forEach(times::remove);
    }

    /**
     * Removes what is expired, and returns how many hyperedges that were. Takes time linear in their number, and in the number of
     * those that began long enough ago but did not end, or are kept; to remove, as of {@link MutableHypergraph#removeEdges}.
     *
     * @param now       the instant to which ages are counted
     * @param retention what expires
     */
    public int expire(long now, Retention retention) {
        return change(() -> {
            BitSet expired = graph.read(hypergraph -> {
                TemporalView view = new TemporalView(hypergraph, times);
                BitSet old = new BitSet();
                for (int edge : times.ended(retention.cutoff(now))) {
                    old.set(edge, !retention.keep().keep(view, edge));
                }
                return old;
            });
            remove(expired);
            return expired.cardinality();
        });
    }

    /** Sets the weight of a hyperedge, finite. */
    public void setWeight(int edge, double weight) {
        change(() -> {
            graph.setWeight(edge, weight);
            return null;
        });
    }

    /** Gives a node a name that no other node has. */
    public void setNodeName(int node, String name) {
        change(() -> {
            graph.setNodeName(node, name);
            return null;
        });
    }

    /** Gives a hyperedge a name that no other hyperedge has. */
    public void setEdgeName(int edge, String name) {
        change(() -> {
            graph.setEdgeName(edge, name);
            return null;
        });
    }

    /** Sets an attribute of a node, to a value that {@link Annotations} allows. */
    public void setNodeAttribute(int node, String name, Object value) {
        change(() -> {
            graph.setNodeAttribute(node, name, value);
            return null;
        });
    }

    /** Sets an attribute of a hyperedge, to a value that {@link Annotations} allows. */
    public void setEdgeAttribute(int edge, String name, Object value) {
        change(() -> {
            graph.setEdgeAttribute(edge, name, value);
            return null;
        });
    }

    /** Sets the embedding of a node: finite, copied, as long as those of other nodes. */
    public void setNodeEmbedding(int node, float[] vector) {
        change(() -> {
            graph.setNodeEmbedding(node, vector);
            return null;
        });
    }

    /** Sets the embedding of a hyperedge: finite, copied, as long as those of other hyperedges. */
    public void setEdgeEmbedding(int edge, float[] vector) {
        change(() -> {
            graph.setEdgeEmbedding(edge, vector);
            return null;
        });
    }

    /**
     * Saves it to a file, which appears whole or not at all. Writers wait meanwhile.
     *
     * @throws IOException if writing fails; what was at {@code file} is then as before
     */
    public void save(Path file) throws IOException {
        RecordFile.save(file, Map.of(PART, this::write));
    }

    /**
     * Loads it from a file; ordinals are as they were.
     *
     * @throws IndexFileException if the file cannot be used, by its kind
     * @throws IOException        if it is missing or unreadable
     */
    public static TemporalHypergraph load(Path file) throws IOException {
        return RecordFile.read(file).part(PART, TemporalHypergraph::read);
    }

    /** Writes it as one part of a {@link RecordFile}, or wherever its end is known. Writers wait meanwhile. */
    public void write(DataOutput out) throws IOException {
        try {
            read(view -> {
                write(view, out);
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(TemporalView view, DataOutput out) {
        Hypergraph hypergraph = view.graph();
        try {
            out.writeInt(VERSION);
            HypergraphFile.write(hypergraph, out);
            for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
                if (hypergraph.size(edge) > 0) {
                    Validity validity = view.validity(edge);
                    out.writeLong(validity.from());
                    out.writeLong(validity.until());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it makes no sense: what {@link HypergraphFile#read} refuses, or a hyperedge that ends
     *     before it begins
     */
    public static TemporalHypergraph read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("the temporal hypergraph has format version " + version
                    + "; this program reads version " + VERSION);
        }
        TemporalHypergraph read = new TemporalHypergraph(HypergraphFile.read(in));
        BitSet edges = read.graph.read(hypergraph -> {
            BitSet present = new BitSet();
            for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
                present.set(edge, hypergraph.size(edge) > 0);
            }
            return present;
        });
        for (int edge = edges.nextSetBit(0); edge >= 0; edge = edges.nextSetBit(edge + 1)) {
            Validity validity = new Validity(in.readLong(), in.readLong());
            read.addTime(edge, validity.from(), validity.until());
        }
        return read;
    }

    @FunctionalInterface
    private interface Change<T> {
        T make();
    }

    private <T> T change(Change<T> change) {
        // Would wait for its own reading to end, or change what it is just about to.
        if (lock.getReadHoldCount() > 0 || lock.isWriteLockedByCurrentThread()) {
            throw new IllegalStateException(
                    "The temporal hypergraph is changed from within what reads it, which keeps it"
                            + " as it is; change it afterwards");
        }
        lock.writeLock().lock();
        try {
            return change.make();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
