package org.ruvector.hypergraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class FrozenHypergraphTest {

    @Provide
    Arbitrary<MutableHypergraph> plain() {
        return HypergraphArbitraries.plain();
    }

    @Provide
    Arbitrary<MutableHypergraph> annotated() {
        return HypergraphArbitraries.annotated();
    }

    @Property(tries = 300, seed = "1")
    void itAnswersAsTheMutableOneThatItWasFrozenFrom(@ForAll("annotated") MutableHypergraph hypergraph) {
        FrozenHypergraph frozen = hypergraph.freeze();
        hypergraph.read(view -> {
            assertEquals(view.nodes(), frozen.nodes());
            assertEquals(view.edges(), frozen.edges());
            assertEquals(view.edgeBound(), frozen.edgeBound());
            assertEquals(view.incidences(), frozen.incidences());
            for (int edge = 0; edge < view.edgeBound(); edge++) {
                assertArrayEquals(view.nodesOf(edge), frozen.nodesOf(edge));
                assertEquals(view.tailSize(edge), frozen.tailSize(edge));
                assertEquals(view.weight(edge), frozen.weight(edge));
                for (int node = 0; node < view.nodes(); node++) {
                    assertEquals(view.contains(edge, node), frozen.contains(edge, node));
                }
            }
            for (int node = 0; node < view.nodes(); node++) {
                assertArrayEquals(view.edgesOf(node), frozen.edgesOf(node));
            }
            assertEquals(view.nodeAnnotations(), frozen.nodeAnnotations());
            assertEquals(view.edgeAnnotations(), frozen.edgeAnnotations());
            return null;
        });
        assertEquals(frozen, hypergraph.freeze());
        assertEquals(frozen.hashCode(), hypergraph.freeze().hashCode());
    }

    @Property(tries = 300, seed = "1")
    void theDualOfTheDualIsItself(@ForAll("plain") MutableHypergraph hypergraph) {
        FrozenHypergraph frozen = hypergraph.freeze();
        assertEquals(frozen, frozen.dual().dual());
    }

    @Property(tries = 300, seed = "1")
    void theDualSwapsNodesAndHyperedges(@ForAll("annotated") MutableHypergraph hypergraph) {
        FrozenHypergraph frozen = hypergraph.freeze();
        FrozenHypergraph dual = frozen.dual();
        assertEquals(frozen.edgeBound(), dual.nodes());
        assertEquals(frozen.nodes(), dual.edgeBound());
        for (int node = 0; node < frozen.nodes(); node++) {
            assertArrayEquals(frozen.edgesOf(node), dual.nodesOf(node));
            assertFalse(dual.directed(node));
        }
        for (int edge = 0; edge < frozen.edgeBound(); edge++) {
            int[] nodes = frozen.nodesOf(edge);
            Arrays.sort(nodes);
            assertArrayEquals(nodes, dual.edgesOf(edge));
        }
        assertEquals(frozen.edgeAnnotations(), dual.nodeAnnotations());
        for (int node = 0; node < frozen.nodes(); node++) {
            boolean kept = frozen.degree(node) > 0;
            assertEquals(
                    frozen.nodeAnnotations().name(node).filter(name -> kept),
                    dual.edgeAnnotations().name(node));
        }
    }

    @Test
    void laterChangesDoNotReachIt() {
        MutableHypergraph hypergraph = new MutableHypergraph(3);
        hypergraph.addEdge(0, 1);
        FrozenHypergraph before = hypergraph.freeze();
        hypergraph.setNodeName(0, "a");
        assertNotEquals(before, hypergraph.freeze());
        assertEquals("3 nodes, 1 hyperedges, 2 incidences", before.toString());
        hypergraph.setWeight(0, 2);
        hypergraph.addEdge(2);
        assertEquals(1, before.weight(0));
        assertEquals(1, before.edgeBound());
    }

    @Test
    void directionsAndWeightsTellHypergraphsApart() {
        MutableHypergraph one = new MutableHypergraph(2);
        MutableHypergraph other = new MutableHypergraph(2);
        one.addEdge(0, 1);
        other.addDirectedEdge(new int[] {0}, new int[] {1});
        assertNotEquals(one.freeze(), other.freeze());
        one.setWeight(0, 2);
        one.setWeight(0, 1);
        other.removeEdge(0);
        other.addEdge(0, 1);
        one.removeEdge(0);
        one.addEdge(0, 1);
        assertEquals(one.freeze(), other.freeze());
    }
}
