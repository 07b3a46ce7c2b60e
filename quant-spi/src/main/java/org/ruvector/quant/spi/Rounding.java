package org.ruvector.quant.spi;

/**
 * How coordinates become integers of a few bits: coordinate {@code yᵢ} is approximated by {@code a·offsetᵢ + s·stepᵢ·cᵢ}, where
 * {@code c} is the code, {@code a} and {@code s} are the vector's own and offset and step are shared by all. Immutable.
 */
sealed interface Rounding permits Rounding.OwnRange, Rounding.ColumnRanges, Rounding.NearestDirection {

    /** Bits per coordinate, 1 to 8. */
    int bits();

    /** The shared offsets; {@code null} if all are 1. */
    default float[] offsets() {
        return null;
    }

    /** The shared steps; {@code null} if all are 1. */
    default float[] steps() {
        return null;
    }

    /**
     * Rounds a vector.
     *
     * @param codes receives a code for each coordinate, 0 to {@code 2^bits − 1}
     * @param own   receives {@code a} and {@code s}
     */
    void round(float[] vector, int[] codes, double[] own);

    /** Equal steps between the least and the greatest coordinate of each vector. */
    record OwnRange(int bits) implements Rounding {
        @Override
        public void round(float[] vector, int[] codes, double[] own) {
            float least = vector[0];
            float greatest = vector[0];
            for (float x : vector) {
                least = Math.min(least, x);
                greatest = Math.max(greatest, x);
            }
            int top = (1 << bits) - 1;
            double step = ((double) greatest - least) / top;
            for (int i = 0; i < vector.length; i++) {
                codes[i] = step > 0 ? Math.clamp(Math.round((vector[i] - (double) least) / step), 0, top) : 0;
            }
            own[0] = least;
            own[1] = step;
        }
    }

    /** Equal steps between the least and the greatest value that each coordinate had in the sample. */
    record ColumnRanges(int bits, float[] offsets, float[] steps) implements Rounding {
        @Override
        public void round(float[] vector, int[] codes, double[] own) {
            int top = (1 << bits) - 1;
            for (int i = 0; i < vector.length; i++) {
                double steps = this.steps[i] > 0 ? ((double) vector[i] - offsets[i]) / this.steps[i] : 0;
                codes[i] = Math.clamp(Math.round(steps), 0, top);
            }
            own[0] = 1;
            own[1] = 1;
        }
    }

    /**
     * The grid point {@code c − (2^bits − 1)/2} whose direction is nearest to the vector's (J. Gao and others, "Practical and
     * asymptotically optimal quantization of high-dimensional vectors in Euclidean space for approximate nearest neighbor
     * search", SIGMOD 2025). With one bit these are the signs; with more the vector is scaled before it is rounded, and of
     * a few scales the best is taken.
     */
    record NearestDirection(int bits) implements Rounding {
        /**
         * The step that is best for normally distributed coordinates of unit variance, for each number of bits (J. Max, "Quantizing for
         * minimum distortion", IRE Transactions on Information Theory, 1960). Rotated vectors are nearly that.
         */
        private static final double[] STEP = {0, 2, 0.9957, 0.5860, 0.3352, 0.1881, 0.1041, 0.0569, 0.0308};

        /** Steps tried, as multiples of it: vectors differ, above all where they are short. */
        private static final double[] TRIED = {0.7, 0.8, 0.9, 1, 1.12, 1.25};

        @Override
        public void round(float[] vector, int[] codes, double[] own) {
            int half = 1 << (bits - 1);
            double squares = 0;
            for (float x : vector) {
                squares += (double) x * x;
            }
            double step = STEP[bits] * Math.sqrt(squares / vector.length);
            double best = -1;
            double scale = 0;
            for (int i = 0; bits > 1 && step > 0 && i < TRIED.length; i++) {
                double tried = 1 / (step * TRIED[i]);
                double cosine = cosine(vector, (float) tried, half);
                if (cosine > best) {
                    best = cosine;
                    scale = tried;
                }
            }
            for (int i = 0; i < vector.length; i++) {
                int level = Math.min(half - 1, (int) (Math.abs(vector[i]) * (float) scale));
                codes[i] = vector[i] >= 0 ? half + level : half - 1 - level;
            }
            own[0] = 0.5 - half;
            own[1] = 1;
        }

        /** The cosine between the vector and its grid point, but for the vector's length. */
        private static double cosine(float[] vector, float scale, int half) {
            float dot = 0;
            float squares = 0;
            for (float x : vector) {
                float size = Math.abs(x);
                float level = Math.min(half - 1, (int) (size * scale)) + 0.5f;
                dot += level * size;
                squares += level * level;
            }
            return dot / Math.sqrt(squares);
        }
    }
}
