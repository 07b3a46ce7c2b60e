package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphArbitraries;
import org.ruvector.hypergraph.MutableHypergraph;
import org.ruvector.hypergraph.structure.KHop.Expansion;
import org.ruvector.hypergraph.structure.KHop.Hop;

final class KHopTest {

    @Provide
    Arbitrary<MutableHypergraph> hypergraphs() {
        return HypergraphArbitraries.annotated().filter(hypergraph -> hypergraph.read(Hypergraph::nodes) > 0);
    }

    /**
     * A node 0 in 1,000 hyperedges, each with a node of its own; those are in another hyperedge each, with yet another
     * node.
     */
    private static Hypergraph star() {
        MutableHypergraph hypergraph = new MutableHypergraph(2_001);
        for (int i = 1; i <= 1_000; i++) {
            hypergraph.addEdge(0, i);
        }
        for (int i = 1; i <= 1_000; i++) {
            hypergraph.addEdge(i, 1_000 + i);
        }
        return hypergraph.freeze();
    }

    @Property(tries = 300, seed = "1")
    void withoutACutItReachesWhatIsNearEnough(
            @ForAll("hypergraphs") MutableHypergraph hypergraph, @ForAll @IntRange(max = 4) int hops) {
        hypergraph.read(view -> {
            int[] distances = ShortestPaths.distances(view, 0);
            Expansion expansion = new KHop(hops, 1_000).expand(view, 0, 0);
            assertTrue(expansion.complete());
            int nodes = 0;
            for (int hop = 0; hop <= hops; hop++) {
                int wanted = hop;
                int[] reached = expansion.nodesOfHop(hop);
                nodes += reached.length;
                Arrays.sort(reached);
                assertArrayEquals(
                        IntStream.range(0, view.nodes())
                                .filter(node -> distances[node] == wanted)
                                .toArray(),
                        reached);
            }
            assertEquals(nodes, expansion.nodes().length);
            int[] edges = expansion.edges();
            Arrays.sort(edges);
            assertArrayEquals(
                    IntStream.range(0, view.edgeBound())
                            .filter(edge -> Arrays.stream(view.nodesOf(edge))
                                    .anyMatch(node -> distances[node] >= 0 && distances[node] < hops))
                            .toArray(),
                    edges);
            return null;
        });
    }

    @Property(tries = 300, seed = "1")
    void withACutItStaysWithinItsLimitsAndSaysSo(
            @ForAll("hypergraphs") MutableHypergraph hypergraph,
            @ForAll @IntRange(min = 1, max = 6) int budget,
            @ForAll @IntRange(max = 3) int perNode,
            @ForAll long seed) {
        hypergraph.read(view -> {
            Expansion all = new KHop(3, 1_000).expand(view, 0);
            Expansion cut = new KHop(3, budget, perNode, seed).expand(view, 0);
            assertTrue(cut.edges().length <= budget);
            Set<Integer> edges = new HashSet<>();
            for (int edge : cut.edges()) {
                assertTrue(edges.add(edge), "none twice");
                assertTrue(view.size(edge) > 0);
            }
            Set<Integer> nodes = new HashSet<>();
            for (int node : cut.nodes()) {
                assertTrue(nodes.add(node), "none twice");
                assertTrue(node == 0 || edges.stream().anyMatch(edge -> view.contains(edge, node)));
            }
            assertEquals(nodes.size(), cut.hops().stream().mapToInt(Hop::nodes).sum());
            assertEquals(edges.size(), cut.hops().stream().mapToInt(Hop::edges).sum());
            if (cut.complete()) {
                assertEquals(all.edges().length, edges.size());
                assertEquals(all.nodes().length, nodes.size());
            }
            Expansion again = new KHop(3, budget, perNode, seed).expand(view, 0);
            assertArrayEquals(cut.nodes(), again.nodes());
            assertArrayEquals(cut.edges(), again.edges());
            assertEquals(cut.hops(), again.hops());
            return null;
        });
    }

    @Test
    void theBudgetIsSpentHopByHop() {
        Expansion expansion = new KHop(2, 1_300).expand(star(), 0);
        assertEquals(
                List.of(
                        new Hop(1, 0, 0),
                        new Hop(1_000, 1_000, 0),
                        // Each of the 1,000 nodes is in the hyperedge by which it was reached, and in one more. After
                        // the
                        // 300th has used the budget up, the two of each of the other 700 are not looked at.
                        new Hop(300, 300, 1_400)),
                expansion.hops());
        assertFalse(expansion.complete());
        assertArrayEquals(IntStream.rangeClosed(1_001, 1_300).toArray(), expansion.nodesOfHop(2));
        assertEquals(0, expansion.nodesOfHop(3).length);
    }

    @Test
    void samplesOfANodeAreDrawnEvenlyAndWithoutReplacement() {
        Hypergraph star = star();
        int[] drawn = new int[1_000];
        for (int seed = 0; seed < 400; seed++) {
            Expansion expansion = new KHop(1, 1_000, 100, seed).expand(star, 0);
            assertEquals(List.of(new Hop(1, 0, 0), new Hop(100, 100, 900)), expansion.hops());
            for (int edge : expansion.edges()) {
                drawn[edge]++;
            }
        }
        // Each binomial with 400 tries of 1/10: mean 40, deviation 6; the statistic is nearly chi-squared with 999
        // degrees.
        double statistic = 0;
        for (int count : drawn) {
            statistic += (count - 40.0) * (count - 40) / 36;
        }
        assertTrue(Math.abs(statistic - 999) < 5 * Math.sqrt(2 * 999.0), "chi-squared is " + statistic);
    }

    @Test
    void sampleAndBudgetAreCutTogether() {
        Expansion expansion = new KHop(1, 30, 100, 7).expand(star(), 0);
        assertEquals(List.of(new Hop(1, 0, 0), new Hop(30, 30, 970)), expansion.hops());
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        Hypergraph star = star();
        assertThrows(IllegalArgumentException.class, () -> new KHop(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new KHop(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new KHop(1, 1, -1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> new KHop(1, 1).expand(star, 2_001));
        assertEquals(List.of(new Hop(0, 0, 0)), new KHop(5, 5).expand(star).hops());
    }

    @Test
    void anIntSetHoldsWhatWasAdded() {
        SplittableRandom random = new SplittableRandom(1);
        IntSet set = new IntSet(0);
        Set<Integer> peer = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            // Clustered, spread out, and the extremes.
            int value = i % 3 == 0 ? random.nextInt(5_000) : i % 3 == 1 ? random.nextInt(1 << 20) << 10 : i;
            assertEquals(peer.add(value), set.add(value));
        }
        assertEquals(true, set.add(Integer.MAX_VALUE));
        assertEquals(false, set.add(Integer.MAX_VALUE));
        set.clear();
        assertEquals(true, set.add(0));
        assertEquals(false, set.add(0));
    }
}
