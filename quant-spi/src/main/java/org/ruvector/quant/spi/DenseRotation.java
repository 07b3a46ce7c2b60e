package org.ruvector.quant.spi;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.ruvector.clustering.Columns;

/** A rotation by an orthogonal matrix, in {@code O(d²)}. */
public final class DenseRotation implements Rotation {
    private final int dimension;
    private final float[] matrix;
    /** The matrix once more, as the compiler can vectorise the product with it: a rotation then takes a tenth of the time. */
    private final Columns rows;

    /**
     * Takes an orthogonal matrix.
     *
     * @param matrix {@code d · d} floats, row-major, copied: row {@code i} gives coordinate {@code i} of the rotated vector
     */
    public DenseRotation(float[] matrix) {
        this.dimension = (int) Math.round(Math.sqrt(matrix.length));
        if (dimension < 1 || (long) dimension * dimension != matrix.length) {
            throw new IllegalArgumentException("The matrix has " + matrix.length + " elements; it must be square");
        }
        this.matrix = matrix.clone();
        this.rows = new Columns(matrix, dimension);
    }

    /**
     * Draws one of all rotations with equal probability: Q of the QR decomposition of a matrix of normally distributed
     * numbers, its signs chosen so that R has a positive diagonal (F. Mezzadri, "How to generate random matrices from the
     * classical compact groups", Notices of the AMS 2007). Takes {@code O(d³)}.
     *
     * @param dimension coordinates per vector, at least 1
     * @param seed      every choice follows from it
     */
    public static DenseRotation random(int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] gaussian = new double[dimension][dimension];
        for (double[] row : gaussian) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextGaussian();
            }
        }
        QRDecomposition qr = new QRDecomposition(new Array2DRowRealMatrix(gaussian, false));
        RealMatrix q = qr.getQ();
        RealMatrix r = qr.getR();
        float[] matrix = new float[dimension * dimension];
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++) {
                double sign = r.getEntry(column, column) < 0 ? -1 : 1;
                matrix[row * dimension + column] = (float) (sign * q.getEntry(row, column));
            }
        }
        return new DenseRotation(matrix);
    }

    /**
     * Solves the orthogonal Procrustes problem: of all rotations {@code R} the trace of {@code R·M} is greatest for {@code V·Uᵀ}, where
     * {@code M = U·S·Vᵀ} is the singular value decomposition. Takes {@code O(d³)}.
     *
     * @param correlation {@code M}, finite
     */
    static DenseRotation nearest(double[][] correlation) {
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(correlation, false));
        RealMatrix nearest = svd.getV().multiply(svd.getUT());
        int d = correlation.length;
        float[] matrix = new float[d * d];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) nearest.getEntry(i / d, i % d);
        }
        return new DenseRotation(matrix);
    }

    /** {@return a copy of the matrix, row-major} */
    public float[] matrix() {
        return matrix.clone();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int rotatedDimension() {
        return dimension;
    }

    @Override
    public void rotate(float[] vector, float[] rotated) {
        rows.products(vector, 0, rotated);
    }

    @Override
    public void unrotate(float[] rotated, float[] vector) {
        for (int i = 0; i < dimension; i++) {
            vector[i] = 0;
        }
        for (int row = 0; row < dimension; row++) {
            for (int i = 0; i < dimension; i++) {
                vector[i] += matrix[row * dimension + i] * rotated[row];
            }
        }
    }
}
