package org.ruvector.hypergraph.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.Hypergraph;
import org.ruvector.hypergraph.HypergraphArbitraries;
import org.ruvector.hypergraph.MutableHypergraph;

final class ZhouLaplacianTest {

    @Provide
    Arbitrary<MutableHypergraph> hypergraphs() {
        return HypergraphArbitraries.plain().map(hypergraph -> {
            int bound = hypergraph.freeze().edgeBound();
            for (int edge = 0; edge < bound; edge += 2) {
                int at = edge;
                if (hypergraph.<Integer>read(view -> view.size(at)) > 0) {
                    hypergraph.setWeight(edge, 1 + edge / 4.0);
                }
            }
            return hypergraph;
        });
    }

    /** The definition, with zeros for nodes in no hyperedge. */
    private static RealMatrix dense(Hypergraph hypergraph) {
        int nodes = hypergraph.nodes();
        RealMatrix incidence = new Array2DRowRealMatrix(nodes, hypergraph.edgeBound());
        double[] edges = new double[hypergraph.edgeBound()];
        double[] degrees = new double[nodes];
        for (int edge = 0; edge < edges.length; edge++) {
            for (int node : hypergraph.nodesOf(edge)) {
                incidence.setEntry(node, edge, 1);
                degrees[node] += hypergraph.weight(edge);
            }
            edges[edge] = hypergraph.size(edge) == 0 ? 0 : hypergraph.weight(edge) / hypergraph.size(edge);
        }
        RealMatrix root = MatrixUtils.createRealDiagonalMatrix(
                Arrays.stream(degrees).map(d -> d == 0 ? 0 : 1 / Math.sqrt(d)).toArray());
        RealMatrix identity = MatrixUtils.createRealDiagonalMatrix(
                Arrays.stream(degrees).map(d -> d == 0 ? 0 : 1).toArray());
        return identity.subtract(root.multiply(incidence)
                .multiply(MatrixUtils.createRealDiagonalMatrix(edges))
                .multiply(incidence.transpose())
                .multiply(root));
    }

    private static double[] eigenvalues(RealMatrix matrix) {
        double[] eigenvalues =
                new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5)).getRealEigenvalues();
        Arrays.sort(eigenvalues);
        return eigenvalues;
    }

    /** As many hyperedges as nodes, of 2 to 5 of them. */
    private static MutableHypergraph random(int nodes, int copies, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MutableHypergraph hypergraph = new MutableHypergraph(nodes * copies);
        for (int edge = 0; edge < nodes; edge++) {
            int[] members = random.ints(0, nodes)
                    .distinct()
                    .limit(2 + random.nextInt(4))
                    .toArray();
            for (int copy = 0; copy < copies; copy++) {
                int offset = copy * nodes;
                hypergraph.addEdge(
                        Arrays.stream(members).map(node -> node + offset).toArray());
            }
        }
        return hypergraph;
    }

    @Property(tries = 100, seed = "1")
    void itIsTheMatrixOfTheDefinition(@ForAll("hypergraphs") MutableHypergraph hypergraph) {
        Hypergraph frozen = hypergraph.freeze();
        int nodes = frozen.nodes();
        if (nodes == 0 || frozen.edgeBound() == 0) {
            return;
        }
        RealMatrix dense = dense(frozen);
        ZhouLaplacian laplacian = hypergraph.read(ZhouLaplacian::new);
        for (int node = 0; node < nodes; node++) {
            double[] unit = new double[nodes];
            unit[node] = 1;
            assertArrayEquals(dense.getColumn(node), laplacian.multiply(unit), 1e-14);
        }
        double[] eigenvalues = laplacian.smallestEigenvalues(nodes);
        double[] expected = eigenvalues(dense);
        assertArrayEquals(expected, eigenvalues, 1e-12);
        assertTrue(expected[0] > -1e-12 && expected[nodes - 1] < 1 + 1e-12, "between 0 and 1");
        assertEquals(
                ConnectedComponents.of(frozen).count(),
                Arrays.stream(eigenvalues).filter(value -> value < 1e-9).count(),
                "0 is one as often as there are components");
    }

    @Test
    void manyNodesGiveWhatADenseDecompositionGives() {
        MutableHypergraph hypergraph = random(330, 1, 5);
        hypergraph.setWeight(3, 7.5);
        hypergraph.addNodes(2);
        Hypergraph frozen = hypergraph.freeze();
        double[] expected = Arrays.copyOf(eigenvalues(dense(frozen)), 20);
        double[] eigenvalues = new ZhouLaplacian(frozen).smallestEigenvalues(20);
        assertTrue(ConnectedComponents.of(frozen).count() < 20, "or all of them would be zeros");
        assertArrayEquals(expected, eigenvalues, 1e-10);
    }

    @Test
    void equalEigenvaluesAreFoundAsOftenAsTheyAre() {
        Hypergraph one = random(90, 1, 6).freeze();
        Hypergraph four = random(90, 4, 6).freeze();
        double[] ofOne = new ZhouLaplacian(one).smallestEigenvalues(8);
        double[] expected =
                IntStream.range(0, 30).mapToDouble(i -> ofOne[i / 4]).toArray();
        assertArrayEquals(expected, new ZhouLaplacian(four).smallestEigenvalues(30), 1e-10);
    }

    @Test
    void aCycleHasItsKnownEigenvaluesThoughTheyLieClose() {
        int n = 400;
        MutableHypergraph cycle = new MutableHypergraph(n);
        for (int node = 0; node < n; node++) {
            cycle.addEdge(node, (node + 1) % n);
        }
        // L = I / 2 − A / 4 for the adjacency matrix A.
        double[] expected = IntStream.of(0, 1, 1, 2, 2, 3, 3)
                .mapToDouble(i -> (1 - Math.cos(2 * Math.PI * i / n)) / 2)
                .toArray();
        assertArrayEquals(expected, cycle.read(ZhouLaplacian::new).smallestEigenvalues(7), 1e-10);
    }

    @Test
    void iterationsFindAllOfASmallSpace() {
        double[] diagonal = {0.5, 0.25, 0.5, 0, 0.5, 1, 0};
        Lanczos lanczos = new Lanczos(
                (x, product) -> Arrays.setAll(product, i -> diagonal[i] * x[i]), x -> x[5] = 0, diagonal.length, 1);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.25, 0, 0}, lanczos.largest(6), 1e-12);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        MutableHypergraph hypergraph = new MutableHypergraph(2);
        hypergraph.addEdge(0, 1);
        ZhouLaplacian laplacian = hypergraph.read(ZhouLaplacian::new);
        assertEquals(0, laplacian.smallestEigenvalues(0).length);
        assertThrows(IllegalArgumentException.class, () -> laplacian.smallestEigenvalues(3));
        assertThrows(IllegalArgumentException.class, () -> laplacian.smallestEigenvalues(-1));
        assertThrows(IllegalArgumentException.class, () -> laplacian.multiply(new double[3]));
        hypergraph.setWeight(0, -1);
        assertEquals(
                "Hyperedge 0 weighs -1.0; the Laplacian is of positive weights only",
                assertThrows(IllegalArgumentException.class, () -> hypergraph.read(ZhouLaplacian::new))
                        .getMessage());
    }
}
