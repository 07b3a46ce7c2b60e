package org.ruvector.hypergraph;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ruvector.api.IndexFileException;
import org.ruvector.storage.RecordFile;

/**
 * Saves hypergraphs exactly: ordinals, gaps, directions, weights, names, attributes and embeddings. To save one that
 * changes, save what it {@linkplain MutableHypergraph#freeze freezes} to.
 *
 * <p>What is read is distrusted: it goes through the methods of {@link MutableHypergraph} that callers use, and memory
 * is taken as bytes arrive, never by a count alone.
 */
public final class HypergraphFile {

    private static final String PART = "hypergraph";
    private static final int VERSION = 1;

    // A char has at most 3 bytes in modified UTF-8, and writeUTF takes at most 65,535.
    private static final int PIECE = 20_000;

    private static final int TEXT = 0;
    private static final int BOOLEAN = 1;
    private static final int LONG = 2;
    private static final int DOUBLE = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;

    private HypergraphFile() {}

    /**
     * Saves a hypergraph. The file appears whole or not at all.
     *
     * @throws IOException if writing fails; what was at {@code file} is then as before
     */
    public static void save(Hypergraph hypergraph, Path file) throws IOException {
        RecordFile.save(file, Map.of(PART, out -> write(hypergraph, out)));
    }

    /**
     * Loads a hypergraph; it freezes to what the saved one froze to.
     *
     * @throws IndexFileException if the file cannot be used, by its kind
     * @throws IOException        if it is missing or unreadable
     */
    public static MutableHypergraph load(Path file) throws IOException {
        return RecordFile.read(file).part(PART, HypergraphFile::read);
    }

    /** Writes a hypergraph as one part of a {@link RecordFile}, or wherever its end is known. */
    public static void write(Hypergraph hypergraph, DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeInt(hypergraph.nodes());
        // Redundant, but so that the number of nodes is vouched for by as many bytes.
        for (int node = 0; node < hypergraph.nodes(); node++) {
            out.writeInt(hypergraph.degree(node));
        }
        out.writeInt(hypergraph.edgeBound());
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            int size = hypergraph.size(edge);
            out.writeInt(size);
            if (size > 0) {
                out.writeInt(hypergraph.tailSize(edge));
                out.writeDouble(hypergraph.weight(edge));
                for (int i = 0; i < size; i++) {
                    out.writeInt(hypergraph.node(edge, i));
                }
            }
        }
        write(hypergraph.nodeAnnotations(), out);
        write(hypergraph.edgeAnnotations(), out);
    }

    /**
     * Reads what {@link #write(Hypergraph, DataOutput)} wrote.
     *
     * @throws IllegalArgumentException if it makes no sense: a node that does not exist, members unsorted or doubled, a
     *     tail that overlaps the head or has none, a weight that is not finite, degrees that do not match, annotations
     *     of what does not exist
     */
    public static MutableHypergraph read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the hypergraph has format version " + version + "; this program reads version " + VERSION);
        }
        int[] degrees = ints(in, count(in, "nodes"));
        MutableHypergraph hypergraph = new MutableHypergraph(degrees.length);
        int bound = count(in, "hyperedges");
        for (int edge = 0; edge < bound; edge++) {
            readEdge(edge, in, hypergraph);
        }
        hypergraph.read(view -> {
            for (int node = 0; node < degrees.length; node++) {
                if (view.degree(node) != degrees[node]) {
                    throw new IllegalArgumentException("node " + node + " should be in " + degrees[node]
                            + " hyperedges, but is in " + view.degree(node));
                }
            }
            return null;
        });
        readAnnotations(in, hypergraph::setNodeName, hypergraph::setNodeAttributes, hypergraph::setNodeEmbedding);
        readAnnotations(in, hypergraph::setEdgeName, hypergraph::setEdgeAttributes, hypergraph::setEdgeEmbedding);
        return hypergraph;
    }

    private static void readEdge(int edge, DataInput in, MutableHypergraph hypergraph) throws IOException {
        int size = count(in, "nodes of hyperedge " + edge);
        if (size == 0) {
            hypergraph.addGap();
            return;
        }
        int tail = in.readInt();
        if (tail < 0 || tail >= size) {
            throw new IllegalArgumentException("hyperedge " + edge + " has " + size + " nodes and a tail of " + tail
                    + "; a head must be left, or the tail be 0");
        }
        double weight = in.readDouble();
        int[] members = ints(in, size);
        for (int i = 1; i < size; i++) {
            if (i != tail && members[i] <= members[i - 1]) {
                throw new IllegalArgumentException("hyperedge " + edge + " has node " + members[i] + " after "
                        + members[i - 1] + "; they must ascend");
            }
        }
        if (tail == 0) {
            hypergraph.addEdge(members);
        } else {
            hypergraph.addDirectedEdge(Arrays.copyOf(members, tail), Arrays.copyOfRange(members, tail, size));
        }
        if (weight != 1) {
            hypergraph.setWeight(edge, weight);
        }
    }

    private static void write(Annotations annotations, DataOutput out) throws IOException {
        int[] named = annotations.named();
        out.writeInt(named.length);
        for (int ordinal : named) {
            out.writeInt(ordinal);
            writeText(annotations.name(ordinal).orElseThrow(), out);
        }
        int[] attributed = annotations.attributed();
        out.writeInt(attributed.length);
        for (int ordinal : attributed) {
            out.writeInt(ordinal);
            writeMap(annotations.attributes(ordinal), out);
        }
        int[] embedded = annotations.embedded();
        out.writeInt(embedded.length);
        for (int ordinal : embedded) {
            out.writeInt(ordinal);
            float[] embedding = annotations.embedding(ordinal).orElseThrow();
            out.writeInt(embedding.length);
            for (float coordinate : embedding) {
                out.writeFloat(coordinate);
            }
        }
    }

    @FunctionalInterface
    private interface Setter<T> {
        void set(int ordinal, T value);
    }

    private static void readAnnotations(
            DataInput in, Setter<String> names, Setter<Map<String, Object>> attributes, Setter<float[]> embeddings)
            throws IOException {
        int named = count(in, "names");
        for (int i = 0, last = -1; i < named; i++) {
            last = ascending(in, last);
            names.set(last, readText(in));
        }
        int attributed = count(in, "attributes");
        for (int i = 0, last = -1; i < attributed; i++) {
            last = ascending(in, last);
            attributes.set(last, readMap(in, Annotations.MAX_DEPTH));
        }
        int embedded = count(in, "embeddings");
        for (int i = 0, last = -1; i < embedded; i++) {
            last = ascending(in, last);
            int[] bits = ints(in, count(in, "coordinates"));
            float[] embedding = new float[bits.length];
            for (int j = 0; j < bits.length; j++) {
                embedding[j] = Float.intBitsToFloat(bits[j]);
            }
            embeddings.set(last, embedding);
        }
    }

    private static void writeValue(Object value, DataOutput out) throws IOException {
        switch (value) {
            case String text -> {
                out.writeByte(TEXT);
                writeText(text, out);
            }
            case Boolean truth -> {
                out.writeByte(BOOLEAN);
                out.writeBoolean(truth);
            }
            case Long number -> {
                out.writeByte(LONG);
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte(DOUBLE);
                out.writeDouble(number);
            }
            case List<?> list -> {
                out.writeByte(LIST);
                out.writeInt(list.size());
                for (Object element : list) {
                    writeValue(element, out);
                }
            }
            case Map<?, ?> map -> {
                out.writeByte(MAP);
                writeMap(map, out);
            }
            default -> throw new AssertionError("Annotations let through " + value.getClass());
        }
    }

    private static Object readValue(DataInput in, int depth) throws IOException {
        if (depth < 0) {
            throw new IllegalArgumentException(
                    "lists and maps lie within each other over " + Annotations.MAX_DEPTH + " deep");
        }
        int kind = in.readByte();
        return switch (kind) {
            case TEXT -> readText(in);
            case BOOLEAN -> in.readBoolean();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case LIST -> {
                List<Object> list = new ArrayList<>();
                int size = count(in, "elements");
                for (int i = 0; i < size; i++) {
                    list.add(readValue(in, depth - 1));
                }
                yield list;
            }
            case MAP -> readMap(in, depth - 1);
            default -> throw new IllegalArgumentException("there are no attributes of kind " + kind);
        };
    }

    private static void writeMap(Map<?, ?> map, DataOutput out) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            writeText((String) entry.getKey(), out);
            writeValue(entry.getValue(), out);
        }
    }

    private static Map<String, Object> readMap(DataInput in, int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        int size = count(in, "attributes");
        for (int i = 0; i < size; i++) {
            String name = readText(in);
            if (map.put(name, readValue(in, depth)) != null) {
                throw new IllegalArgumentException("attribute '" + name + "' is there twice");
            }
        }
        return map;
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        out.writeInt(text.length());
        for (int at = 0; at < text.length(); at += PIECE) {
            out.writeUTF(text.substring(at, Math.min(at + PIECE, text.length())));
        }
    }

    private static String readText(DataInput in) throws IOException {
        int length = count(in, "characters");
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            String piece = in.readUTF();
            if (piece.isEmpty() || piece.length() > length - text.length()) {
                throw new IllegalArgumentException(
                        "a text of " + length + " characters has a piece of " + piece.length());
            }
            text.append(piece);
        }
        return text.toString();
    }

    private static int ascending(DataInput in, int last) throws IOException {
        int ordinal = in.readInt();
        if (ordinal <= last) {
            throw new IllegalArgumentException(
                    "annotations of " + ordinal + " follow those of " + last + "; ordinals must ascend from 0");
        }
        return ordinal;
    }

    private static int count(DataInput in, String what) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IllegalArgumentException("the number of " + what + " is " + count);
        }
        return count;
    }

    private static int[] ints(DataInput in, int count) throws IOException {
        int[] values = new int[Math.min(count, 1024)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, values.length * 2L));
            }
            values[i] = in.readInt();
        }
        return values;
    }
}
