package org.ruvector.quant.spi;

import java.io.IOException;
import java.util.SplittableRandom;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/** A network with one hidden layer: {@code f(x) = tanh(x·W₁ + b₁)·W₂ + b₂}. The arrays change only while it is trained. */
record HashNetwork(FloatMatrix first, float[] firstBias, FloatMatrix second, float[] secondBias)
        implements HashFunction {

    /**
     * A network whose outputs have the signs of {@code x·M}: a hidden unit for each column, scaled to inputs of the size of 1 over the given
     * rows, and others that count for nothing until they are trained.
     */
    static HashNetwork like(FloatMatrix matrix, float[][] rows, int hidden, SplittableRandom random) {
        int inputs = matrix.inputs();
        int bits = matrix.outputs();
        double[] squares = new double[bits];
        float[] y = new float[bits];
        for (float[] row : rows) {
            matrix.times(row, y);
            for (int j = 0; j < bits; j++) {
                squares[j] += (double) y[j] * y[j];
            }
        }
        FloatMatrix first = FloatMatrix.gaussian(inputs, hidden, 1 / Math.sqrt(inputs), random);
        FloatMatrix second = FloatMatrix.zeros(hidden, bits);
        for (int j = 0; j < bits; j++) {
            double size = Math.sqrt(squares[j] / rows.length);
            for (int i = 0; i < inputs; i++) {
                first.rows()[i][j] = (float) (matrix.rows()[i][j] / (size > 0 ? size : 1));
            }
            second.rows()[j][j] = 1;
        }
        return new HashNetwork(first, new float[hidden], second, new float[bits]);
    }

    static HashNetwork open(SectionReader file, String prefix, int[] sizes) {
        int inputs = sizes[0];
        int hidden = sizes[1];
        int bits = sizes[2];
        return new HashNetwork(
                FloatMatrix.of(Floats.read(file, prefix + "first", inputs * hidden), inputs, hidden),
                Floats.read(file, prefix + "first-bias", hidden),
                FloatMatrix.of(Floats.read(file, prefix + "second", hidden * bits), hidden, bits),
                Floats.read(file, prefix + "second-bias", bits));
    }

    int hidden() {
        return firstBias.length;
    }

    @Override
    public int bits() {
        return secondBias.length;
    }

    @Override
    public void apply(float[] x, float[] y) {
        apply(x, new float[hidden()], y);
    }

    /** Computes {@code y = f(x)} and shows the hidden layer. */
    void apply(float[] x, float[] h, float[] y) {
        first.times(x, h);
        for (int i = 0; i < h.length; i++) {
            h[i] = (float) Math.tanh(h[i] + firstBias[i]);
        }
        second.times(h, y);
        for (int i = 0; i < y.length; i++) {
            y[i] += secondBias[i];
        }
    }

    @Override
    public void pullBack(float[] y, float[] x) {
        float[] h = new float[hidden()];
        second.timesColumn(y, h);
        for (int i = 0; i < h.length; i++) {
            double tanh = Math.tanh(firstBias[i]);
            h[i] *= (float) (1 - tanh * tanh);
        }
        first.timesColumn(h, x);
    }

    @Override
    public void save(SectionWriter file, String prefix) throws IOException {
        Floats.write(file, prefix + "first", first.flat());
        Floats.write(file, prefix + "first-bias", firstBias);
        Floats.write(file, prefix + "second", second.flat());
        Floats.write(file, prefix + "second-bias", secondBias);
    }
}
