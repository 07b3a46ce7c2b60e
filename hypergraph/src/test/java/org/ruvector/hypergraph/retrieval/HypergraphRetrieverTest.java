package org.ruvector.hypergraph.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.BuildContext;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.MutableHypergraph;

class HypergraphRetrieverTest {

    private static final BuildContext CONTEXT = BuildContext.of(Plugins.load());

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[8];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static FrozenHypergraph random(int nodes, int edges, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MutableHypergraph graph = new MutableHypergraph(nodes);
        for (int i = 0; i < nodes; i++) {
            graph.setNodeEmbedding(i, vector(random));
        }
        for (int i = 0; i < edges; i++) {
            int edge = graph.addEdge(
                    random.ints(random.nextInt(1, 6), 0, nodes).distinct().toArray());
            graph.setEdgeEmbedding(edge, vector(random));
        }
        return graph.freeze();
    }

    @Test
    void everyExactEnoughIndexGivesTheSameAnswer() {
        FrozenHypergraph graph = random(200, 300, 1);
        SplittableRandom random = new SplittableRandom(2);
        try (var flat = HypergraphRetriever.build(graph, "flat", CONTEXT);
                var hnsw = HypergraphRetriever.build(graph, "hnsw:m=16", CONTEXT)) {
            for (int i = 0; i < 50; i++) {
                RetrievalRequest request =
                        RetrievalRequest.of(Query.of(vector(random))).hits(8);
                assertEquals(flat.retrieve(request), hnsw.retrieve(request), "query " + i);
                RetrievalRequest even = request.filter(edge -> edge % 2 == 0);
                assertEquals(flat.retrieve(even), hnsw.retrieve(even), "query " + i + ", even hyperedges");
            }
        }
    }

    @Test
    void manyThreadsGetTheSameAnswer() {
        FrozenHypergraph graph = random(100, 200, 3);
        RetrievalRequest request =
                RetrievalRequest.of(Query.of(vector(new SplittableRandom(4)))).filter(edge -> edge > 20);
        try (var retriever = HypergraphRetriever.build(graph, "hnsw", CONTEXT)) {
            Retrieval alone = retriever.retrieve(request);
            assertTrue(IntStream.range(0, 64)
                    .parallel()
                    .mapToObj(i -> retriever.retrieve(request))
                    .allMatch(alone::equals));
        }
    }

    @Test
    void whatHasNoEmbeddingIsWalkedOver() {
        MutableHypergraph graph = new MutableHypergraph(4);
        int first = graph.addEdge(0, 1);
        int bridge = graph.addEdge(1, 2);
        int last = graph.addEdge(2, 3);
        graph.setEdgeEmbedding(first, new float[] {1, 0});
        graph.setEdgeEmbedding(last, new float[] {0, 1});
        try (var retriever = HypergraphRetriever.build(graph.freeze(), "flat", CONTEXT)) {
            Retrieval found =
                    retriever.retrieve(RetrievalRequest.of(Query.of(1, 0)).hits(1));
            assertEquals(List.of(), found.nodes());
            ReasoningPath path = found.paths().getLast();
            assertEquals(last, path.end());
            assertEquals(
                    List.of(first, bridge, last),
                    path.steps().stream().map(ReasoningPath.Step::edge).toList());
            assertEquals(0.4 * 0.4, path.score(), 1e-6);
            assertEquals(0, path.steps().get(1).relevance());
            assertEquals(OptionalInt.empty(), path.steps().get(1).entity());
            assertEquals(
                    "hyperedge 0 (node 0, node 1) -[node 1]-> hyperedge 1 (node 1, node 2) -[node 2]-> "
                            + "hyperedge 2 (node 2, node 3)",
                    path.text(retriever.graph()));
        }
    }

    @Test
    void withoutEmbeddingsNothingIsFound() {
        for (FrozenHypergraph graph : List.of(new MutableHypergraph().freeze(), new MutableHypergraph(3).freeze())) {
            try (var retriever = HypergraphRetriever.build(graph, "flat", CONTEXT)) {
                Retrieval found = retriever.retrieve(RetrievalRequest.of(Query.of(1, 2, 3)));
                assertEquals(new Retrieval(List.of(), List.of(), List.of(), new Retrieval.Expansion(0, 0, 0)), found);
                assertEquals(List.of(), found.facts());
            }
        }
    }

    @Test
    void whatIsUnlikeTheRequestBeginsNoPath() {
        MutableHypergraph graph = new MutableHypergraph(2);
        graph.setEdgeEmbedding(graph.addEdge(0, 1), new float[] {-1, 0});
        graph.setNodeEmbedding(0, new float[] {0, 0});
        graph.setNodeEmbedding(1, new float[] {-1, -1});
        try (var retriever = HypergraphRetriever.build(graph.freeze(), "flat", CONTEXT)) {
            Retrieval found = retriever.retrieve(RetrievalRequest.of(Query.of(1, 0)));
            assertEquals(-1, found.hyperedges().getFirst().similarity(), 1e-6);
            assertEquals(0, found.nodes().getFirst().similarity(), "a zero vector has no direction");
            assertEquals(List.of(), found.paths());
        }
    }

    @Test
    void namesAreEmbeddedOnce() {
        MutableHypergraph graph = new MutableHypergraph();
        int node = graph.node("given");
        graph.setNodeEmbedding(node, new BagOfWords().embed("something else"));
        int edge = graph.addEdge(node, graph.node("named"), graph.addNode());
        graph.setEdgeName(edge, "some fact");
        HypergraphRetriever.embedNames(graph, new BagOfWords());
        FrozenHypergraph frozen = graph.freeze();
        assertEquals(
                List.of(0, 1),
                IntStream.of(frozen.nodeAnnotations().embedded()).boxed().toList());
        assertEquals(
                List.of(edge),
                IntStream.of(frozen.edgeAnnotations().embedded()).boxed().toList());
        try (var retriever = HypergraphRetriever.build(frozen, "flat", CONTEXT)) {
            Retrieval found = retriever.retrieve(RetrievalRequest.of("something else", new BagOfWords()));
            assertEquals(1, found.nodes().getFirst().similarity(), 1e-6);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        FrozenHypergraph graph = random(5, 5, 5);
        assertTrue(message(PluginException.class, () -> HypergraphRetriever.build(graph, "flatt", CONTEXT))
                .contains("flatt"));
        FrozenHypergraph empty = new MutableHypergraph().freeze();
        assertTrue(message(PluginException.class, () -> HypergraphRetriever.build(empty, "flatt", CONTEXT))
                .contains("flatt"));
        assertTrue(message(IllegalArgumentException.class, () -> HypergraphRetriever.build(graph, "flat:m=3", CONTEXT))
                .contains("m"));
        Query eight = Query.of(vector(new SplittableRandom(1)));
        RetrievalRequest request = RetrievalRequest.of(eight);
        try (var retriever = HypergraphRetriever.build(graph, "flat", CONTEXT)) {
            Query two = Query.of(1, 2);
            assertTrue(message(IllegalArgumentException.class, () -> retriever.retrieve(RetrievalRequest.of(two)))
                    .contains("The query for hyperedges has 2 × float32"));
            assertTrue(message(IllegalArgumentException.class, () -> retriever.retrieve(request.entities(two)))
                    .contains("The query for nodes has 2 × float32"));
            assertFalse(retriever.retrieve(request).hyperedges().isEmpty());
        }
        assertTrue(
                message(IllegalArgumentException.class, () -> request.decay(0)).contains("decay is 0.0"));
        assertTrue(message(IllegalArgumentException.class, () -> request.decay(Double.NaN))
                .contains("decay is NaN"));
        assertTrue(
                message(IllegalArgumentException.class, () -> request.hops(-1)).contains("hops is -1"));
        assertTrue(
                message(IllegalArgumentException.class, () -> request.hits(0)).contains("hits is 0"));
        assertTrue(
                message(IllegalArgumentException.class, () -> request.paths(0)).contains("paths is 0"));
        assertTrue(
                message(IllegalArgumentException.class, () -> request.budget(0)).contains("budget is 0"));
        assertThrows(IllegalArgumentException.class, () -> new ReasoningPath(List.of(), 0));
    }

    private static String message(Class<? extends Exception> kind, Executable refused) {
        return assertThrows(kind, refused).getMessage();
    }
}
