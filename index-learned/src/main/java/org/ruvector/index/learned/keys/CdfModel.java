package org.ruvector.index.learned.keys;

/**
 * How a model of a {@link RecursiveModelIndex} draws the position of a key as a function of the key: positions over keys are the keys'
 * cumulative distribution function. Keys are given as {@code t}, from 0 at the first key to 1 at the last.
 */
public enum CdfModel {
    /** {@code a + b · t} by least squares. */
    LINEAR(2) {
        @Override
        void fit(Sample sample, double[] to, int at) {
            leastSquares(sample, 0, to, at);
        }

        @Override
        double predict(double[] of, int at, double t) {
            return of[at] + of[at + 1] * t;
        }
    },

    /** {@code a + b · t} through the first and the last key. */
    LINEAR_SPLINE(2) {
        @Override
        void fit(Sample sample, double[] to, int at) {
            int last = sample.size() - 1;
            double width = sample.t(last) - sample.t(0);
            double slope = width > 0 ? (sample.y(last) - sample.y(0)) / width : 0;
            to[at] = sample.y(0) - slope * sample.t(0);
            to[at + 1] = slope;
        }

        @Override
        double predict(double[] of, int at, double t) {
            return of[at] + of[at + 1] * t;
        }
    },

    /**
     * {@code a + b · s + c · s² + d · s³} over {@code s} from 0 at the first key of the model to 1 at its last: through both, with the
     * slopes there of the keys nearby, but no more than thrice the mean slope, so that it never falls.
     */
    CUBIC(6) {
        @Override
        void fit(Sample sample, double[] to, int at) {
            int last = sample.size() - 1;
            int near = Math.max(1, sample.size() / 100);
            double width = sample.t(last) - sample.t(0);
            double rise = sample.y(last) - sample.y(0);
            to[at] = sample.t(0);
            to[at + 1] = width > 0 ? 1 / width : 0;
            double begin = last < 1 ? rise : slope(sample, 0, near, width, rise);
            double end = last < 1 ? rise : slope(sample, last - near, last, width, rise);
            to[at + 2] = sample.y(0);
            to[at + 3] = begin;
            to[at + 4] = 3 * rise - 2 * begin - end;
            to[at + 5] = begin + end - 2 * rise;
        }

        private double slope(Sample sample, int from, int to, double width, double rise) {
            double run = (sample.t(to) - sample.t(from)) / width;
            double slope = run > 0 ? (sample.y(to) - sample.y(from)) / run : 3 * rise;
            return Math.min(slope, 3 * rise);
        }

        @Override
        double predict(double[] of, int at, double t) {
            double s = (t - of[at]) * of[at + 1];
            return of[at + 2] + s * (of[at + 3] + s * (of[at + 4] + s * of[at + 5]));
        }
    },

    /** {@code a + b · ln(t + δ)} by least squares, with the least distance of two keys nearby as {@code δ}: for keys with a long tail. */
    LOG_LINEAR(3) {
        @Override
        void fit(Sample sample, double[] to, int at) {
            int middle = sample.size() / 2;
            double delta = (sample.t(middle) - sample.t(0)) / Math.max(1, middle);
            to[at + 2] = delta > 0 ? delta : Double.MIN_NORMAL;
            leastSquares(sample, to[at + 2], to, at);
        }

        @Override
        double predict(double[] of, int at, double t) {
            return of[at] + of[at + 1] * Math.log(Math.max(0, t) + of[at + 2]);
        }
    },

    /** A small neural network, {@link NeuralCdf}; at the root only. */
    NEURAL(NeuralCdf.COEFFICIENTS) {
        @Override
        void fit(Sample sample, double[] to, int at) {
            NeuralCdf.fit(sample, to, at);
        }

        @Override
        double predict(double[] of, int at, double t) {
            return NeuralCdf.predict(of, at, t);
        }
    };

    private final int coefficients;

    CdfModel(int coefficients) {
        this.coefficients = coefficients;
    }

    /** Numbers that describe one model. */
    int coefficients() {
        return coefficients;
    }

    /** Keys that one model draws, in ascending order, and their positions. */
    interface Sample {
        /** How many, at least one. */
        int size();

        /** The i-th key. */
        double t(int i);

        /** Its position. */
        double y(int i);
    }

    /** Writes the coefficients for these keys. */
    abstract void fit(Sample sample, double[] to, int at);

    /** The position, perhaps outside of all positions. */
    abstract double predict(double[] of, int at, double t);

    /** Over {@code t}, or {@code ln(t + delta)} if delta is above zero. */
    private static void leastSquares(Sample sample, double delta, double[] to, int at) {
        double origin = x(sample.t(0), delta);
        double meanX = 0;
        double meanY = 0;
        double varying = 0;
        double together = 0;
        for (int i = 0; i < sample.size(); i++) {
            double dx = x(sample.t(i), delta) - origin - meanX;
            double dy = sample.y(i) - meanY;
            meanX += dx / (i + 1);
            meanY += dy / (i + 1);
            varying += dx * (x(sample.t(i), delta) - origin - meanX);
            together += dx * (sample.y(i) - meanY);
        }
        double slope = varying > 0 ? together / varying : 0;
        to[at] = meanY - slope * (meanX + origin);
        to[at + 1] = slope;
    }

    private static double x(double t, double delta) {
        return delta > 0 ? Math.log(t + delta) : t;
    }
}
