package org.ruvector.quant.spi;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The directions in which vectors vary most, by randomized subspace iteration (N. Halko, P. Martinsson and J. Tropp, "Finding
 * structure with randomness: probabilistic algorithms for constructing approximate matrix decompositions", SIAM Review 2011,
 * algorithm 4.4). It takes {@code O(n · d · k)} where the covariance matrix and its eigenvectors would take
 * {@code O(n · d² + d³)}; directions of nearly equal variance at the end of the list may be mixed.
 */
final class PrincipalSubspace {
    /** Directions followed besides those asked for, so that the last of these converge as well. */
    private static final int SPARE = 8;

    private static final int ITERATIONS = 4;
    /** Added to the variances, which are 1 on average: with fewer vectors than directions the rest are orthonormal all the same. */
    private static final double SHIFT = 1e-3;

    private PrincipalSubspace() {}

    /**
     * Finds an orthonormal basis.
     *
     * @param rows centred
     * @param k    how many directions, at most the dimension
     * @return {@code d × k}
     */
    static FloatMatrix of(CentredRows rows, int k, SplittableRandom random) {
        int d = rows.dimension();
        if (k == d) {
            FloatMatrix all = FloatMatrix.zeros(d, d);
            for (int i = 0; i < d; i++) {
                all.rows()[i][i] = 1;
            }
            return all;
        }
        int width = Math.min(d, k + SPARE);
        FloatMatrix basis = orthonormal(FloatMatrix.gaussian(d, width, 1, random));
        for (int i = 0; i < ITERATIONS; i++) {
            float[][] projected = project(rows, basis);
            FloatMatrix next = FloatMatrix.zeros(d, width);
            next.addProducts(rows.rows(), projected, rows.count(), 0, d);
            float shift = (float) (SHIFT * rows.count());
            for (int row = 0; row < d; row++) {
                for (int j = 0; j < width; j++) {
                    next.rows()[row][j] += shift * basis.rows()[row][j];
                }
            }
            basis = orthonormal(next);
        }
        return leading(basis, project(rows, basis), k);
    }

    private static float[][] project(CentredRows rows, FloatMatrix basis) {
        float[][] projected = new float[rows.count()][basis.outputs()];
        for (int i = 0; i < projected.length; i++) {
            basis.times(rows.rows()[i], projected[i]);
        }
        return projected;
    }

    /** Gram–Schmidt on the columns, each done twice, which makes up for rounding. */
    private static FloatMatrix orthonormal(FloatMatrix matrix) {
        int d = matrix.inputs();
        double[][] columns = new double[matrix.outputs()][d];
        for (int j = 0; j < columns.length; j++) {
            double[] column = columns[j];
            for (int i = 0; i < d; i++) {
                column[i] = matrix.rows()[i][j];
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int earlier = 0; earlier < j; earlier++) {
                    add(-dot(columns[earlier], column), columns[earlier], column);
                }
                double norm = Math.sqrt(dot(column, column));
                for (int i = 0; i < d; i++) {
                    column[i] /= norm;
                }
            }
        }
        FloatMatrix orthonormal = FloatMatrix.zeros(d, columns.length);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < columns.length; j++) {
                orthonormal.rows()[i][j] = (float) columns[j][i];
            }
        }
        return orthonormal;
    }

    private static double dot(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 2 <= a.length; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        return i < a.length ? even + odd + a[i] * b[i] : even + odd;
    }

    private static void add(double factor, double[] v, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * v[i];
        }
    }

    /** Turns the basis so that its columns are the principal directions, and keeps the first {@code k}. */
    private static FloatMatrix leading(FloatMatrix basis, float[][] projected, int k) {
        int width = basis.outputs();
        FloatMatrix squares = FloatMatrix.zeros(width, width);
        squares.addProducts(projected, projected, projected.length, 0, width);
        RealMatrix symmetric = new Array2DRowRealMatrix(width, width);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                symmetric.setEntry(i, j, squares.rows()[i][j]);
                symmetric.setEntry(j, i, squares.rows()[i][j]);
            }
        }
        RealMatrix vectors = new EigenDecomposition(symmetric).getV();
        FloatMatrix turn = FloatMatrix.zeros(width, k);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < k; j++) {
                turn.rows()[i][j] = (float) vectors.getEntry(i, j);
            }
        }
        FloatMatrix leading = FloatMatrix.zeros(basis.inputs(), k);
        for (int i = 0; i < basis.inputs(); i++) {
            turn.times(basis.rows()[i], leading.rows()[i]);
        }
        return leading;
    }
}
