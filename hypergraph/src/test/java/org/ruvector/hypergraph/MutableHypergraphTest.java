package org.ruvector.hypergraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class MutableHypergraphTest {

    private static String refusal(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void hyperedgesAreSetsOfNodesInBothDirections() {
        MutableHypergraph hypergraph = new MutableHypergraph(4);
        assertEquals(4, hypergraph.addNode());
        assertEquals(5, hypergraph.addNodes(2));
        assertEquals(0, hypergraph.addEdge(5, 0, 3));
        assertEquals(1, hypergraph.addEdge(3));
        assertEquals(2, hypergraph.addDirectedEdge(new int[] {6, 2}, new int[] {4, 1}));
        hypergraph.read(view -> {
            assertEquals(7, view.nodes());
            assertEquals(3, view.edges());
            assertEquals(8, view.incidences());
            assertArrayEquals(new int[] {0, 3, 5}, view.nodesOf(0));
            assertArrayEquals(new int[] {2, 6, 1, 4}, view.nodesOf(2));
            assertEquals(2, view.tailSize(2));
            assertTrue(view.directed(2));
            assertArrayEquals(new int[] {0, 1}, view.edgesOf(3));
            assertArrayEquals(new int[] {2}, view.edgesOf(6));
            for (int node = 0; node < 7; node++) {
                assertEquals(node == 1 || node == 2 || node == 4 || node == 6, view.contains(2, node));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> view.node(1, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> view.edge(6, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> view.size(3));
            assertThrows(IndexOutOfBoundsException.class, () -> view.degree(7));
            return null;
        });
    }

    @Test
    void nodesAreFoundByNameOrAdded() {
        MutableHypergraph hypergraph = new MutableHypergraph(1);
        assertEquals(1, hypergraph.node("ann"));
        assertEquals(2, hypergraph.node("bob"));
        assertEquals(1, hypergraph.node("ann"));
        hypergraph.setNodeName(1, "anne");
        assertEquals(1, hypergraph.node("anne"));
        assertEquals(3, hypergraph.node("ann"), "the old name is free again");
    }

    @Test
    void illegalInputIsRefusedAndChangesNothing() {
        MutableHypergraph hypergraph = new MutableHypergraph(3);
        hypergraph.addEdge(0, 1);
        hypergraph.addEdge(1, 2);
        hypergraph.addDirectedEdge(new int[] {0}, new int[] {2});
        hypergraph.removeEdge(1);
        hypergraph.setNodeName(0, "zero");
        hypergraph.setNodeEmbedding(0, new float[] {1, 2});
        hypergraph.setEdgeAttribute(0, "a", 1);
        FrozenHypergraph before = hypergraph.freeze();
        BitSet edges = new BitSet();
        edges.set(0, 2);
        Map<Executable, String> refused = new LinkedHashMap<>();
        refused.put(() -> hypergraph.addEdge(), "The hyperedge is empty; it must have at least one node");
        refused.put(() -> hypergraph.addEdge(1, 0, 1), "The hyperedge names node 1 twice; it is a set, name each once");
        refused.put(() -> hypergraph.addEdge(0, 3), "There is no node 3: there are 3, counted from 0; add it first");
        refused.put(() -> hypergraph.addEdge(-1), "There is no node -1: there are 3, counted from 0; add it first");
        refused.put(
                () -> hypergraph.addDirectedEdge(new int[0], new int[] {1}),
                "The tail is empty; it must have at least one node");
        refused.put(
                () -> hypergraph.addDirectedEdge(new int[] {1}, new int[0]),
                "The head is empty; it must have at least one node");
        refused.put(
                () -> hypergraph.addDirectedEdge(new int[] {0, 1}, new int[] {2, 1}),
                "Node 1 is in the tail and in the head; they must be disjoint");
        refused.put(
                () -> hypergraph.addDirectedEdge(new int[] {0}, new int[] {7}),
                "There is no node 7: there are 3, counted from 0; add it first");
        refused.put(() -> hypergraph.removeEdge(1), "There is no hyperedge 1: it was removed");
        refused.put(() -> hypergraph.removeEdge(3), "There is no hyperedge 3: their ordinals end before 3");
        refused.put(() -> hypergraph.removeEdge(-1), "There is no hyperedge -1: their ordinals end before 3");
        refused.put(() -> hypergraph.removeEdges(edges), "There is no hyperedge 1: it was removed");
        refused.put(() -> hypergraph.setWeight(0, Double.NaN), "The weight is NaN; it must be a finite number");
        refused.put(() -> hypergraph.setWeight(1, 2), "There is no hyperedge 1: it was removed");
        refused.put(
                () -> hypergraph.setNodeName(1, "zero"), "The name 'zero' belongs to 0 already; names are distinct");
        refused.put(() -> hypergraph.setEdgeName(1, "x"), "There is no hyperedge 1: it was removed");
        refused.put(
                () -> hypergraph.setNodeEmbedding(1, new float[3]),
                "The embedding has 3 coordinates, the others have 2; use one model for all");
        refused.put(
                () -> hypergraph.setNodeEmbedding(0, new float[] {1, Float.POSITIVE_INFINITY}),
                "Coordinate 1 of the embedding is Infinity; coordinates must be finite numbers");
        refused.put(
                () -> hypergraph.setEdgeEmbedding(0, new float[0]),
                "An embedding has at least one coordinate, this one has none");
        refused.put(
                () -> hypergraph.setEdgeAttribute(0, "a", null),
                "Attribute 'a' is or holds null; leave it out instead");
        refused.put(() -> hypergraph.addNodes(-1), "Cannot add -1 nodes; the number must be at least 0");
        refused.forEach((call, message) -> {
            assertEquals(message, refusal(call));
            assertEquals(before, hypergraph.freeze(), message);
        });
        assertThrows(NullPointerException.class, () -> hypergraph.setNodeName(1, null));
        assertEquals(before, hypergraph.freeze());
    }

    @Test
    void aRemovedHyperedgeLeavesAGapWithoutAnythingKnownOfIt() {
        MutableHypergraph hypergraph = new MutableHypergraph(3);
        hypergraph.addEdge(0, 1, 2);
        hypergraph.addDirectedEdge(new int[] {0}, new int[] {1});
        hypergraph.setWeight(1, 5);
        hypergraph.setEdgeName(1, "gone");
        hypergraph.setEdgeAttribute(1, "a", true);
        hypergraph.setEdgeEmbedding(1, new float[] {1, 2, 3});
        hypergraph.removeEdge(1);
        assertEquals(2, hypergraph.addEdge(2), "ordinals are not used again");
        hypergraph.read(view -> {
            assertEquals(2, view.edges());
            assertEquals(3, view.edgeBound());
            assertEquals(4, view.incidences());
            assertEquals(0, view.size(1));
            assertEquals(0, view.tailSize(1));
            assertEquals(1, view.weight(1));
            assertArrayEquals(new int[] {0}, view.edgesOf(0));
            assertTrue(view.edgeAnnotations().find("gone").isEmpty());
            assertTrue(view.edgeAnnotations().attributes(1).isEmpty());
            assertEquals(0, view.edgeAnnotations().embedded().length);
            return null;
        });
        MutableHypergraph same = new MutableHypergraph(3);
        same.addEdge(0, 1, 2);
        same.addGap();
        same.addEdge(2);
        assertEquals(same.freeze(), hypergraph.freeze(), "a gap does not tell what was there");
        // Would be refused if the embedding of the removed one were still there.
        hypergraph.setEdgeEmbedding(0, new float[] {1});
    }

    @Property(tries = 60, seed = "1")
    void itIsAMapFromOrdinalsToSetsWhateverIsAddedAndRemoved(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MutableHypergraph hypergraph = new MutableHypergraph(8);
        TreeMap<Integer, int[]> model = new TreeMap<>();
        int bound = 0;
        for (int step = 0; step < 300; step++) {
            if (model.isEmpty() || random.nextInt(5) < 3) {
                int[] nodes = random.ints(0, 8)
                        .limit(1 + random.nextInt(4))
                        .distinct()
                        .sorted()
                        .toArray();
                assertEquals(bound, hypergraph.addEdge(nodes));
                model.put(bound++, nodes);
            } else if (random.nextInt(10) > 0) {
                int gone = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
                hypergraph.removeEdge(gone);
                model.remove(gone);
            } else {
                BitSet gone = new BitSet();
                model.keySet().stream().filter(edge -> random.nextBoolean()).forEach(gone::set);
                hypergraph.removeEdges(gone);
                gone.stream().forEach(model::remove);
            }
        }
        int expectedBound = bound;
        hypergraph.read(view -> {
            assertEquals(expectedBound, view.edgeBound());
            assertEquals(model.size(), view.edges());
            for (int edge = 0; edge < expectedBound; edge++) {
                assertArrayEquals(model.getOrDefault(edge, new int[0]), view.nodesOf(edge));
            }
            for (int node = 0; node < 8; node++) {
                int wanted = node;
                assertArrayEquals(
                        model.keySet().stream()
                                .filter(edge -> Arrays.binarySearch(model.get(edge), wanted) >= 0)
                                .mapToInt(Integer::intValue)
                                .toArray(),
                        view.edgesOf(node));
            }
            assertEquals(model.values().stream().mapToInt(nodes -> nodes.length).sum(), view.incidences());
            return null;
        });
    }

    @Test
    void whatIsLeftAfterMostWasRemovedIsStillThere() {
        MutableHypergraph hypergraph = new MutableHypergraph(1_000);
        BitSet gone = new BitSet();
        for (int edge = 0; edge < 1_000; edge++) {
            hypergraph.addEdge(edge, (edge + 1) % 1_000, (edge + 2) % 1_000);
            gone.set(edge, edge % 10 != 0);
        }
        hypergraph.removeEdges(gone);
        assertEquals(1_000, hypergraph.addEdge(7, 8));
        FrozenHypergraph frozen = hypergraph.freeze();
        assertEquals(302, frozen.incidences());
        for (int edge = 0; edge < 1_000; edge++) {
            assertArrayEquals(edge % 10 == 0 ? new int[] {edge, edge + 1, edge + 2} : new int[0], frozen.nodesOf(edge));
        }
        assertArrayEquals(new int[] {1_000}, frozen.edgesOf(7));
        assertArrayEquals(new int[] {10}, frozen.edgesOf(12));
        checked(frozen);
    }

    @Test
    void aChangeFromWithinAReadingIsRefusedInPlaceOfWaitingForEver() {
        MutableHypergraph hypergraph = new MutableHypergraph(2);
        assertThrows(
                IllegalStateException.class, () -> hypergraph.read(view -> hypergraph.addEdge(0, view.nodes() - 1)));
        assertEquals(0, hypergraph.addEdge(0, 1), "afterwards it can be changed");
        assertEquals(1, hypergraph.<Integer>read(view -> hypergraph.read(Hypergraph::edges)), "readings may nest");
    }

    @Test
    void whatWasHandedInIsCopied() {
        MutableHypergraph hypergraph = new MutableHypergraph(3);
        int[] nodes = {2, 1};
        hypergraph.addEdge(nodes);
        assertArrayEquals(new int[] {2, 1}, nodes, "and is not sorted in place");
        nodes[0] = 0;
        assertArrayEquals(new int[] {1, 2}, hypergraph.freeze().nodesOf(0));
    }

    @Test
    void manyReadersSeeOnlyWholeChangesOfOneWriter() throws Exception {
        MutableHypergraph hypergraph = new MutableHypergraph(50);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    int readings = 0;
                    while (!done.get() || readings == 0) {
                        hypergraph.read(MutableHypergraphTest::checked);
                        checked(hypergraph.freeze());
                        readings++;
                    }
                    return readings;
                }));
            }
            Future<?> writer = threads.submit(() -> {
                SplittableRandom random = new SplittableRandom(3);
                try {
                    for (int i = 0; i < 2_000; i++) {
                        int edge = hypergraph.addEdge(
                                random.ints(0, 50).limit(5).distinct().toArray());
                        if (random.nextInt(4) > 0) {
                            hypergraph.removeEdge(edge);
                        } else {
                            hypergraph.setEdgeName(edge, "edge " + edge);
                        }
                    }
                } finally {
                    done.set(true);
                }
            });
            writer.get();
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        }
        assertEquals(2_000, hypergraph.freeze().edgeBound());
    }

    /** Throws if both directions of incidence do not agree. */
    private static Void checked(Hypergraph view) {
        long incidences = 0;
        for (int node = 0; node < view.nodes(); node++) {
            for (int edge : view.edgesOf(node)) {
                assertTrue(view.contains(edge, node), () -> "incidence of " + edge);
                incidences++;
            }
        }
        assertEquals(view.incidences(), incidences);
        assertEquals(
                view.edges(),
                IntStream.range(0, view.edgeBound())
                        .filter(edge -> view.size(edge) > 0)
                        .count());
        return null;
    }
}
