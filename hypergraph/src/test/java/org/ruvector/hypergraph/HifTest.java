package org.ruvector.hypergraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HifTest {

    @Provide
    Arbitrary<MutableHypergraph> plain() {
        return HypergraphArbitraries.plain();
    }

    @Provide
    Arbitrary<MutableHypergraph> annotated() {
        return HypergraphArbitraries.annotated();
    }

    /** Reads JSON that has ' for ". */
    private static Hif.Document read(String json) throws IOException {
        return Hif.read(new StringReader(json.replace('\'', '"')));
    }

    private static String written(Hypergraph hypergraph, Map<String, ?> metadata) throws IOException {
        StringWriter text = new StringWriter();
        Hif.write(hypergraph, metadata, text);
        return text.toString();
    }

    @Property(tries = 200, seed = "1")
    void aHypergraphWithoutAnnotationsIsReadAsItWasWritten(@ForAll("plain") MutableHypergraph hypergraph)
            throws IOException {
        FrozenHypergraph frozen = hypergraph.freeze();
        assertEquals(
                frozen,
                Hif.read(new StringReader(written(frozen, Map.of())))
                        .hypergraph()
                        .freeze());
    }

    @Property(tries = 200, seed = "1")
    void allButEmbeddingsIsReadAsItWasWritten(@ForAll("annotated") MutableHypergraph hypergraph) throws IOException {
        FrozenHypergraph frozen = hypergraph.freeze();
        Map<String, Object> metadata = Map.of("name", "x", "list", List.of(1L, 1.0, true));
        Hif.Document document = Hif.read(new StringReader(written(frozen, metadata)));
        assertEquals(metadata, document.metadata());
        assertEquals(0, document.incomplete());
        FrozenHypergraph read = document.hypergraph().freeze();
        assertEquals(frozen.nodes(), read.nodes());
        assertEquals(frozen.edgeBound(), read.edgeBound());
        for (int edge = 0; edge < frozen.edgeBound(); edge++) {
            assertArrayEquals(frozen.nodesOf(edge), read.nodesOf(edge));
            assertEquals(frozen.tailSize(edge), read.tailSize(edge));
            assertEquals(frozen.weight(edge), read.weight(edge));
            assertEquals(
                    frozen.edgeAnnotations().name(edge), read.edgeAnnotations().name(edge));
            assertEquals(
                    frozen.edgeAnnotations().attributes(edge),
                    read.edgeAnnotations().attributes(edge));
        }
        for (int node = 0; node < frozen.nodes(); node++) {
            assertEquals(
                    frozen.nodeAnnotations().name(node), read.nodeAnnotations().name(node));
            assertEquals(
                    frozen.nodeAnnotations().attributes(node),
                    read.nodeAnnotations().attributes(node));
        }
        assertEquals(written(frozen, metadata), written(read, metadata));
    }

    @Test
    void aDocumentOfTheStandardIsRead() throws IOException {
        Hif.Document document = read("""
                {
                  'network-type': 'undirected',
                  'metadata': {'creator': 'nested_test', 'extra': {'key1': 'value1', 'none': null}},
                  'incidences': [
                    {'edge': 'abcd', 'node': 42},
                    {'edge': 'abcd', 'node': 'n1', 'weight': -2, 'attrs': {'role': 'PI', 'age': 42}},
                    {'edge': 10, 'node': 'n1'},
                    {'edge': 10, 'node': 'n1'}
                  ],
                  'nodes': [
                    {'node': 42, 'attrs': {'weight': 2, 'color': 'blue', 'online': true}},
                    {'node': 'alone', 'weight': 1.5}
                  ],
                  'edges': [{'edge': 10, 'weight': 2, 'attrs': {'timestamp': '2020-04-01'}}]
                }
                """);
        assertEquals(Map.of("creator", "nested_test", "extra", Map.of("key1", "value1")), document.metadata());
        assertEquals(1, document.incomplete(), "one incidence has a weight and attributes");
        FrozenHypergraph hypergraph = document.hypergraph().freeze();
        assertEquals(3, hypergraph.nodes());
        assertEquals(2, hypergraph.edges());
        Annotations nodes = hypergraph.nodeAnnotations();
        assertEquals(0, nodes.find("42").orElseThrow(), "42 is no ordinal among 3 nodes, so it is a name");
        assertEquals(1, nodes.find("n1").orElseThrow());
        assertEquals(2, nodes.find("alone").orElseThrow());
        assertEquals(Map.of("weight", 2L, "color", "blue", "online", true), nodes.attributes(0));
        assertEquals(Map.of("weight", 1.5), nodes.attributes(2));
        assertArrayEquals(new int[] {0, 1}, hypergraph.nodesOf(0));
        assertArrayEquals(new int[] {1}, hypergraph.nodesOf(1));
        assertEquals(2, hypergraph.weight(1));
        assertEquals(Optional.of("10"), hypergraph.edgeAnnotations().name(1));
        assertEquals(
                Map.of("timestamp", "2020-04-01"), hypergraph.edgeAnnotations().attributes(1));
    }

    @Test
    void directionsAreTailAndHead() throws IOException {
        FrozenHypergraph hypergraph = read("""
                        {'incidences': [
                          {'edge': 0, 'node': 2, 'direction': 'head'}, {'edge': 0, 'node': 0, 'direction': 'tail'},
                          {'edge': 0, 'node': 1, 'direction': 'tail'}, {'edge': 1, 'node': 1}, {'edge': 1, 'node': 0}],
                         'network-type': 'directed'}
                        """).hypergraph().freeze();
        assertArrayEquals(new int[] {0, 1, 2}, hypergraph.nodesOf(0));
        assertEquals(2, hypergraph.tailSize(0));
        assertEquals(0, hypergraph.tailSize(1), "one without directions is undirected");
        assertTrue(hypergraph.nodeAnnotations().name(0).isEmpty(), "0, 1 and 2 are ordinals");
    }

    @Test
    void aSimplicialComplexIsReadAsWhatItLists() throws IOException {
        FrozenHypergraph hypergraph =
                read("{'network-type': 'asc', 'incidences': [{'edge': 'e', 'node': 0}, {'edge': 'e', 'node': 1}]}")
                        .hypergraph()
                        .freeze();
        assertEquals(1, hypergraph.edges());
        assertTrue(written(hypergraph, Map.of()).contains("\"undirected\""));
    }

    @Test
    void integersAreOrdinalsWhereTheyCanBe() throws IOException {
        FrozenHypergraph hypergraph =
                read("{'incidences': [{'edge': 'e', 'node': 'b'}, {'edge': 'e', 'node': 0}, {'edge': 'e', 'node': 2.0}]}")
                        .hypergraph()
                        .freeze();
        assertEquals(1, hypergraph.nodeAnnotations().find("b").orElseThrow());
        assertArrayEquals(new int[] {0, 1, 2}, hypergraph.nodesOf(0));
        FrozenHypergraph gap = read("{'incidences': [{'edge': 1, 'node': 0}], 'edges': [{'edge': 0}]}")
                .hypergraph()
                .freeze();
        assertEquals(0, gap.size(0));
        assertEquals(1, gap.size(1));
        assertEquals(0, read("{'incidences': []}").hypergraph().freeze().nodes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                     | has no 'incidences'
            []                                                     | $ is an array; it must be an object
            {'incidences': [],                                     | The document is not JSON: End of input
            {'incidences': []} x                                   | The document is not JSON
            {incidences: []}                                       | The document is not JSON
            {'incidences': {}}                                     | $.incidences is an object; it must be an array
            {'incidences': [1]}                                    | $.incidences[0] is a number; it must be an object
            {'incidences': [{'edge': 1}]}                          | $.incidences[0] has no 'node'
            {'incidences': [{'node': 1, 'direction': 'head'}]}     | $.incidences[0] has no 'edge'
            {'incidences': [{'edge': 1, 'node': null}]}            | node is null; it must be a text or an integer
            {'incidences': [{'edge': 1, 'node': 1.23}]}            | The id at $.incidences[0].node is 1.23
            {'incidences': [{'edge': 1, 'node': 1e999999999999}]}  | The id at $.incidences[0].node is 1e9
            {'incidences': [{'edge': 1, 'node': 2, 'test': 1}]}    | a field that HIF does not know: 'test'
            {'incidences': [{'edge': 1, 'node': 2, 'weight': 'x'}]}       | weight is a text; it must be a number
            {'incidences': [{'edge': 1, 'node': 2, 'direction': 'side'}]} | 'side'; allowed are tail, head
            {'network-type': 'badnt', 'incidences': []}            | 'badnt'; allowed are undirected, directed, asc
            {'metadata': [0], 'incidences': []}                    | $.metadata is an array; it must be an object
            {'metadata': {'a': [null]}, 'incidences': []}          | $.metadata.a[0] is null within a list
            {'metadata': {'a': 1e999}, 'incidences': []}           | $.metadata.a is 1e999, which is more
            {'test': {}, 'incidences': []}                         | a field that HIF does not know: 'test'
            {'incidences': [], 'nodes': [{}]}                      | $.nodes[0] has no 'node'
            {'incidences': [], 'nodes': [{'node': 1.23}]}          | The id at $.nodes[0].node is 1.23
            {'incidences': [], 'edges': [{'edge': 3}]}             | Hyperedge 3 has no incidences
            {'incidences': [], 'edges': [{'edge': 0, 'weight': 1}]} | Hyperedge 0 has no incidences
            {'incidences': [{'edge': 1, 'node': 5}, {'edge': 1, 'node': '5'}]} | The name '5' belongs to 0 already
            {'incidences': [{'edge': 1, 'node': 2, 'direction': 'head'}]} | has 0 nodes in its tail, 1 in its head
            """)
    void malformedDocumentsAreRefused(String json, String message) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> read(json));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void directionsThatContradictAreRefused() {
        String tail = "{'edge': 1, 'node': 2, 'direction': 'tail'}";
        for (String rest : List.of(
                "{'edge': 1, 'node': 2, 'direction': 'head'}], 'network-type': 'directed'}",
                "{'edge': 1, 'node': 3, 'direction': 'head'}], 'network-type': 'undirected'}",
                "{'edge': 1, 'node': 3, 'direction': 'head'}, {'edge': 1, 'node': 4}]}")) {
            assertThrows(
                    IllegalArgumentException.class, () -> read("{'incidences': [" + tail + ", " + rest), () -> rest);
        }
    }

    @Test
    void nestingHasALimit() {
        String deep = "[".repeat(100_000);
        assertThrows(IllegalArgumentException.class, () -> read("{'metadata': {'a': " + deep));
        String deepEnough = "[".repeat(100) + "]".repeat(100);
        assertThrows(
                IllegalArgumentException.class,
                () -> read("{'metadata': {'a': " + deepEnough + "}, 'incidences': []}"));
    }
}
