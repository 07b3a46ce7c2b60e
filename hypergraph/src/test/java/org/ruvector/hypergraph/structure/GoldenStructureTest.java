package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.GraphMetrics;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.scoring.ClusteringCoefficient;
import org.jgrapht.alg.shortestpath.FloydWarshallShortestPaths;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.FrozenHypergraph;
import org.ruvector.hypergraph.GoldenHypergraph;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.MutableHypergraph;

/** The numbers that XGI 0.10.1 gives: counts on all 60 hyperedges, all else on the 20 distinct ones. */
final class GoldenStructureTest {

    private static final JsonObject GOLDEN = GoldenHypergraph.values();

    private final Hypergraph all = GoldenHypergraph.all().freeze();
    private final FrozenHypergraph distinct = GoldenHypergraph.distinct().freeze();

    private static double number(String name) {
        return GOLDEN.get(name).getAsDouble();
    }

    private static JsonObject object(String name) {
        return GOLDEN.getAsJsonObject(name);
    }

    private static double[] numbers(String name) {
        return GOLDEN.getAsJsonArray(name).asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    @Test
    void countsSizesAndDegrees() {
        SizeStatistics statistics = SizeStatistics.of(all);
        assertEquals(number("n"), statistics.nodes());
        assertEquals(number("m"), statistics.edges());
        Map<Integer, Integer> sizes = new TreeMap<>();
        object("size_histogram").asMap().forEach((size, count) -> sizes.put(Integer.valueOf(size), count.getAsInt()));
        assertEquals(sizes, statistics.sizes());
        Map<Integer, Integer> degrees = new TreeMap<>();
        object("degree").asMap().forEach((node, degree) -> {
            assertEquals(degree.getAsInt(), all.degree(Integer.parseInt(node)));
            degrees.merge(degree.getAsInt(), 1, Integer::sum);
        });
        assertEquals(degrees, statistics.degrees());
    }

    @Test
    void distinctHyperedgesTheirDensityAndRank() {
        SizeStatistics statistics = SizeStatistics.of(distinct);
        assertEquals(number("unique_edges"), statistics.edges());
        assertEquals(
                Arrays.stream(numbers("unique_edge_size"))
                        .mapToInt(size -> (int) size)
                        .boxed()
                        .toList(),
                statistics.sizes().keySet().stream().toList());
        assertEquals(number("density"), statistics.density(), 1e-20);
        assertEquals((long) number("incidence sum"), statistics.incidences());
        assertArrayEquals(new double[] {statistics.nodes(), statistics.edges()}, numbers("incidence shape"));
        assertEquals(number("rank"), SizeStatistics.incidenceRank(distinct));
        assertEquals(
                GOLDEN.get("connected").getAsBoolean(),
                ConnectedComponents.of(distinct).count() == 1);
    }

    @Test
    void simpliciality() {
        Simpliciality simpliciality = Simpliciality.of(distinct);
        assertEquals(number("edit_simpliciality"), simpliciality.edit(), 1e-14);
        assertEquals(number("face_edit_simpliciality"), simpliciality.faceEdit(), 1e-14);
        assertEquals(number("simplicial_fraction"), simpliciality.fraction());
        assertEquals(simpliciality, Simpliciality.of(all), "hyperedges of the same nodes count once");
    }

    @Test
    void clustering() {
        assertEquals(
                number("clustering_coefficient (unique edges, mean)"), mean(Clustering.coefficient(distinct)), 1e-14);
        assertEquals(
                number("local_clustering_coefficient (unique edges, mean)"), mean(Clustering.local(distinct)), 1e-14);
        assertEquals(
                number("two_node_clustering_coefficient (unique edges, mean)"),
                mean(Clustering.twoNode(distinct)),
                1e-14);
    }

    @Test
    void zhouLaplacian() {
        double[] eigenvalues = new ZhouLaplacian(distinct).smallestEigenvalues(20);
        assertArrayEquals(numbers("normalized_laplacian_eigs first5 (Zhou)"), Arrays.copyOf(eigenvalues, 5), 1e-13);
        assertEquals(number("eig max"), eigenvalues[19], 1e-13);
        assertArrayEquals(
                eigenvalues,
                new ZhouLaplacian(all).smallestEigenvalues(20),
                1e-13,
                "what is there three times weighs as much against each other");
    }

    @Test
    void katzCentrality() {
        assertArrayEquals(numbers("katz first3"), Arrays.copyOf(KatzCentrality.of(distinct), 3), 1e-15);
    }

    @Test
    void shortestPaths() {
        int[] distances = ShortestPaths.distances(distinct, 0);
        JsonObject expected = object("shortest_path_length from 0");
        assertEquals(20, expected.size());
        expected.asMap()
                .forEach((node, distance) -> assertEquals(distance.getAsInt(), distances[Integer.parseInt(node)]));
    }

    @Test
    void bipartiteView() {
        Graph<Integer, Integer> graph = BipartiteView.of(distinct);
        assertEquals(
                object("bipartite").get("nodes").getAsInt(), graph.vertexSet().size());
        assertEquals(
                object("bipartite").get("edges").getAsInt(), graph.edgeSet().size());
    }

    @Test
    void sLineGraphs() {
        for (int s = 1; s <= 3; s++) {
            JsonObject expected = object("s-line graph s=" + s);
            Graph<Integer, Integer> graph = SLineGraph.of(distinct, s);
            int components = expected.get("components").getAsInt();
            assertEquals(expected.get("vertices").getAsInt(), graph.vertexSet().size());
            assertEquals(expected.get("edges").getAsInt(), graph.edgeSet().size());
            assertEquals(
                    components,
                    new ConnectivityInspector<>(graph).connectedSets().size());
            int least = s;
            long smaller = IntStream.range(0, 20)
                    .filter(edge -> distinct.size(edge) < least)
                    .count();
            assertEquals(components, new SWalks(distinct, s).components() + smaller);
        }
    }

    @Test
    void cliqueProjection() {
        JsonObject expected = object("clique projection");
        Graph<Integer, Integer> graph = CliqueProjection.of(distinct);
        assertEquals(expected.get("nodes").getAsInt(), graph.vertexSet().size());
        assertEquals(expected.get("edges").getAsInt(), graph.edgeSet().size());
        assertEquals(expected.get("diameter").getAsDouble(), GraphMetrics.getDiameter(graph));
        assertEquals(
                expected.get("transitivity").getAsDouble(),
                new ClusteringCoefficient<>(graph).getGlobalClusteringCoefficient(),
                1e-15);
        FloydWarshallShortestPaths<Integer, Integer> paths = new FloydWarshallShortestPaths<>(graph);
        double sum = 0;
        for (int from : graph.vertexSet()) {
            for (int to : graph.vertexSet()) {
                sum += paths.getPathWeight(from, to);
            }
        }
        assertEquals(expected.get("avg_shortest_path").getAsDouble(), sum / (20 * 19), 1e-15);
    }

    @Test
    void closuresOfDirectedHyperedges() {
        JsonObject expected = object("directed");
        MutableHypergraph hypergraph = new MutableHypergraph(10);
        for (JsonElement arc : expected.getAsJsonArray("hyperarcs")) {
            hypergraph.addDirectedEdge(
                    GoldenHypergraph.ints(arc.getAsJsonArray().get(0).getAsJsonArray()),
                    GoldenHypergraph.ints(arc.getAsJsonArray().get(1).getAsJsonArray()));
        }
        for (int[] sources : new int[][] {{0}, {1}, {0, 6}}) {
            String name = "B-closure "
                    + Arrays.toString(sources)
                            .replace(" ", "")
                            .replace('[', '{')
                            .replace(']', '}');
            int[] closure = hypergraph.read(view -> BClosure.of(view, sources)).nodes();
            Arrays.sort(closure);
            assertArrayEquals(GoldenHypergraph.ints(expected.getAsJsonArray(name)), closure, name);
        }
    }
}
