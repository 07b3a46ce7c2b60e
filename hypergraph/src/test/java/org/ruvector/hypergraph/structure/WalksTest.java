package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphArbitraries;
import org.ruvector.hypergraph.MutableHypergraph;

/** s-walks, shortest paths and B-closures beside JGraphT and the definitions. */
final class WalksTest {

    @Provide
    Arbitrary<MutableHypergraph> hypergraphs() {
        return HypergraphArbitraries.annotated();
    }

    private static int length(GraphPath<Integer, Integer> path) {
        return path == null ? -1 : path.getLength();
    }

    @Property(tries = 200, seed = "1")
    void sDistancesAreThoseOfTheSLineGraph(
            @ForAll("hypergraphs") MutableHypergraph hypergraph, @ForAll @IntRange(min = 1, max = 3) int s) {
        hypergraph.read(view -> {
            SWalks walks = new SWalks(view, s);
            Graph<Integer, Integer> graph = SLineGraph.of(view, s);
            BFSShortestPath<Integer, Integer> peer = new BFSShortestPath<>(graph);
            int diameter = 0;
            BitSet components = new BitSet();
            for (int edge = 0; edge < view.edgeBound(); edge++) {
                if (view.size(edge) < s) {
                    int small = edge;
                    assertEquals(-1, walks.component(edge));
                    assertThrows(IllegalArgumentException.class, () -> walks.distances(small));
                    continue;
                }
                components.set(walks.component(edge));
                int[] distances = walks.distances(edge);
                for (int other = 0; other < view.edgeBound(); other++) {
                    int expected = view.size(other) == 0 ? -1 : length(peer.getPath(edge, other));
                    assertEquals(expected, distances[other]);
                    assertEquals(expected >= 0, walks.component(edge) == walks.component(other));
                    assertEquals(expected == 1, Arrays.binarySearch(walks.adjacent(edge), other) >= 0);
                    diameter = Math.max(diameter, expected);
                }
            }
            assertEquals(diameter, walks.diameter());
            assertEquals(components.cardinality(), walks.components());
            assertEquals(components.length(), walks.components(), "numbered from 0");
            return null;
        });
    }

    @Property(tries = 200, seed = "1")
    void distancesOfNodesAreThoseOfTheCliqueProjection(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        hypergraph.read(view -> {
            BFSShortestPath<Integer, Integer> projection = new BFSShortestPath<>(CliqueProjection.of(view));
            BFSShortestPath<Integer, Integer> bipartite = new BFSShortestPath<>(BipartiteView.of(view));
            for (int node = 0; node < view.nodes(); node++) {
                int[] distances = ShortestPaths.distances(view, node);
                for (int other = 0; other < view.nodes(); other++) {
                    assertEquals(length(projection.getPath(node, other)), distances[other]);
                    int twice = distances[other] < 0 ? -1 : 2 * distances[other];
                    assertEquals(length(bipartite.getPath(node, other)), twice);
                }
            }
            return null;
        });
    }

    @Property(tries = 300, seed = "1")
    void theClosureIsTheLeastFixedPointAndItsOrderDerivesIt(
            @ForAll("hypergraphs") MutableHypergraph hypergraph, @ForAll long sourceBits) {
        hypergraph.read(view -> {
            int[] sources = IntStream.range(0, view.nodes())
                    .filter(node -> ((sourceBits >>> (3 * node)) & 7) == 0)
                    .toArray();
            BClosure closure = BClosure.of(view, sources);
            BitSet expected = fixedPoint(view, sources);
            int[] nodes = closure.nodes();
            assertEquals(expected, BitSet.valueOf(bits(nodes)));
            assertEquals(expected.cardinality(), nodes.length, "none twice");
            BitSet derived = BitSet.valueOf(bits(sources));
            for (int edge : closure.edges()) {
                int tail = view.tailSize(edge);
                assertTrue(tail > 0);
                int[] members = view.nodesOf(edge);
                assertTrue(Arrays.stream(members, 0, tail).allMatch(derived::get));
                Arrays.stream(members, tail, members.length).forEach(derived::set);
            }
            assertEquals(expected, derived);
            for (int node = 0; node < view.nodes(); node++) {
                assertEquals(expected.get(node), closure.contains(node));
            }
            return null;
        });
    }

    private static long[] bits(int[] nodes) {
        BitSet set = new BitSet();
        Arrays.stream(nodes).forEach(set::set);
        return set.toLongArray();
    }

    private static BitSet fixedPoint(Hypergraph view, int[] sources) {
        BitSet closed = BitSet.valueOf(bits(sources));
        int before;
        do {
            before = closed.cardinality();
            for (int edge = 0; edge < view.edgeBound(); edge++) {
                int tail = view.tailSize(edge);
                int[] members = view.nodesOf(edge);
                if (tail > 0 && Arrays.stream(members, 0, tail).allMatch(closed::get)) {
                    Arrays.stream(members, tail, members.length).forEach(closed::set);
                }
            }
        } while (closed.cardinality() > before);
        return closed;
    }

    @Test
    void whatDoesNotExistIsRefused() {
        MutableHypergraph hypergraph = new MutableHypergraph(2);
        hypergraph.addEdge(0, 1);
        Hypergraph frozen = hypergraph.freeze();
        assertThrows(IndexOutOfBoundsException.class, () -> ShortestPaths.distances(frozen, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> BClosure.of(frozen, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> new SWalks(frozen, 1).distances(1));
        assertThrows(IndexOutOfBoundsException.class, () -> new SWalks(frozen, 1).adjacent(-1));
        assertThrows(IllegalArgumentException.class, () -> new SWalks(frozen, 0));
        assertThrows(IllegalArgumentException.class, () -> new SWalks(frozen, 3).distances(0));
        assertArrayEquals(new int[] {1, 0}, BClosure.of(frozen, 1, 0, 1).nodes());
    }
}
