package org.ruvector.index.learned.keys;

import java.util.SplittableRandom;

/**
 * One hidden layer of {@value #UNITS} rectified linear units, {@code y = c + Σ vⱼ · max(0, t − bⱼ)}: the root that "The case for learned
 * index structures" (Kraska and others, SIGMOD 2018) proposes, at the size that a look-up can pay for. Begins with kinks at the
 * quantiles of the keys and the slopes between them, and is trained by stochastic gradient descent with a falling rate on up to
 * 16,384 keys, in an order drawn from a fixed seed. What it may have unlearned about the order of keys costs time, not truth.
 */
final class NeuralCdf {

    static final int UNITS = 16;

    /** The output's offset, and for each unit its kink and its weight. */
    static final int COEFFICIENTS = 1 + 2 * UNITS;

    private static final int TRAINED_ON = 1 << 14;
    private static final int ROUNDS = 20;
    private static final double RATE = 1e-3;
    private static final long SEED = 42;

    private NeuralCdf() {}

    static double predict(double[] of, int at, double t) {
        double y = of[at];
        for (int j = 0; j < UNITS; j++) {
            y += of[at + 1 + UNITS + j] * Math.max(0, t - of[at + 1 + j]);
        }
        return y;
    }

    static void fit(CdfModel.Sample sample, double[] to, int at) {
        int last = sample.size() - 1;
        to[at] = sample.y(0);
        double before = 0;
        for (int j = 0; j < UNITS; j++) {
            int left = (int) ((long) last * j / UNITS);
            int right = (int) ((long) last * (j + 1) / UNITS);
            double width = sample.t(right) - sample.t(left);
            double slope = width > 0 ? (sample.y(right) - sample.y(left)) / width : before;
            to[at + 1 + j] = sample.t(left);
            to[at + 1 + UNITS + j] = slope - before;
            before = slope;
        }
        train(sample, to, at);
    }

    private static void train(CdfModel.Sample sample, double[] to, int at) {
        SplittableRandom random = new SplittableRandom(SEED);
        int steps = ROUNDS * Math.min(TRAINED_ON, sample.size());
        for (int step = 0; step < steps; step++) {
            int i = random.nextInt(sample.size());
            double t = sample.t(i);
            double error = sample.y(i) - predict(to, at, t);
            double squares = 1;
            for (int j = 0; j < UNITS; j++) {
                double active = Math.max(0, t - to[at + 1 + j]);
                squares += active * active;
            }
            // Divided by the squared length of the gradient (normalized least mean squares): no step overshoots,
            // whatever the scale.
            double rate = RATE * (1 - (double) step / steps) * error / squares;
            to[at] += rate;
            for (int j = 0; j < UNITS; j++) {
                to[at + 1 + UNITS + j] += rate * Math.max(0, t - to[at + 1 + j]);
            }
        }
    }
}
