package org.ruvector.hypergraph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitraries of small hypergraphs with gaps and nodes in no hyperedge, for property tests; they shrink to few and
 * small hyperedges.
 */
@SuppressWarnings("exports") // Tests are in the module, what they need is not.
public final class HypergraphArbitraries {

    private HypergraphArbitraries() {}

    private record Edge(Set<Integer> nodes, boolean gone) {

        int[] members() {
            return nodes.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private record Shape(int nodes, List<Edge> edges) {

        void removeGone(MutableHypergraph hypergraph) {
            BitSet gone = new BitSet();
            for (int edge = 0; edge < edges.size(); edge++) {
                gone.set(edge, edges.get(edge).gone());
            }
            hypergraph.removeEdges(gone);
        }
    }

    /** Undirected ones of weight 1, without annotations. */
    public static Arbitrary<MutableHypergraph> plain() {
        return shapes().map(shape -> {
            MutableHypergraph hypergraph = new MutableHypergraph(shape.nodes());
            shape.edges().forEach(edge -> hypergraph.addEdge(edge.members()));
            shape.removeGone(hypergraph);
            return hypergraph;
        });
    }

    /** Those with directed hyperedges, weights, names, attributes and embeddings. */
    public static Arbitrary<MutableHypergraph> annotated() {
        return Combinators.combine(shapes(), Arbitraries.longs()).as(HypergraphArbitraries::annotated);
    }

    private static Arbitrary<Shape> shapes() {
        return Arbitraries.integers()
                .between(0, 10)
                .flatMap(nodes -> {
                    if (nodes == 0) {
                        return Arbitraries.just(new Shape(0, List.of()));
                    }
                    Arbitrary<Set<Integer>> members = Arbitraries.integers()
                            .between(0, nodes - 1)
                            .set()
                            .ofMinSize(1)
                            .ofMaxSize(Math.min(nodes, 5));
                    return Combinators.combine(members, Arbitraries.of(false, false, false, true))
                            .as(Edge::new)
                            .list()
                            .ofMaxSize(12)
                            .map(edges -> new Shape(nodes, edges));
                })
                // Their combinations are so many that few tries would be nothing else.
                .withoutEdgeCases();
    }

    private static MutableHypergraph annotated(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MutableHypergraph hypergraph = new MutableHypergraph(shape.nodes());
        for (int node = 0; node < shape.nodes(); node++) {
            switch (random.nextInt(6)) {
                case 0 -> hypergraph.setNodeName(node, "node \ud800" + node + "\0ü");
                case 1 -> hypergraph.setNodeAttribute(node, "kind", List.of(Map.of("deep", true), -1L, "x", 0.5));
                case 2 -> hypergraph.setNodeEmbedding(node, new float[] {random.nextFloat(), -0f, Float.MIN_VALUE});
                default -> {
                    // Nothing is known of it.
                }
            }
        }
        for (Edge edge : shape.edges()) {
            int[] members = edge.members();
            int tail = random.nextInt(members.length);
            int added = tail == 0
                    ? hypergraph.addEdge(members)
                    : hypergraph.addDirectedEdge(
                            Arrays.copyOf(members, tail), Arrays.copyOfRange(members, tail, members.length));
            switch (random.nextInt(6)) {
                case 0 -> hypergraph.setWeight(added, random.nextDouble() * 4 - 2);
                case 1 -> hypergraph.setEdgeName(added, "edge " + added);
                case 2 -> {
                    hypergraph.setEdgeAttribute(added, "certain", 1e-300);
                    hypergraph.setEdgeAttribute(added, "", "");
                }
                case 3 -> hypergraph.setEdgeEmbedding(added, new float[] {random.nextFloat()});
                default -> {
                    // Nothing is known of it.
                }
            }
        }
        shape.removeGone(hypergraph);
        return hypergraph;
    }
}
