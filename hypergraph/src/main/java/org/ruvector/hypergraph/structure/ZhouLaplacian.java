package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.ruvector.hypergraph.Hypergraph;

/**
 * The normalised Laplacian {@code L = I − Dv^−1/2 H W De^−1 Hᵀ Dv^−1/2} of a hypergraph, where {@code H} is its
 * incidence matrix, {@code W} has the weights of hyperedges, {@code De} their sizes, and {@code Dv} the weighted
 * degrees of nodes on the diagonal (D. Zhou, J. Huang and B. Schölkopf, "Learning with hypergraphs: clustering,
 * classification, and embedding", 2006). Its eigenvalues lie between 0 and 1; 0 is one as often as there are
 * components, and few small ones more tell of parts that hang together by little.
 *
 * <p>A node in no hyperedge, for which the formula divides by 0, has a row of zeros, as in the normalised Laplacian of
 * graphs, so that it counts as the component that it is. Directions are left out. Does not follow later changes;
 * immutable.
 */
public final class ZhouLaplacian {

    // Up to so many nodes a dense decomposition takes a fraction of a second.
    private static final int DENSE = 300;

    // Of the numbers from which Lanczos iterations begin.
    private static final long SEED = 1;

    private final int[] start;
    private final int[] members;
    // w(e) / |e|, and 1 / √d(v).
    private final double[] edgeFactor;
    private final double[] nodeFactor;
    private final ConnectedComponents components;

    /**
     * The Laplacian of a hypergraph.
     *
     * @throws IllegalArgumentException if a weight is not positive
     */
    public ZhouLaplacian(Hypergraph hypergraph) {
        int bound = hypergraph.edgeBound();
        start = new int[bound + 1];
        members = new int[Math.toIntExact(hypergraph.incidences())];
        edgeFactor = new double[bound];
        nodeFactor = new double[hypergraph.nodes()];
        for (int edge = 0; edge < bound; edge++) {
            int size = hypergraph.size(edge);
            double weight = hypergraph.weight(edge);
            if (weight <= 0) {
                throw new IllegalArgumentException(
                        "Hyperedge " + edge + " weighs " + weight + "; the Laplacian is of positive weights only");
            }
            edgeFactor[edge] = size == 0 ? 0 : weight / size;
            start[edge + 1] = start[edge] + size;
            for (int i = 0; i < size; i++) {
                int node = hypergraph.node(edge, i);
                members[start[edge] + i] = node;
                nodeFactor[node] += weight;
            }
        }
        for (int node = 0; node < nodeFactor.length; node++) {
            nodeFactor[node] = nodeFactor[node] == 0 ? 0 : 1 / Math.sqrt(nodeFactor[node]);
        }
        components = ConnectedComponents.of(hypergraph);
    }

    /**
     * {@code L x}, in time linear in the incidences.
     *
     * @param x by node
     * @return the caller owns the array
     */
    public double[] multiply(double[] x) {
        if (x.length != nodeFactor.length) {
            throw new IllegalArgumentException(
                    "x has " + x.length + " coordinates; it must have one for each of " + nodeFactor.length + " nodes");
        }
        double[] product = new double[x.length];
        smooth(x, product);
        for (int node = 0; node < x.length; node++) {
            product[node] = nodeFactor[node] == 0 ? 0 : x[node] - product[node];
        }
        return product;
    }

    /** {@code (I − L) x}, but with zeros for nodes in no hyperedge. */
    private void smooth(double[] x, double[] product) {
        Arrays.fill(product, 0);
        for (int edge = 0; edge < edgeFactor.length; edge++) {
            double sum = 0;
            for (int i = start[edge]; i < start[edge + 1]; i++) {
                sum += x[members[i]] * nodeFactor[members[i]];
            }
            sum *= edgeFactor[edge];
            for (int i = start[edge]; i < start[edge + 1]; i++) {
                product[members[i]] += sum;
            }
        }
        for (int node = 0; node < x.length; node++) {
            product[node] *= nodeFactor[node];
        }
    }

    /**
     * The smallest eigenvalues with their multiplicities, ascending, to about 10 digits after the point; what rounding
     * puts below 0 or above 1 is 0 or 1.
     *
     * <p>Up to 300 nodes by a dense decomposition, in cubic time. Beyond, zeros are counted as components, and the rest
     * are found by Lanczos iterations: for few eigenvalues (up to some dozens) of hypergraphs that are well connected,
     * in memory of about 100 doubles a node. Where many eigenvalues lie close together, as in long chains of
     * hyperedges, they may not converge.
     *
     * @param count 0 to the number of nodes
     * @return the caller owns the array
     * @throws IllegalStateException if the iterations do not converge
     */
    public double[] smallestEigenvalues(int count) {
        int nodes = nodeFactor.length;
        if (count < 0 || count > nodes) {
            throw new IllegalArgumentException(
                    "There are " + nodes + " eigenvalues, asked for were " + count + "; ask for 0 to " + nodes);
        }
        if (count == 0) {
            return new double[0];
        }
        return nodes <= DENSE ? dense(count) : sparse(count);
    }

    private double[] dense(int count) {
        int nodes = nodeFactor.length;
        Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(nodes, nodes);
        double[] unit = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            unit[node] = 1;
            matrix.setColumn(node, multiply(unit));
            unit[node] = 0;
        }
        // Rounding is not the same on both sides of the diagonal.
        double[] eigenvalues =
                new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5)).getRealEigenvalues();
        Arrays.sort(eigenvalues);
        return within01(Arrays.copyOf(eigenvalues, count));
    }

    private double[] sparse(int count) {
        double[] eigenvalues = new double[count];
        int zeros = Math.min(count, components.count());
        if (zeros < count) {
            double[] largest =
                    new Lanczos(this::smooth, kernelRemoval(), nodeFactor.length, SEED).largest(count - zeros);
            for (int i = 0; i < largest.length; i++) {
                eigenvalues[zeros + i] = 1 - largest[i];
            }
        }
        return within01(eigenvalues);
    }

    /** Takes from a vector what lies in the kernel of L: on each component the multiples of the roots of degrees. */
    private Lanczos.Projection kernelRemoval() {
        int nodes = nodeFactor.length;
        double[] root = new double[nodes];
        double[] squares = new double[components.count()];
        for (int node = 0; node < nodes; node++) {
            root[node] = nodeFactor[node] == 0 ? 1 : 1 / nodeFactor[node];
            squares[components.of(node)] += root[node] * root[node];
        }
        return x -> {
            double[] along = new double[squares.length];
            for (int node = 0; node < nodes; node++) {
                along[components.of(node)] += x[node] * root[node];
            }
            for (int node = 0; node < nodes; node++) {
                int component = components.of(node);
                x[node] -= along[component] / squares[component] * root[node];
            }
        };
    }

    private static double[] within01(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(values[i], 0.0, 1.0);
        }
        return values;
    }
}
