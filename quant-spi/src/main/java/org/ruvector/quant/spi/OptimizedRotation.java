package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.ruvector.api.BuildContext;
import org.ruvector.clustering.Columns;

/**
 * Learns the rotation of {@link OpqProvider}: the symbols are those of Ge and others, but that vectors are columns there and {@code R} is
 * transposed. Of one training.
 */
final class OptimizedRotation {
    /** Vectors to learn from at most. */
    private static final int ROWS = 1 << 14;
    /** Of k-means, at the start: alternating goes on with them. */
    private static final int ITERATIONS = 5;
    /** What an alternation must take off the error, as a share, for another one. */
    private static final double TOLERANCE = 1e-4;
    /** Vectors, or rows of a matrix, that one thread takes at once. */
    private static final int CHUNK = 16;
    /** Eigenvalues below this share of the largest count as that much: only their logarithms matter, and 0 has none. */
    private static final double LEAST_EIGENVALUE = 1e-12;

    private final float[] x;
    private final int n;
    private final int d;
    private final ProductParameters parameters;
    private final BuildContext context;

    /**
     * A rotation and what comes of it.
     *
     * @param matrix    {@code R}, row-major; {@code null} for the identity
     * @param codebooks for {@code R·x} of all vectors
     * @param decoded   {@code ŷ}, what the codebooks make of them
     * @param error     {@code Σ|R·x − ŷ|²}
     */
    record Step(float[] matrix, Codebooks codebooks, float[] decoded, double error) {}

    private OptimizedRotation(float[] x, int d, ProductParameters parameters, BuildContext context) {
        this.x = x;
        this.n = x.length / d;
        this.d = d;
        this.parameters = parameters;
        this.context = context;
    }

    /**
     * {@return the step with the least error}
     *
     * @param vectors row-major; the first of them are taken
     */
    static Step learn(float[] vectors, int d, ProductParameters parameters, int alternations, BuildContext context) {
        float[] x = Arrays.copyOf(vectors, (int) Math.min(vectors.length, (long) ROWS * d));
        return new OptimizedRotation(x, d, parameters, context).learn(alternations);
    }

    private Step learn(int alternations) {
        Step best = start(null, x);
        if (best.error == 0) {
            return best;
        }
        float[] balanced = balanced();
        Step other = start(balanced, rotated(x, balanced, d, context));
        if (other.error < best.error) {
            best = other;
        }
        for (int i = 0; i < alternations && best.error > 0; i++) {
            if (!context.progress().update("train opq", i, alternations)) {
                throw new CancellationException(
                        "The training was cancelled after " + i + " of " + alternations + " alternations");
            }
            // The rotation that takes the vectors nearest to what they are decoded to.
            float[] matrix = DenseRotation.nearest(products(x, best.decoded)).matrix();
            float[] y = rotated(x, matrix, d, context);
            Step next = step(matrix, y, best.codebooks.refined(y, 1, context));
            // Rounding may have the last word.
            boolean better = next.error < best.error * (1 - TOLERANCE);
            best = next.error < best.error ? next : best;
            if (!better) {
                break;
            }
        }
        return best;
    }

    private Step start(float[] matrix, float[] y) {
        return step(matrix, y, Codebooks.train(y, d, parameters, ITERATIONS, context));
    }

    private Step step(float[] matrix, float[] y, Codebooks codebooks) {
        float[] decoded = new float[y.length];
        double[] errors = new double[(n - 1) / CHUNK + 1];
        Parallel.each(errors.length, context.workers(), chunk -> {
            int[] codes = new int[codebooks.m()];
            float[] distances = new float[1 << codebooks.bits()];
            for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                errors[chunk] += codebooks.encode(y, i * d, codes, distances);
                codebooks.decode(codes, decoded, i * d);
            }
        });
        return new Step(matrix, codebooks, decoded, Arrays.stream(errors).sum());
    }

    /** The vectors after a rotation, row-major like the matrix. */
    static float[] rotated(float[] vectors, float[] matrix, int d, BuildContext context) {
        Columns rows = new Columns(matrix, d);
        float[] rotated = new float[vectors.length];
        int n = vectors.length / d;
        Parallel.each((n - 1) / CHUNK + 1, context.workers(), chunk -> {
            float[] y = new float[d];
            for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                rows.products(vectors, i * d, y);
                System.arraycopy(y, 0, rotated, i * d, d);
            }
        });
        return rotated;
    }

    /**
     * The parametric solution: principal components dealt out to the sub-spaces so that the products of their variances are about
     * equal, the largest first, each to the sub-space with the least product that has room.
     */
    private float[] balanced() {
        double[] mean = new double[d];
        for (int i = 0; i < x.length; i++) {
            mean[i % d] += x[i] / (double) n;
        }
        double[][] covariance = products(x, x);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance[i][j] -= n * mean[i] * mean[j];
            }
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] variances = svd.getSingularValues();
        RealMatrix components = svd.getUT();
        int m = parameters.m();
        double[] logarithms = new double[m];
        int[] free = new int[m];
        Arrays.setAll(free, s -> Codebooks.from(s, d, m));
        float[] matrix = new float[d * d];
        for (int i = 0; i < d; i++) {
            int least = -1;
            for (int s = 0; s < m; s++) {
                boolean room = free[s] < Codebooks.from(s + 1, d, m);
                if (room && (least < 0 || logarithms[s] < logarithms[least])) {
                    least = s;
                }
            }
            // At least 0, or a sub-space with little would have less than one with nothing.
            double floor = LEAST_EIGENVALUE * variances[0];
            logarithms[least] += floor > 0 ? Math.log(Math.max(variances[i], floor) / floor) : 0;
            int row = free[least]++;
            for (int j = 0; j < d; j++) {
                matrix[row * d + j] = (float) components.getEntry(i, j);
            }
        }
        return matrix;
    }

    /** {@code Σ a·bᵀ} over all vectors. A thread has some rows of it, which stay in its cache. */
    private double[][] products(float[] a, float[] b) {
        float[][] left = FloatMatrix.of(a, n, d).rows();
        float[][] right = FloatMatrix.of(b, n, d).rows();
        FloatMatrix sums = FloatMatrix.zeros(d, d);
        Parallel.each(
                (d - 1) / CHUNK + 1,
                context.workers(),
                chunk -> sums.addProducts(left, right, n, chunk * CHUNK, Math.min(d, (chunk + 1) * CHUNK)));
        for (float[] row : sums.rows()) {
            for (float sum : row) {
                if (!Float.isFinite(sum)) {
                    throw new IllegalArgumentException(
                            "The vectors are so long that their squares overflow; scale them down");
                }
            }
        }
        return sums.toDoubles();
    }
}
