package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

final class IterativeQuantizationTest {

    private static CentredRows centred(VectorRows rows) {
        QuantizerSpec spec = new QuantizerSpec("itq", Parameters.none(), Metric.EUCLIDEAN, rows.dimension());
        return CentredRows.of(Sample.toTrainOn(rows, spec), 2000);
    }

    private static CentredRows digits() {
        return centred(RealData.digits().base(ElementType.FLOAT32));
    }

    private static void requireOrthonormalColumns(FloatMatrix matrix) {
        for (int a = 0; a < matrix.outputs(); a++) {
            for (int b = 0; b <= a; b++) {
                double dot = 0;
                for (int i = 0; i < matrix.inputs(); i++) {
                    dot += (double) matrix.rows()[i][a] * matrix.rows()[i][b];
                }
                assertEquals(a == b ? 1 : 0, dot, 1e-4, "columns " + a + " and " + b);
            }
        }
    }

    /** {@code |B − X·M|²}, where {@code B} are the signs of {@code X·M}. */
    private static double loss(CentredRows rows, FloatMatrix matrix) {
        double sum = 0;
        float[] y = new float[matrix.outputs()];
        for (float[] row : rows.rows()) {
            matrix.times(row, y);
            for (float value : y) {
                double d = 1 - Math.abs(value);
                sum += d * d;
            }
        }
        return sum;
    }

    /** Among them samples of fewer rows than directions, of equal vectors and of zeros. */
    @Property(tries = 60, seed = "1")
    void theMatrixIsOrthonormal(
            @ForAll Corpus.Content content,
            @ForAll @IntRange(min = 1, max = 40) int dimension,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @LongRange(max = 1000) long seed) {
        Space space = new Space(Metric.EUCLIDEAN, ElementType.FLOAT32);
        CentredRows rows = centred(new Corpus(space, content, dimension, count, seed).rows());
        int bits = 1 + (int) (seed % dimension);
        requireOrthonormalColumns(new IterativeQuantization(bits, 20, seed).train(rows, Progress.NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64})
    void moreIterationsNeverLoseMore(int bits) {
        CentredRows rows = digits();
        double before = Double.POSITIVE_INFINITY;
        for (int iterations : new int[] {0, 1, 2, 5, 10, 30}) {
            double loss = loss(rows, new IterativeQuantization(bits, iterations, 7).train(rows, Progress.NONE));
            // Apart from rounding: in either turn the loss is the least possible.
            assertTrue(loss <= before * (1 + 1e-5), iterations + " iterations: " + loss + ", before " + before);
            before = loss;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 32, 63})
    void thePrincipalSubspaceHoldsAsMuchVarianceAsTheEigenvectors(int k) {
        CentredRows rows = digits();
        int d = rows.dimension();
        RealMatrix covariance = new Array2DRowRealMatrix(d, d);
        for (float[] row : rows.rows()) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    covariance.addToEntry(i, j, (double) row[i] * row[j]);
                }
            }
        }
        double[] variances = new EigenDecomposition(covariance).getRealEigenvalues();
        double expected = 0;
        for (int i = 0; i < k; i++) {
            expected += variances[i];
        }
        FloatMatrix basis = PrincipalSubspace.of(rows, k, new SplittableRandom(5));
        requireOrthonormalColumns(basis);
        double held = 0;
        float[] y = new float[k];
        for (float[] row : rows.rows()) {
            basis.times(row, y);
            for (float value : y) {
                held += (double) value * value;
            }
        }
        assertEquals(expected, held, 1e-3 * expected);
    }

    @Test
    void trainingCanBeCancelled() {
        CentredRows rows = digits();
        assertEquals(
                "The training of itq was cancelled after 3 iterations",
                assertThrows(
                                CancellationException.class,
                                () -> new IterativeQuantization(8, 50, 1).train(rows, (stage, done, total) -> done < 3))
                        .getMessage());
    }
}
