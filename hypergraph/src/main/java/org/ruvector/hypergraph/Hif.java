package org.ruvector.hypergraph;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The Hypergraph Interchange Format, the JSON that XGI, HyperNetX, Hypergraphx and others read and write (M. Coll and
 * others, "HIF: The hypergraph interchange format for higher-order networks", Network Science 2025).
 *
 * <p>Ids. A text is the name of a node or hyperedge. Integers are ordinals if all those among the n nodes (or n
 * hyperedges) of the document lie in {@code 0 … n − 1}, and names otherwise; what has no ordinal then takes the free
 * ones in the order of appearance. So what is written and read again has the same ordinals.
 *
 * <p>What HIF has and a {@link Hypergraph} has not: the weight of a node becomes its attribute {@code weight}; weights
 * and attributes of single incidences are left out, and {@link Document} counts them; attributes that are null are left
 * out; a node that is repeated in a hyperedge counts once; {@code asc}, an abstract simplicial complex, is read as the
 * hyperedges that it lists. An edge without incidences is a gap if its id is an ordinal and nothing else is known of
 * it, and refused otherwise. A directed hyperedge must have a tail and a head without a common node. Embeddings are not
 * written: HIF has no place for them.
 */
public final class Hif {

    private Hif() {}

    /**
     * What a document holds.
     *
     * @param hypergraph the nodes and hyperedges
     * @param metadata   what is known of all of it, values as in {@link Annotations}; empty if nothing
     * @param incomplete number of incidences that had a weight or attributes, which were left out
     */
    public record Document(MutableHypergraph hypergraph, Map<String, Object> metadata, int incomplete) {

        /** Copies the metadata. */
        public Document {
            metadata = Annotations.checked(metadata);
        }
    }

    /**
     * Reads a document to its end; does not close the reader.
     *
     * @throws IllegalArgumentException if it is not a HIF document, or not a hypergraph as described above; the message
     *     says where
     * @throws IOException              if the reader fails
     */
    public static Document read(Reader in) throws IOException {
        return new HifReader(in).read();
    }

    /**
     * Writes a document, {@code directed} if any hyperedge is; does not close the writer.
     *
     * @param metadata what is known of all of it, values as in {@link Annotations}
     */
    public static void write(Hypergraph hypergraph, Map<String, ?> metadata, Writer out) throws IOException {
        Map<String, Object> checked = Annotations.checked(metadata);
        JsonWriter json = new JsonWriter(out);
        json.setStrictness(Strictness.STRICT);
        boolean directed = IntStream.range(0, hypergraph.edgeBound()).anyMatch(hypergraph::directed);
        json.beginObject();
        json.name("network-type").value(directed ? "directed" : "undirected");
        if (!checked.isEmpty()) {
            json.name("metadata");
            write(checked, json);
        }
        // First, and all of them in order: so that a reader meets them in the order of their ordinals.
        json.name("nodes").beginArray();
        for (int node = 0; node < hypergraph.nodes(); node++) {
            json.beginObject();
            writeId("node", node, hypergraph.nodeAnnotations(), json);
            writeAttributes(node, hypergraph.nodeAnnotations(), json);
            json.endObject();
        }
        json.endArray();
        json.name("edges").beginArray();
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            json.beginObject();
            writeId("edge", edge, hypergraph.edgeAnnotations(), json);
            if (hypergraph.weight(edge) != 1) {
                json.name("weight").value(hypergraph.weight(edge));
            }
            writeAttributes(edge, hypergraph.edgeAnnotations(), json);
            json.endObject();
        }
        json.endArray();
        json.name("incidences").beginArray();
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            writeIncidences(hypergraph, edge, json);
        }
        json.endArray();
        json.endObject();
        json.flush();
    }

    private static void writeIncidences(Hypergraph hypergraph, int edge, JsonWriter json) throws IOException {
        for (int i = 0; i < hypergraph.size(edge); i++) {
            json.beginObject();
            writeId("edge", edge, hypergraph.edgeAnnotations(), json);
            writeId("node", hypergraph.node(edge, i), hypergraph.nodeAnnotations(), json);
            if (hypergraph.directed(edge)) {
                json.name("direction").value(i < hypergraph.tailSize(edge) ? "tail" : "head");
            }
            json.endObject();
        }
    }

    private static void writeId(String field, int ordinal, Annotations annotations, JsonWriter json)
            throws IOException {
        json.name(field);
        var name = annotations.name(ordinal);
        if (name.isPresent()) {
            json.value(name.get());
        } else {
            json.value(ordinal);
        }
    }

    private static void writeAttributes(int ordinal, Annotations annotations, JsonWriter json) throws IOException {
        if (!annotations.attributes(ordinal).isEmpty()) {
            json.name("attrs");
            write(annotations.attributes(ordinal), json);
        }
    }

    private static void write(Object value, JsonWriter json) throws IOException {
        switch (value) {
            case String text -> json.value(text);
            case Boolean truth -> json.value(truth);
            case Number number -> json.value(number);
            case List<?> list -> {
                json.beginArray();
                for (Object element : list) {
                    write(element, json);
                }
                json.endArray();
            }
            case Map<?, ?> map -> {
                json.beginObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.name((String) entry.getKey());
                    write(entry.getValue(), json);
                }
                json.endObject();
            }
            default -> throw new AssertionError("Annotations let through " + value.getClass());
        }
    }
}
