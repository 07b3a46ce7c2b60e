package org.ruvector.hypergraph.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The largest eigenvalues of a symmetric operator by C. Lanczos' iterations with full reorthogonalisation and thick restarts
 * (K. Wu and H. Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems", 2000).
 *
 * <p>One run from one vector finds no eigenvalue twice. So eigenvectors that were found are set aside, further runs are
 * orthogonal to them, and only when a run finds nothing larger than what there is has all been found.
 */
final class Lanczos {

    private static final double RESIDUAL = 1e-11;
    private static final double NOTHING = 1e-13;
    private static final double SAME = 1e-10;
    private static final int STEPS = 80;
    private static final int RESTARTS = 200;

    private final Operator operator;
    private final Projection projection;
    private final int dimension;
    private final SplittableRandom random;

    private final List<double[]> vectors = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    /** A symmetric matrix. */
    @FunctionalInterface
    interface Operator {
        void multiply(double[] x, double[] product);
    }

    /** Makes a vector orthogonal to an invariant subspace that is known. */
    @FunctionalInterface
    interface Projection {
        void apply(double[] x);
    }

    Lanczos(Operator operator, Projection projection, int dimension, long seed) {
        this.operator = operator;
        this.projection = projection;
        this.dimension = dimension;
        random = new SplittableRandom(seed);
    }

    /**
     * The largest eigenvalues beside those of the known subspace, descending, with multiplicity.
     *
     * @param count at least 1, at most the dimension of the rest
     */
    double[] largest(int count) {
        while (true) {
            int before = values.size();
            double least = before < count ? Double.NEGATIVE_INFINITY : found(count)[count - 1];
            new Run(Math.max(1, count - before)).findMore();
            boolean nothingLarger = values.size() == before || values.get(before) <= least + SAME;
            if (nothingLarger) {
                return found(count);
            }
        }
    }

    private double[] found(int count) {
        return values.stream()
                .sorted(Comparator.reverseOrder())
                .mapToDouble(Double::doubleValue)
                .limit(count)
                .toArray();
    }

    /** The iterations from one random vector. */
    private final class Run {

        private final int wanted;
        private final int steps;
        private List<double[]> basis = new ArrayList<>();
        // The operator within the basis.
        private final double[][] within;

        Run(int wanted) {
            this.wanted = wanted;
            steps = Math.min(dimension, STEPS + 2 * wanted);
            within = new double[steps][steps];
        }

        /** Sets the largest eigenvectors aside, largest first; none if all of the space has been found. */
        void findMore() {
            double[] next = new double[dimension];
            Arrays.setAll(next, i -> random.nextDouble() - 0.5);
            double length = orthogonalise(next, basis);
            int restarts = 0;
            while (length > NOTHING) {
                double[] v = scaled(next, 1 / length);
                if (length < 1e-6) {
                    // Dividing by it made large what rounding had left of the others.
                    v = scaled(v, 1 / orthogonalise(v, basis));
                }
                next = extend(v);
                length = orthogonalise(next, basis);
                boolean last = length <= NOTHING || basis.size() == dimension;
                if (!last && basis.size() < steps && basis.size() % 10 != 0) {
                    continue;
                }
                EigenDecomposition small = decompose();
                int good = Math.min(wanted, basis.size());
                if (last || converged(small, length, good)) {
                    List<double[]> found = combine(small, good);
                    vectors.addAll(found);
                    for (int i = 0; i < good; i++) {
                        values.add(small.getRealEigenvalue(i));
                    }
                    return;
                }
                if (basis.size() == steps) {
                    if (restarts++ == RESTARTS) {
                        throw new IllegalStateException("After " + RESTARTS + " restarts of Lanczos iterations "
                                + values.size() + " eigenvalues were found; the others lie too close together, ask for"
                                + " fewer");
                    }
                    restart(small);
                }
            }
        }

        /** Takes a vector into the basis; returns its product. */
        private double[] extend(double[] v) {
            int at = basis.size();
            basis.add(v);
            double[] product = new double[dimension];
            operator.multiply(v, product);
            for (int i = 0; i <= at; i++) {
                within[i][at] = dot(basis.get(i), product);
                within[at][i] = within[i][at];
            }
            return product;
        }

        private EigenDecomposition decompose() {
            int size = basis.size();
            double[][] part = new double[size][];
            for (int i = 0; i < size; i++) {
                part[i] = Arrays.copyOf(within[i], size);
            }
            // Descending, because it is symmetric.
            return new EigenDecomposition(new Array2DRowRealMatrix(part, false));
        }

        private boolean converged(EigenDecomposition small, double length, int count) {
            for (int i = 0; i < count; i++) {
                if (length * Math.abs(small.getEigenvector(i).getEntry(basis.size() - 1)) > RESIDUAL) {
                    return false;
                }
            }
            return true;
        }

        private void restart(EigenDecomposition small) {
            int kept = wanted + (steps - wanted) / 3;
            basis = combine(small, kept);
            for (int i = 0; i < kept; i++) {
                Arrays.fill(within[i], 0);
                within[i][i] = small.getRealEigenvalue(i);
            }
        }

        /** The first approximate eigenvectors. */
        private List<double[]> combine(EigenDecomposition small, int count) {
            List<double[]> combined = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double[] vector = new double[dimension];
                double[] coordinates = small.getEigenvector(i).toArray();
                for (int j = 0; j < basis.size(); j++) {
                    add(coordinates[j], basis.get(j), vector);
                }
                combined.add(vector);
            }
            return combined;
        }
    }

    /** Makes a vector orthogonal to all that is known and to a basis; returns the length that is left. */
    private double orthogonalise(double[] x, List<double[]> basis) {
        // Twice is enough (B. Parlett).
        for (int pass = 0; pass < 2; pass++) {
            projection.apply(x);
            for (double[] vector : vectors) {
                add(-dot(vector, x), vector, x);
            }
            for (double[] vector : basis) {
                add(-dot(vector, x), vector, x);
            }
        }
        return Math.sqrt(dot(x, x));
    }

    private static double[] scaled(double[] x, double factor) {
        double[] scaled = new double[x.length];
        add(factor, x, scaled);
        return scaled;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double factor, double[] x, double[] to) {
        for (int i = 0; i < x.length; i++) {
            to[i] += factor * x[i];
        }
    }
}
