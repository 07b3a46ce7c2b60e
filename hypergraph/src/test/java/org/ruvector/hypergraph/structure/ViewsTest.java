package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jgrapht.Graph;
import org.jgrapht.GraphTests;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphArbitraries;
import org.ruvector.hypergraph.MutableHypergraph;

final class ViewsTest {

    @Provide
    Arbitrary<MutableHypergraph> hypergraphs() {
        return HypergraphArbitraries.annotated();
    }

    private static Set<Set<Integer>> pairs(Graph<Integer, Integer> graph) {
        return graph.edgeSet().stream()
                .map(edge -> new TreeSet<>(Arrays.asList(graph.getEdgeSource(edge), graph.getEdgeTarget(edge))))
                .collect(Collectors.toSet());
    }

    /**
     * That a graph has these vertices, and edges just where the predicate holds, and answers all questions accordingly.
     */
    private static void check(Graph<Integer, Integer> graph, int[] vertices, BiPredicate<Integer, Integer> joined) {
        assertEquals(
                IntStream.of(vertices).boxed().toList(),
                graph.vertexSet().stream().toList());
        int edges = 0;
        for (int one : vertices) {
            int degree = 0;
            for (int other : vertices) {
                boolean there = one != other && joined.test(one, other);
                degree += there ? 1 : 0;
                assertEquals(there, graph.containsEdge(one, other));
                assertEquals(there ? 1 : 0, graph.getAllEdges(one, other).size());
                if (there) {
                    Integer edge = graph.getEdge(one, other);
                    assertEquals(edge, graph.getEdge(other, one));
                    assertEquals(Set.of(one, other), Set.of(graph.getEdgeSource(edge), graph.getEdgeTarget(edge)));
                    assertTrue(graph.edgesOf(one).contains(edge));
                    assertTrue(graph.containsEdge(edge));
                    assertEquals(1, graph.getEdgeWeight(edge));
                } else {
                    assertNull(graph.getEdge(one, other));
                }
            }
            assertEquals(degree, graph.degreeOf(one));
            assertEquals(degree, graph.inDegreeOf(one));
            assertEquals(degree, graph.outDegreeOf(one));
            assertEquals(degree, graph.edgesOf(one).size());
            assertEquals(graph.edgesOf(one), graph.incomingEdgesOf(one));
            assertEquals(graph.edgesOf(one), graph.outgoingEdgesOf(one));
            assertEquals(degree, Set.copyOf(graph.edgesOf(one)).size());
            edges += degree;
        }
        assertEquals(edges / 2, graph.edgeSet().size());
        assertFalse(graph.containsVertex(-1));
        assertFalse(graph.containsEdge(edges / 2));
        assertTrue(GraphTests.isSimple(graph));
        assertFalse(graph.getType().isModifiable());
    }

    private static long common(Hypergraph hypergraph, int one, int other) {
        return Arrays.stream(hypergraph.nodesOf(one))
                .filter(node -> hypergraph.contains(other, node))
                .count();
    }

    private static int[] hyperedges(Hypergraph hypergraph) {
        return IntStream.range(0, hypergraph.edgeBound())
                .filter(edge -> hypergraph.size(edge) > 0)
                .toArray();
    }

    @Property(tries = 200, seed = "1")
    void sLineGraphsJoinHyperedgesWithSNodesInCommon(
            @ForAll("hypergraphs") MutableHypergraph hypergraph, @ForAll @IntRange(min = 1, max = 4) int s) {
        hypergraph.read(view -> {
            check(SLineGraph.of(view, s), hyperedges(view), (one, other) -> common(view, one, other) >= s);
            return null;
        });
    }

    @Property(tries = 200, seed = "1")
    void cliqueProjectionsJoinNodesThatShareAHyperedge(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        hypergraph.read(view -> {
            check(
                    CliqueProjection.of(view),
                    IntStream.range(0, view.nodes()).toArray(),
                    (one, other) -> Arrays.stream(view.edgesOf(one)).anyMatch(edge -> view.contains(edge, other)));
            return null;
        });
    }

    @Property(tries = 200, seed = "1")
    void bipartiteViewsJoinNodesAndTheirHyperedges(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        hypergraph.read(view -> {
            int nodes = view.nodes();
            check(
                    BipartiteView.of(view),
                    IntStream.concat(
                                    IntStream.range(0, nodes),
                                    Arrays.stream(hyperedges(view)).map(edge -> nodes + edge))
                            .toArray(),
                    (one, other) -> (one < nodes) != (other < nodes)
                            && view.contains(Math.max(one, other) - nodes, Math.min(one, other)));
            assertTrue(GraphTests.isBipartite(BipartiteView.of(view)));
            return null;
        });
    }

    @Property(tries = 200, seed = "1")
    void theLineGraphOfTheDualIsTheCliqueProjection(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        FrozenHypergraph frozen = hypergraph.freeze();
        Graph<Integer, Integer> projection = CliqueProjection.of(frozen);
        Graph<Integer, Integer> lineGraph = SLineGraph.of(frozen.dual(), 1);
        assertEquals(pairs(projection), pairs(lineGraph));
        Set<Integer> inSomeHyperedge = projection.vertexSet().stream()
                .filter(node -> frozen.degree(node) > 0)
                .collect(Collectors.toSet());
        assertEquals(inSomeHyperedge, lineGraph.vertexSet());
    }

    @Property(tries = 200, seed = "1")
    void componentsAreThoseOfTheViews(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        hypergraph.read(view -> {
            ConnectedComponents components = ConnectedComponents.of(view);
            ConnectivityInspector<Integer, Integer> peer = new ConnectivityInspector<>(CliqueProjection.of(view));
            assertEquals(peer.connectedSets().size(), components.count());
            int[] sizes = components.sizes();
            assertEquals(view.nodes(), IntStream.of(sizes).sum());
            for (int node = 0; node < view.nodes(); node++) {
                int[] nodes = components.nodes(components.of(node));
                assertEquals(
                        peer.connectedSetOf(node), IntStream.of(nodes).boxed().collect(Collectors.toSet()));
                assertEquals(sizes[components.of(node)], nodes.length);
            }
            assertEquals(
                    components.count(),
                    new ConnectivityInspector<>(BipartiteView.of(view))
                            .connectedSets()
                            .size());
            return null;
        });
    }

    @Test
    void viewsCannotBeChanged() {
        MutableHypergraph hypergraph = new MutableHypergraph(2);
        hypergraph.addEdge(0, 1);
        Graph<Integer, Integer> graph = CliqueProjection.of(hypergraph.freeze());
        assertThrows(UnsupportedOperationException.class, () -> graph.addVertex(7));
        assertThrows(UnsupportedOperationException.class, graph::addVertex);
        assertThrows(UnsupportedOperationException.class, () -> graph.addEdge(0, 1));
        assertThrows(UnsupportedOperationException.class, () -> graph.addEdge(0, 1, 5));
        assertThrows(UnsupportedOperationException.class, () -> graph.removeEdge(0));
        assertThrows(UnsupportedOperationException.class, () -> graph.removeEdge(0, 1));
        assertThrows(UnsupportedOperationException.class, () -> graph.removeVertex(0));
        assertThrows(UnsupportedOperationException.class, () -> graph.setEdgeWeight(0, 2));
        assertThrows(UnsupportedOperationException.class, () -> graph.edgeSet().remove(0));
        assertThrows(IllegalArgumentException.class, () -> graph.edgesOf(2));
        assertEquals("([0, 1], [0={0,1}])", graph.toString());
        assertThrows(IllegalArgumentException.class, () -> SLineGraph.of(hypergraph.freeze(), 0));
    }
}
