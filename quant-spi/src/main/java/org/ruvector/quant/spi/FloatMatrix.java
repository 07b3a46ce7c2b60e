package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A dense matrix that vectors are multiplied with from the left. Each row is an array of its own, because the compiler turns loops
 * over whole arrays into vector instructions, but not loops over parts of one array, which might overlap.
 *
 * @param rows at least one, all of the same length, at least 1; shared with the caller
 */
record FloatMatrix(float[][] rows) {

    /** Copies a matrix from its rows one after another. */
    static FloatMatrix of(float[] flat, int inputs, int outputs) {
        float[][] rows = new float[inputs][];
        for (int i = 0; i < inputs; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * outputs, (i + 1) * outputs);
        }
        return new FloatMatrix(rows);
    }

    static FloatMatrix zeros(int inputs, int outputs) {
        return new FloatMatrix(new float[inputs][outputs]);
    }

    /** Independent normal numbers of the given standard deviation. */
    static FloatMatrix gaussian(int inputs, int outputs, double deviation, SplittableRandom random) {
        FloatMatrix matrix = zeros(inputs, outputs);
        for (float[] row : matrix.rows) {
            for (int j = 0; j < outputs; j++) {
                row[j] = (float) (deviation * random.nextGaussian());
            }
        }
        return matrix;
    }

    int inputs() {
        return rows.length;
    }

    int outputs() {
        return rows[0].length;
    }

    /** The rows one after another. */
    float[] flat() {
        float[] flat = new float[Math.multiplyExact(inputs(), outputs())];
        for (int i = 0; i < inputs(); i++) {
            System.arraycopy(rows[i], 0, flat, i * outputs(), outputs());
        }
        return flat;
    }

    double[][] toDoubles() {
        double[][] doubles = new double[inputs()][outputs()];
        for (int i = 0; i < inputs(); i++) {
            for (int j = 0; j < outputs(); j++) {
                doubles[i][j] = rows[i][j];
            }
        }
        return doubles;
    }

    FloatMatrix transposed() {
        FloatMatrix transposed = zeros(outputs(), inputs());
        for (int i = 0; i < inputs(); i++) {
            for (int j = 0; j < outputs(); j++) {
                transposed.rows[j][i] = rows[i][j];
            }
        }
        return transposed;
    }

    /** {@code y = x · M}. */
    void times(float[] x, float[] y) {
        Arrays.fill(y, 0);
        int i = 0;
        for (; i + 4 <= rows.length; i += 4) {
            add(x[i], rows[i], x[i + 1], rows[i + 1], x[i + 2], rows[i + 2], x[i + 3], rows[i + 3], y);
        }
        for (; i < rows.length; i++) {
            add(x[i], rows[i], y);
        }
    }

    /** {@code x = M · y}. */
    void timesColumn(float[] y, float[] x) {
        for (int i = 0; i < rows.length; i++) {
            float sum = 0;
            for (int j = 0; j < y.length; j++) {
                sum += rows[i][j] * y[j];
            }
            x[i] = sum;
        }
    }

    /** Adds {@code Σ xᵣᵀ · yᵣ} over the first {@code n} vectors of both, to the rows {@code from} to {@code to} only. */
    void addProducts(float[][] x, float[][] y, int n, int from, int to) {
        int r = 0;
        for (; r + 4 <= n; r += 4) {
            for (int i = from; i < to; i++) {
                add(x[r][i], y[r], x[r + 1][i], y[r + 1], x[r + 2][i], y[r + 2], x[r + 3][i], y[r + 3], rows[i]);
            }
        }
        for (; r < n; r++) {
            for (int i = from; i < to; i++) {
                add(x[r][i], y[r], rows[i]);
            }
        }
    }

    private static void add(float a, float[] v, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += a * v[j];
        }
    }

    /** Four at once, so that the sum is loaded and stored a quarter as often. */
    private static void add(
            float a, float[] va, float b, float[] vb, float c, float[] vc, float d, float[] vd, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = sum[j] + a * va[j] + b * vb[j] + c * vc[j] + d * vd[j];
        }
    }
}
