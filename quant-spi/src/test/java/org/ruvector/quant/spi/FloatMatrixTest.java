package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class FloatMatrixTest {

    @Property(tries = 60, seed = "1")
    void productsAreSumsOfProducts(
            @ForAll @IntRange(min = 1, max = 21) int inputs,
            @ForAll @IntRange(min = 1, max = 37) int outputs,
            @ForAll @IntRange(max = 9) int count) {
        SplittableRandom random = new SplittableRandom(inputs * 1000L + outputs);
        FloatMatrix m = FloatMatrix.gaussian(inputs, outputs, 2, random);
        float[][] x = FloatMatrix.gaussian(count + 1, inputs, 1, random).rows();
        float[][] y = FloatMatrix.gaussian(count + 1, outputs, 1, random).rows();
        float[] right = new float[outputs];
        float[] left = new float[inputs];
        m.times(x[0], right);
        m.timesColumn(y[0], left);
        int from = inputs / 3;
        FloatMatrix sums = FloatMatrix.of(m.flat(), inputs, outputs);
        sums.addProducts(x, y, count, from, inputs);
        double[] expectedRight = new double[outputs];
        double[] expectedLeft = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                expectedRight[j] += (double) x[0][i] * m.rows()[i][j];
                expectedLeft[i] += (double) y[0][j] * m.rows()[i][j];
                double sum = m.rows()[i][j];
                for (int r = 0; i >= from && r < count; r++) {
                    sum += (double) x[r][i] * y[r][j];
                }
                assertEquals(sum, sums.rows()[i][j], 1e-4);
                assertEquals(m.rows()[i][j], m.transposed().rows()[j][i]);
            }
        }
        for (int j = 0; j < outputs; j++) {
            assertEquals(expectedRight[j], right[j], 1e-4);
        }
        for (int i = 0; i < inputs; i++) {
            assertEquals(expectedLeft[i], left[i], 1e-4);
        }
        assertArrayEquals(m.flat(), FloatMatrix.of(m.flat(), inputs, outputs).flat());
    }
}
