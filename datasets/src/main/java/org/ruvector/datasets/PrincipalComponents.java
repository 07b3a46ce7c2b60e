package org.ruvector.datasets;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * The orthogonal directions in which vectors vary most (K. Pearson, "On lines and planes of closest fit to systems of points in
 * space", Philosophical Magazine 1901): the eigenvectors of the covariance matrix with the largest eigenvalues. Projecting
 * onto the first few gives real data of few dimensions. Immutable and thread-safe.
 */
public final class PrincipalComponents {

    /** Rows that the covariance is taken from, evenly spread; more would take long and change little. */
    private static final int SAMPLE = 10_000;

    private final double[] mean;
    /** One component a row. */
    private final double[][] directions;

    private PrincipalComponents(double[] mean, double[][] directions) {
        this.mean = mean;
        this.directions = directions;
    }

    /**
     * Finds components. {@code O(s d² + d³)} for up to {@value #SAMPLE} rows {@code s} of dimension {@code d}.
     *
     * @param rows  float rows, at least one, all finite
     * @param count how many, from 1 to the dimension
     * @throws IllegalArgumentException if there are no such rows, or the count is out of range
     */
    public static PrincipalComponents of(VectorRows rows, int count) {
        if (rows.type() != ElementType.FLOAT32 || rows.count() == 0) {
            throw new IllegalArgumentException("There are " + rows.count() + " rows of "
                    + rows.type().text() + "; principal components need at least one row of float32");
        }
        int d = rows.dimension();
        if (count < 1 || count > d) {
            throw new IllegalArgumentException("components is " + count + "; it must be from 1 to the dimension, " + d);
        }
        rows.requireValid();
        int n = Math.min(SAMPLE, rows.count());
        double[][] sample = new double[n][];
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            sample[i] = row(rows, (int) ((long) i * rows.count() / n));
            for (int j = 0; j < d; j++) {
                mean[j] += sample[i][j] / n;
            }
        }
        double[][] covariance = new double[d][d];
        for (double[] x : sample) {
            for (int j = 0; j < d; j++) {
                x[j] -= mean[j];
            }
            for (int j = 0; j < d; j++) {
                double share = x[j] / n;
                double[] sums = covariance[j];
                for (int k = 0; k < d; k++) {
                    sums[k] += share * x[k];
                }
            }
        }
        // Rounding leaves it a hair from symmetric, which the decomposition would take for another kind of matrix.
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < j; k++) {
                covariance[j][k] = covariance[k][j];
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[][] directions = new double[count][];
        for (int i = 0; i < count; i++) {
            directions[i] = eigen.getEigenvector(i).toArray();
        }
        return new PrincipalComponents(mean, directions);
    }

    /**
     * Coordinates along the components.
     *
     * @param rows float rows of the dimension that the components were found for
     * @return new rows of as many coordinates as there are components, in memory that the garbage collector frees
     * @throws IllegalArgumentException if the dimension differs
     */
    public VectorRows project(VectorRows rows) {
        Objects.requireNonNull(rows, "rows");
        if (rows.type() != ElementType.FLOAT32 || rows.dimension() != mean.length) {
            throw new IllegalArgumentException("The rows have " + rows.dimension() + " × "
                    + rows.type().text() + ", but the components are of " + mean.length + " × float32");
        }
        int width = directions.length;
        MemorySegment to = Arena.ofAuto().allocate(Math.max(1, (long) Float.BYTES * width * rows.count()), Float.BYTES);
        for (int r = 0; r < rows.count(); r++) {
            double[] x = row(rows, r);
            for (int i = 0; i < width; i++) {
                double sum = 0;
                for (int j = 0; j < x.length; j++) {
                    sum += (x[j] - mean[j]) * directions[i][j];
                }
                to.setAtIndex(VectorRows.FLOAT, (long) r * width + i, (float) sum);
            }
        }
        return new VectorRows(to, ElementType.FLOAT32, width, rows.count());
    }

    private static double[] row(VectorRows rows, int r) {
        double[] x = new double[rows.dimension()];
        for (int j = 0; j < x.length; j++) {
            x[j] = rows.segment().get(VectorRows.FLOAT, r * rows.stride() + (long) Float.BYTES * j);
        }
        return x;
    }
}
