package org.ruvector.quant.spi;

import java.io.IOException;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/** A map {@code f} of centred vectors whose outputs' signs are the bits of a code. Immutable and thread-safe. */
sealed interface HashFunction permits HashFunction.Identity, HashFunction.Linear, HashNetwork {

    /** Number of outputs. */
    int bits();

    /**
     * Computes {@code y = f(x)}.
     *
     * @param x the centred vector, unchanged
     * @param y receives {@link #bits} floats; another array than {@code x}
     */
    void apply(float[] x, float[] y);

    /**
     * Computes {@code x = Jᵀy}, where {@code J} is the derivative of {@code f} at 0.
     *
     * @param y {@link #bits} floats, unchanged
     * @param x receives as many floats as a vector has coordinates; another array than {@code y}
     */
    void pullBack(float[] y, float[] x);

    /** Writes what it consists of into sections whose names begin with {@code prefix}. */
    void save(SectionWriter file, String prefix) throws IOException;

    /** The coordinates themselves. */
    record Identity(int bits) implements HashFunction {
        @Override
        public void apply(float[] x, float[] y) {
            System.arraycopy(x, 0, y, 0, bits);
        }

        @Override
        public void pullBack(float[] y, float[] x) {
            System.arraycopy(y, 0, x, 0, bits);
        }

        @Override
        public void save(SectionWriter file, String prefix) {
            // There is nothing to know but the number of bits, which is the dimension.
        }
    }

    /** Inner products with the columns of a matrix. */
    record Linear(FloatMatrix matrix) implements HashFunction {
        static Linear open(SectionReader file, String prefix, int dimension, int bits) {
            return new Linear(FloatMatrix.of(Floats.read(file, prefix + "matrix", dimension * bits), dimension, bits));
        }

        @Override
        public int bits() {
            return matrix.outputs();
        }

        @Override
        public void apply(float[] x, float[] y) {
            matrix.times(x, y);
        }

        @Override
        public void pullBack(float[] y, float[] x) {
            matrix.timesColumn(y, x);
        }

        @Override
        public void save(SectionWriter file, String prefix) throws IOException {
            Floats.write(file, prefix + "matrix", matrix.flat());
        }
    }
}
