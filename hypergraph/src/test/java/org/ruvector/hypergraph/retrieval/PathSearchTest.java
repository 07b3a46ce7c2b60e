package org.ruvector.hypergraph.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.hypergraph.Annotations;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.MutableHypergraph;
import org.ruvector.hypergraph.retrieval.ReasoningPath.Step;
import org.ruvector.hypergraph.retrieval.Retrieval.Match;

/** All paths of small random hypergraphs, enumerated from the definition. */
class PathSearchTest {

    private static final int DIMENSION = 4;
    private static final double NEAR = 1e-6;
    private static final BuildContext CONTEXT = BuildContext.of(Plugins.load());

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** Some hyperedges directed, some removed, some nodes and hyperedges without embedding. */
    private static FrozenHypergraph hypergraph(SplittableRandom random) {
        int nodes = random.nextInt(2, 8);
        MutableHypergraph graph = new MutableHypergraph(nodes);
        int count = random.nextInt(1, 8);
        for (int e = 0; e < count; e++) {
            int[] members = IntStream.range(0, nodes)
                    .filter(node -> random.nextInt(3) == 0)
                    .toArray();
            if (members.length == 0) {
                members = new int[] {random.nextInt(nodes)};
            }
            int edge;
            if (members.length > 1 && random.nextInt(4) == 0) {
                int[] head = IntStream.of(members).skip(1).toArray();
                // The largest node as the tail puts the nodes out of order.
                int[] tail = {head[head.length - 1]};
                head[head.length - 1] = members[0];
                edge = graph.addDirectedEdge(tail, head);
            } else {
                edge = graph.addEdge(members);
            }
            if (random.nextInt(4) > 0) {
                graph.setEdgeEmbedding(edge, vector(random));
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (random.nextBoolean()) {
                graph.setNodeEmbedding(node, vector(random));
            }
        }
        if (random.nextInt(4) == 0) {
            graph.removeEdge(random.nextInt(count));
        }
        return graph.freeze();
    }

    private static double cosine(Annotations annotations, int ordinal, float[] query) {
        float[] vector = annotations.embedding(ordinal).orElseThrow();
        double product = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < query.length; i++) {
            product += (double) vector[i] * query[i];
            a += (double) vector[i] * vector[i];
            b += (double) query[i] * query[i];
        }
        return product / Math.sqrt(a * b);
    }

    /** Hits must be the best of all that may be found. */
    private static void checkHits(
            List<Match> hits, Annotations annotations, float[] query, int k, IntPredicate allowed) {
        List<Double> expected = IntStream.of(annotations.embedded())
                .filter(allowed)
                .mapToObj(ordinal -> cosine(annotations, ordinal, query))
                .sorted((a, b) -> Double.compare(b, a))
                .limit(k)
                .toList();
        assertEquals(expected.size(), hits.size());
        for (int i = 0; i < hits.size(); i++) {
            assertTrue(allowed.test(hits.get(i).ordinal()));
            assertEquals(expected.get(i), hits.get(i).similarity(), NEAR);
            assertEquals(
                    cosine(annotations, hits.get(i).ordinal(), query),
                    hits.get(i).similarity(),
                    NEAR);
        }
    }

    /** The formulas of {@link HypergraphRetriever}, and every path there is. */
    private record Oracle(FrozenHypergraph graph, float[] query, Map<Integer, Double> lent, double decay, int hops) {

        double rarity(int node) {
            return 1 / (1 + Math.log(graph.degree(node)) / Math.log(2));
        }

        double relevance(int edge) {
            double own = graph.edgeAnnotations().embedding(edge).isPresent()
                    ? cosine(graph.edgeAnnotations(), edge, query)
                    : 0;
            double byNodes = IntStream.of(graph.nodesOf(edge))
                    .mapToDouble(node -> lent.getOrDefault(node, 0.0) * rarity(node))
                    .max()
                    .orElse(0);
            return Math.max(0, Math.max(own, byNodes));
        }

        Set<Integer> shared(int a, int b) {
            Set<Integer> shared = new HashSet<>();
            for (int node : graph.nodesOf(a)) {
                if (graph.contains(b, node)) {
                    shared.add(node);
                }
            }
            return shared;
        }

        double link(int a, int b) {
            double apart = 1;
            for (int node : shared(a, b)) {
                apart *= 1 - rarity(node);
            }
            return 1 - apart;
        }

        double score(List<Integer> path) {
            double score = relevance(path.getFirst());
            for (int h = 1; h < path.size(); h++) {
                score = relevance(path.get(h)) + decay * link(path.get(h - 1), path.get(h)) * score;
            }
            return score;
        }

        /** The best score by the hyperedge at the end. */
        Map<Integer, Double> best(Set<Integer> starts, IntPredicate allowed) {
            Map<Integer, Double> best = new HashMap<>();
            List<List<Integer>> open = new ArrayList<>();
            starts.stream().filter(edge -> relevance(edge) > 0).forEach(edge -> open.add(List.of(edge)));
            while (!open.isEmpty()) {
                List<Integer> path = open.removeLast();
                best.merge(path.getLast(), score(path), Math::max);
                if (path.size() > hops) {
                    continue;
                }
                for (int edge = 0; edge < graph.edgeBound(); edge++) {
                    if (allowed.test(edge)
                            && !path.contains(edge)
                            && !shared(path.getLast(), edge).isEmpty()) {
                        List<Integer> longer = new ArrayList<>(path);
                        longer.add(edge);
                        open.add(longer);
                    }
                }
            }
            return best;
        }
    }

    @Property(tries = 600, seed = "42")
    void pathsAreThoseOfTheEnumeration(@ForAll long seed, @ForAll @IntRange(max = 4) int hops) {
        SplittableRandom random = new SplittableRandom(seed);
        FrozenHypergraph graph = hypergraph(random);
        float[] query = vector(random);
        float[] entityQuery = random.nextBoolean() ? query : vector(random);
        int hits = random.nextInt(1, 4);
        double decay = random.nextInt(1, 11) / 10.0;
        BitSet kept = new BitSet();
        IntStream.range(0, graph.edgeBound())
                .filter(edge -> random.nextInt(5) > 0)
                .forEach(kept::set);
        boolean filtered = random.nextBoolean();
        IntPredicate allowed = edge -> graph.size(edge) > 0 && (!filtered || kept.get(edge));

        RetrievalRequest request = RetrievalRequest.of(Query.of(query))
                .entities(Query.of(entityQuery))
                .hits(hits)
                .hops(hops)
                .decay(decay)
                .budget(10_000_000)
                .paths(Integer.MAX_VALUE);
        request = filtered ? request.filter(kept::get) : request;
        Retrieval found;
        Retrieval few;
        try (HypergraphRetriever retriever = HypergraphRetriever.build(graph, "flat", CONTEXT)) {
            found = retriever.retrieve(request);
            few = retriever.retrieve(request.paths(2));
        }

        checkHits(found.hyperedges(), graph.edgeAnnotations(), query, hits, allowed);
        checkHits(
                found.nodes(),
                graph.nodeAnnotations(),
                entityQuery,
                hits,
                node -> !filtered || IntStream.of(graph.edgesOf(node)).anyMatch(allowed));

        Map<Integer, Double> lent = new HashMap<>();
        Set<Integer> starts = new HashSet<>();
        found.hyperedges().forEach(match -> starts.add(match.ordinal()));
        for (Match node : found.nodes()) {
            if (node.similarity() > 0) {
                lent.put(node.ordinal(), node.similarity());
                IntStream.of(graph.edgesOf(node.ordinal())).filter(allowed).forEach(starts::add);
            }
        }
        Oracle oracle = new Oracle(graph, query, lent, decay, hops);
        Map<Integer, Double> best = oracle.best(starts, allowed);

        assertTrue(found.expansion().complete());
        assertEquals(best.size(), found.paths().size());
        double before = Double.POSITIVE_INFINITY;
        for (ReasoningPath path : found.paths()) {
            assertTrue(path.score() <= before);
            before = path.score();
            assertEquals(best.get(path.end()), path.score(), NEAR);
            checkSteps(path, oracle, allowed);
        }
        assertEquals(found.paths().stream().limit(2).toList(), few.paths());
    }

    private static void checkSteps(ReasoningPath path, Oracle oracle, IntPredicate allowed) {
        List<Integer> edges = path.steps().stream().map(Step::edge).toList();
        assertEquals(edges.size(), new HashSet<>(edges).size(), "a hyperedge comes twice");
        assertTrue(edges.stream().allMatch(allowed::test));
        assertTrue(path.hops() <= oracle.hops);
        assertEquals(oracle.score(edges), path.score(), NEAR);
        assertEquals(path.score(), path.steps().stream().mapToDouble(Step::term).sum(), 1e-12);
        for (int h = 0; h < edges.size(); h++) {
            Step step = path.steps().get(h);
            assertEquals(oracle.relevance(step.edge()), step.relevance(), NEAR);
            if (step.entity().isPresent()) {
                int node = step.entity().getAsInt();
                assertTrue(oracle.graph.contains(step.edge(), node));
                assertEquals(oracle.lent.get(node) * oracle.rarity(node), step.relevance(), NEAR);
            }
            if (h == 0) {
                assertEquals(List.of(), step.joins());
                assertEquals(1, step.link());
            } else {
                assertEquals(
                        oracle.shared(edges.get(h - 1), step.edge()).stream()
                                .sorted()
                                .toList(),
                        step.joins());
                assertEquals(oracle.link(edges.get(h - 1), step.edge()), step.link(), 1e-12);
            }
        }
    }

    @Property(tries = 300, seed = "43")
    void aBudgetCutsButNeverMakesThingsUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int budget) {
        FrozenHypergraph graph = hypergraph(new SplittableRandom(seed));
        RetrievalRequest request = RetrievalRequest.of(Query.of(vector(new SplittableRandom(~seed))))
                .hits(2)
                .paths(Integer.MAX_VALUE);
        Retrieval all;
        Retrieval cut;
        try (HypergraphRetriever retriever = HypergraphRetriever.build(graph, "flat", CONTEXT)) {
            all = retriever.retrieve(request);
            cut = retriever.retrieve(request.budget(budget));
        }
        assertTrue(all.expansion().complete());
        assertEquals(0, all.expansion().strongest());
        assertTrue(cut.expansion().looked() <= budget);
        assertEquals(all.nodes(), cut.nodes());
        assertEquals(all.hyperedges(), cut.hyperedges());
        if (all.expansion().looked() <= budget) {
            assertEquals(all, cut);
        } else {
            assertFalse(cut.expansion().complete());
            assertTrue(cut.expansion().strongest() > 0);
            assertEquals(budget, cut.expansion().looked());
        }
        Map<Integer, Double> best = new HashMap<>();
        all.paths().forEach(path -> best.put(path.end(), path.score()));
        cut.paths().forEach(path -> assertTrue(path.score() <= best.get(path.end())));
    }

    @Example
    void aHubJoinsWorseThanARareNodeAndIsOpenedLast() {
        MutableHypergraph graph = new MutableHypergraph(60);
        float[] east = {1, 0};
        float[] slanted = {0.5f, 0.5f};
        int hub = 0;
        int rare = 1;
        int question = graph.addEdge(hub, rare);
        graph.setEdgeEmbedding(question, east);
        int[] throughHub = new int[50];
        for (int i = 0; i < 50; i++) {
            throughHub[i] = graph.addEdge(hub, 2 + i);
            graph.setEdgeEmbedding(throughHub[i], slanted);
        }
        int throughRare = graph.addEdge(rare, 59);
        graph.setEdgeEmbedding(throughRare, slanted);
        RetrievalRequest request =
                RetrievalRequest.of(Query.of(east)).hits(1).hops(1).paths(100);
        try (HypergraphRetriever retriever = HypergraphRetriever.build(graph.freeze(), "flat", CONTEXT)) {
            Retrieval found = retriever.retrieve(request);
            assertEquals(52, found.paths().size());
            ReasoningPath first = found.paths().getFirst();
            assertEquals(throughRare, first.end());
            assertEquals(Math.sqrt(0.5) + 0.8 * 0.5, first.score(), NEAR);
            assertEquals(OptionalInt.empty(), first.steps().getLast().entity());
            assertEquals(question, found.paths().get(1).end());
            double hubLink = 1 / (1 + Math.log(51) / Math.log(2));
            assertEquals(Math.sqrt(0.5) + 0.8 * hubLink, found.paths().get(2).score(), NEAR);
            // The rare node has 2 hyperedges, the hub 51: with a budget of 10 the hub is begun with, after the rare
            // node.
            Retrieval cut = retriever.retrieve(request.budget(10));
            assertEquals(throughRare, cut.paths().getFirst().end());
            assertEquals(0.8 * hubLink, cut.expansion().strongest(), NEAR);
            assertEquals(1, cut.expansion().left());
        }
    }
}
