package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jgrapht.alg.scoring.ClusteringCoefficient;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphArbitraries;
import org.ruvector.hypergraph.MutableHypergraph;

/** Clustering, simpliciality, centrality and counts beside their definitions, written with sets. */
final class MeasuresTest {

    @Provide
    Arbitrary<MutableHypergraph> hypergraphs() {
        return HypergraphArbitraries.annotated();
    }

    private static Set<Integer> nodes(Hypergraph hypergraph, int edge) {
        return Arrays.stream(hypergraph.nodesOf(edge)).boxed().collect(Collectors.toSet());
    }

    private static Set<Integer> edges(Hypergraph hypergraph, int node) {
        return Arrays.stream(hypergraph.edgesOf(node)).boxed().collect(Collectors.toSet());
    }

    private static Set<Integer> neighbours(Hypergraph hypergraph, int node) {
        return edges(hypergraph, node).stream()
                .flatMap(edge -> nodes(hypergraph, edge).stream())
                .filter(other -> other != node)
                .collect(Collectors.toSet());
    }

    private static <T> Set<T> both(Set<T> one, Set<T> other) {
        Set<T> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static <T> Set<T> without(Set<T> one, Set<T> other) {
        Set<T> rest = new HashSet<>(one);
        rest.removeAll(other);
        return rest;
    }

    @Property(tries = 200, seed = "1")
    void clusteringIsThatOfTheDefinitions(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        hypergraph.read(view -> {
            Map<Integer, Double> peer = new ClusteringCoefficient<>(CliqueProjection.of(view)).getScores();
            double[] coefficient = Clustering.coefficient(view);
            double[] local = Clustering.local(view);
            double[] twoNode = Clustering.twoNode(view);
            for (int node = 0; node < view.nodes(); node++) {
                assertEquals(peer.get(node), coefficient[node], 1e-15);
                assertEquals(local(view, node), local[node], 1e-12);
                Set<Integer> of = edges(view, node);
                double mean = neighbours(view, node).stream()
                        .mapToDouble(other -> {
                            Set<Integer> union = edges(view, other);
                            int common = both(of, union).size();
                            union.addAll(of);
                            return common / (double) union.size();
                        })
                        .average()
                        .orElse(0);
                assertEquals(mean, twoNode[node], 1e-12);
            }
            return null;
        });
    }

    private static double local(Hypergraph view, int node) {
        int[] edges = view.edgesOf(node);
        double sum = 0;
        for (int i = 0; i < edges.length; i++) {
            for (int j = 0; j < i; j++) {
                Set<Integer> one = without(nodes(view, edges[i]), nodes(view, edges[j]));
                Set<Integer> other = without(nodes(view, edges[j]), nodes(view, edges[i]));
                Set<Integer> ofOne =
                        one.stream().flatMap(n -> neighbours(view, n).stream()).collect(Collectors.toSet());
                Set<Integer> ofOther = other.stream()
                        .flatMap(n -> neighbours(view, n).stream())
                        .collect(Collectors.toSet());
                if (one.size() + other.size() > 0) {
                    sum += (both(ofOne, other).size() + both(ofOther, one).size())
                            / (double) (one.size() + other.size());
                }
            }
        }
        return edges.length < 2 ? 0 : 2 * sum / (edges.length * (edges.length - 1.0));
    }

    @Property(tries = 300, seed = "1")
    void simplicialityIsThatOfTheDefinitions(
            @ForAll("hypergraphs") MutableHypergraph hypergraph,
            @ForAll @IntRange(min = 1, max = 3) int minSize,
            @ForAll boolean exclude) {
        hypergraph.read(view -> {
            Set<Set<Integer>> sets = IntStream.range(0, view.edgeBound())
                    .mapToObj(edge -> nodes(view, edge))
                    .filter(set -> set.size() >= minSize)
                    .collect(Collectors.toSet());
            List<Set<Integer>> judged = sets.stream()
                    .filter(set -> set.size() >= minSize + (exclude ? 1 : 0))
                    .toList();
            List<Set<Integer>> maximal = judged.stream()
                    .filter(set ->
                            sets.stream().noneMatch(other -> other.size() > set.size() && other.containsAll(set)))
                    .toList();
            Set<Set<Integer>> missing = new HashSet<>();
            maximal.forEach(set -> missing.addAll(without(properSubsets(set, minSize), sets)));
            int possible = sets.size() - maximal.size() + missing.size();
            double faceEdit = maximal.stream()
                    .map(set -> properSubsets(set, minSize))
                    .mapToDouble(
                            faces -> faces.isEmpty() ? 1 : both(faces, sets).size() / (double) faces.size())
                    .average()
                    .orElse(Double.NaN);
            double fraction = judged.stream()
                    .mapToDouble(set -> sets.containsAll(properSubsets(set, minSize)) ? 1 : 0)
                    .average()
                    .orElse(Double.NaN);
            Simpliciality simpliciality = Simpliciality.of(view, minSize, exclude);
            assertEquals(
                    maximal.isEmpty() || possible == 0 ? Double.NaN : 1 - missing.size() / (double) possible,
                    simpliciality.edit(),
                    1e-12);
            assertEquals(faceEdit, simpliciality.faceEdit(), 1e-12);
            assertEquals(fraction, simpliciality.fraction(), 1e-12);
            return null;
        });
    }

    private static Set<Set<Integer>> properSubsets(Set<Integer> set, int minSize) {
        List<Integer> members = List.copyOf(set);
        Set<Set<Integer>> subsets = new HashSet<>();
        for (int bits = 1; bits < (1 << members.size()) - 1; bits++) {
            int chosen = bits;
            Set<Integer> subset = IntStream.range(0, members.size())
                    .filter(i -> (chosen & (1 << i)) != 0)
                    .mapToObj(members::get)
                    .collect(Collectors.toSet());
            if (subset.size() >= minSize) {
                subsets.add(subset);
            }
        }
        return subsets;
    }

    @Test
    void aSimplicialComplexIsSimplicialAndALoneHyperedgeIsNot() {
        MutableHypergraph hypergraph = new MutableHypergraph(4);
        hypergraph.addEdge(0, 1, 2);
        assertEquals(new Simpliciality(0, 0, 0), Simpliciality.of(hypergraph.freeze()));
        hypergraph.addEdge(0, 1);
        hypergraph.addEdge(1, 2);
        hypergraph.addEdge(0, 2);
        assertEquals(new Simpliciality(1, 1, 1), Simpliciality.of(hypergraph.freeze()));
        assertEquals(0, Simpliciality.of(hypergraph.freeze(), 1, true).fraction(), "single nodes are missing");
        assertTrue(Double.isNaN(Simpliciality.of(hypergraph.freeze(), 4, true).edit()));
        MutableHypergraph large = new MutableHypergraph(25);
        large.addEdge(IntStream.range(0, 25).toArray());
        assertThrows(IllegalArgumentException.class, () -> Simpliciality.of(large.freeze()));
        assertThrows(IllegalArgumentException.class, () -> Simpliciality.of(large.freeze(), 0, true));
    }

    @Property(tries = 200, seed = "1")
    void katzCentralityIsTheSeriesOfTheDefinition(
            @ForAll("hypergraphs") MutableHypergraph hypergraph, @ForAll @IntRange(min = 1, max = 6) int cutoff) {
        hypergraph.read(view -> {
            int nodes = view.nodes();
            double alpha = 0.3;
            double[] expected = new double[nodes];
            double[] power = new double[nodes];
            Arrays.fill(power, 1);
            for (int length = 1; length <= cutoff; length++) {
                double[] next = new double[nodes];
                for (int one = 0; one < nodes; one++) {
                    for (int other = 0; other < nodes; other++) {
                        if (one != other) {
                            next[one] +=
                                    both(edges(view, one), edges(view, other)).size() * power[other];
                        }
                    }
                    expected[one] += Math.pow(alpha, length - 1) * next[one];
                }
                power = next;
            }
            double sum = Arrays.stream(expected).sum();
            assertArrayEquals(
                    Arrays.stream(expected).map(x -> sum == 0 ? 0 : x / sum).toArray(),
                    KatzCentrality.of(view, alpha, cutoff),
                    1e-12);
            return null;
        });
    }

    @Test
    void katzParametersOutOfRangeAreRefused() {
        MutableHypergraph hypergraph = new MutableHypergraph(3);
        hypergraph.addEdge(0, 1, 2);
        Hypergraph frozen = hypergraph.freeze();
        assertThrows(IllegalArgumentException.class, () -> KatzCentrality.of(frozen, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> KatzCentrality.of(frozen, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> KatzCentrality.of(frozen, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> KatzCentrality.of(frozen, 1e10, 100));
        assertArrayEquals(new double[] {0, 0}, KatzCentrality.of(new MutableHypergraph(2).freeze()));
        assertEquals(0, KatzCentrality.of(new MutableHypergraph().freeze()).length);
    }

    @Test
    void statisticsCountGapsAndLoneNodesRightly() {
        MutableHypergraph hypergraph = new MutableHypergraph(4);
        hypergraph.addEdge(0, 1);
        hypergraph.addEdge(0, 2);
        hypergraph.addEdge(0, 1, 2);
        hypergraph.removeEdge(1);
        SizeStatistics statistics = SizeStatistics.of(hypergraph.freeze());
        assertEquals(Map.of(2, 1, 3, 1), statistics.sizes());
        assertEquals(Map.of(0, 1, 1, 1, 2, 2), statistics.degrees());
        assertEquals(2.5, statistics.meanSize());
        assertEquals(1.25, statistics.meanDegree());
        assertEquals(2 / 15.0, statistics.density());
        assertEquals(2, SizeStatistics.incidenceRank(hypergraph.freeze()));
        hypergraph.addEdge(2);
        assertEquals(2, SizeStatistics.incidenceRank(hypergraph.freeze()), "012 is 01 and 2");
        SizeStatistics none = SizeStatistics.of(new MutableHypergraph().freeze());
        assertEquals(0, none.meanSize() + none.meanDegree() + none.density());
        assertEquals(0, SizeStatistics.incidenceRank(new MutableHypergraph(3).freeze()));
    }
}
