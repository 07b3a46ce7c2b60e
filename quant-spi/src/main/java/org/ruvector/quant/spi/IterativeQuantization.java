package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.ruvector.api.Progress;

/**
 * Learns the matrix of ITQ, {@code principal directions · rotation}: {@code R} makes {@code |B − P·R|²} small, where {@code P} are the
 * projected vectors and {@code B} the signs of {@code P·R}. In turn {@code B} is chosen for {@code R}, and {@code R} for {@code B}, which is
 * the orthogonal Procrustes problem: {@code R = W·Uᵀ} with the singular value decomposition {@code BᵀP = U·S·Wᵀ}.
 *
 * @param bits       columns of the matrix
 * @param iterations most turns; it ends before if no sign changes any more
 */
record IterativeQuantization(int bits, int iterations, long seed) {
    private static final int CHUNK = 256;

    FloatMatrix train(CentredRows rows, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix directions = PrincipalSubspace.of(rows, bits, random);
        float[][] projected = new float[rows.count()][bits];
        for (int i = 0; i < projected.length; i++) {
            directions.times(rows.rows()[i], projected[i]);
        }
        FloatMatrix rotation =
                FloatMatrix.of(DenseRotation.random(bits, random.nextLong()).matrix(), bits, bits);
        FloatMatrix before = null;
        for (int i = 0; i < iterations; i++) {
            if (!progress.update("train itq", i, iterations)) {
                throw new CancellationException("The training of itq was cancelled after " + i + " iterations");
            }
            FloatMatrix correlation = correlation(projected, rotation);
            if (before != null && Arrays.deepEquals(before.rows(), correlation.rows())) {
                break;
            }
            before = correlation;
            rotation = nearestRotation(correlation);
        }
        FloatMatrix matrix = FloatMatrix.zeros(rows.dimension(), bits);
        for (int i = 0; i < rows.dimension(); i++) {
            rotation.times(directions.rows()[i], matrix.rows()[i]);
        }
        return matrix;
    }

    /** {@code BᵀP}, where {@code B} are the signs of {@code P·R}. */
    private FloatMatrix correlation(float[][] projected, FloatMatrix rotation) {
        FloatMatrix correlation = FloatMatrix.zeros(bits, bits);
        float[][] signs = new float[CHUNK][bits];
        for (int from = 0; from < projected.length; from += CHUNK) {
            float[][] chunk = Arrays.copyOfRange(projected, from, Math.min(projected.length, from + CHUNK));
            for (int row = 0; row < chunk.length; row++) {
                rotation.times(chunk[row], signs[row]);
                for (int i = 0; i < bits; i++) {
                    signs[row][i] = signs[row][i] >= 0 ? 1 : -1;
                }
            }
            correlation.addProducts(signs, chunk, chunk.length, 0, bits);
        }
        return correlation;
    }

    private FloatMatrix nearestRotation(FloatMatrix correlation) {
        return FloatMatrix.of(DenseRotation.nearest(correlation.toDoubles()).matrix(), bits, bits);
    }
}
