package org.ruvector.hypergraph.structure;

import java.util.Arrays;
import org.ruvector.hypergraph.Hypergraph;

/**
 * How many walks begin at a node, longer ones counted less: {@code (A + αA² + … + α^(c−1) A^c) 1}, scaled to the sum 1,
 * where {@code A} counts the hyperedges that two nodes share, with a diagonal of zeros (L. Katz, "A new status index
 * derived from sociometric analysis", Psychometrika 1953; on hypergraphs as XGI 0.10's {@code katz_centrality}).
 * Directions and weights are left out.
 */
public final class KatzCentrality {

    private KatzCentrality() {}

    /**
     * The centralities with XGI's {@code α = 2^−n} for n nodes and its cutoff of 100. With this α longer walks hardly
     * count, so that it is nearly the number of neighbours, counted with multiplicity.
     */
    public static double[] of(Hypergraph hypergraph) {
        return of(hypergraph, Math.scalb(1.0, -hypergraph.nodes()), 100);
    }

    /**
     * The centralities, by node; all 0 if no hyperedge has two nodes. Takes time linear in the incidences for each
     * power.
     *
     * @param alpha  at least 0; less than 1 / λ for A's largest eigenvalue λ, or the sum is ruled by its last terms
     * @param cutoff longest walks to count, at least 1
     * @return the caller owns the array
     */
    public static double[] of(Hypergraph hypergraph, double alpha, int cutoff) {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Alpha is " + alpha + "; it must be a finite number, at least 0");
        }
        if (cutoff < 1) {
            throw new IllegalArgumentException("The cutoff is " + cutoff + "; it must be at least 1");
        }
        double[] sum = new double[hypergraph.nodes()];
        double[] x = new double[sum.length];
        for (int power = 0; power < cutoff; power++) {
            // Horner's rule: the sum to one power more is A (1 + α sum).
            for (int node = 0; node < x.length; node++) {
                x[node] = 1 + alpha * sum[node];
            }
            multiply(hypergraph, x, sum);
        }
        double total = 0;
        for (double value : sum) {
            total += value;
        }
        if (total == Double.POSITIVE_INFINITY || Double.isNaN(total)) {
            throw new IllegalArgumentException("With alpha " + alpha + " and cutoff " + cutoff
                    + " the number of walks exceeds a double; take less of one");
        }
        for (int node = 0; node < sum.length && total > 0; node++) {
            sum[node] /= total;
        }
        return sum;
    }

    /** {@code A x}, by way of the sums of x over hyperedges. */
    private static void multiply(Hypergraph hypergraph, double[] x, double[] product) {
        Arrays.fill(product, 0);
        for (int edge = 0; edge < hypergraph.edgeBound(); edge++) {
            int size = hypergraph.size(edge);
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += x[hypergraph.node(edge, i)];
            }
            for (int i = 0; i < size; i++) {
                int node = hypergraph.node(edge, i);
                product[node] += sum - x[node];
            }
        }
    }
}
