package org.ruvector.index.learned;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;

/**
 * Softmax regression: the probability that a neighbour of the query {@code q} lies in cluster {@code l} is proportional to
 * {@code exp(⟨aₗ, q⟩ + bₗ)}. It begins where these are ordered like the distances to the centres, {@code aₗ = 2 τ cₗ} and
 * {@code bₗ = −τ |cₗ|²} for Euclidean distance, and descends by Adam (D. Kingma and J. Ba, ICLR 2015) along the cross-entropy with the
 * clusters of the true neighbours (T. Vecchiato, C. Lucchese, F. M. Nardini and S. Bruch, "A learning-to-rank formulation of
 * clustering-based approximate nearest neighbor search", SIGIR 2024). A fifth of the queries is held out: the weights that are kept are
 * those that do best on them, which may be the first.
 */
final class RoutingModel {

    private static final int BATCH = 128;
    private static final int HELD_OUT = 5;
    private static final int PATIENCE = 3;
    private static final double RATE = 2e-3;
    private static final double DECAY_OF_MEAN = 0.9;
    private static final double DECAY_OF_SQUARE = 0.999;
    private static final double TINY = 1e-8;

    private final BuildContext context;
    private final int clusters;
    private final int dimension;
    private final int epochs;
    /** For each cluster {@code a}, then {@code b}, in the space of {@link #inputs}. */
    private float[] weights;
    /** Queries moved and scaled so that their mean is zero and their mean square length is one; the last entry is one. */
    private final float[][] inputs;

    private final int[][] answers;
    private final float[] mean;
    private final double scale;

    private RoutingModel(BuildContext context, float[][] centres, float[][] queries, int[][] answers, int epochs) {
        this.context = context;
        this.epochs = epochs;
        this.answers = answers;
        clusters = centres.length;
        dimension = centres[0].length;
        mean = new float[dimension];
        double square = 0;
        for (float[] query : queries) {
            for (int i = 0; i < dimension; i++) {
                mean[i] += query[i] / queries.length;
            }
        }
        for (float[] query : queries) {
            for (int i = 0; i < dimension; i++) {
                square += ((double) query[i] - mean[i]) * ((double) query[i] - mean[i]) / queries.length;
            }
        }
        scale = square > 0 ? 1 / Math.sqrt(square) : 1;
        inputs = new float[queries.length][];
        Arrays.setAll(inputs, q -> input(queries[q]));
    }

    /**
     * Learns.
     *
     * @param centres of the clusters; under cosine of unit length, and so are the queries
     * @param answers for each query the clusters of its neighbours
     * @param epochs  how often each query is looked at, at most
     * @return for each cluster {@code a}, then {@code b}
     */
    static float[][] train(
            BuildContext context, Metric metric, float[][] centres, float[][] queries, int[][] answers, int epochs) {
        RoutingModel model = new RoutingModel(context, centres, queries, answers, epochs);
        model.begin(metric, centres);
        model.descend();
        return model.unscaled();
    }

    /** What puts clusters in the order of the distances to their centres. */
    static float[][] byDistance(Metric metric, float[][] centres, int dimension) {
        float[][] rows = new float[centres.length][dimension + 1];
        for (int l = 0; l < centres.length; l++) {
            double square = 0;
            for (int i = 0; i < dimension; i++) {
                rows[l][i] = 2 * centres[l][i];
                square += (double) centres[l][i] * centres[l][i];
            }
            rows[l][dimension] = metric == Metric.EUCLIDEAN ? (float) -square : 0;
        }
        return rows;
    }

    private float[] input(float[] query) {
        float[] x = new float[dimension + 1];
        for (int i = 0; i < dimension; i++) {
            x[i] = (float) ((query[i] - mean[i]) * scale);
        }
        x[dimension] = 1;
        return x;
    }

    /** Chooses the {@code τ} that is likeliest. */
    private void begin(Metric metric, float[][] centres) {
        double best = Double.POSITIVE_INFINITY;
        float[] chosen = null;
        for (double tau = 0.25; tau <= 1024; tau *= 2) {
            weights = new float[clusters * (dimension + 1)];
            for (int l = 0; l < clusters; l++) {
                double offset = 0;
                for (int i = 0; i < dimension; i++) {
                    // In the space of the inputs; what is the same for all clusters is left out.
                    double c = metric == Metric.EUCLIDEAN
                            ? (centres[l][i] - (double) mean[i]) * scale
                            : centres[l][i] * scale;
                    weights[l * (dimension + 1) + i] = (float) (2 * tau * c);
                    offset += metric == Metric.EUCLIDEAN ? -tau * c * c : 2 * tau * c * mean[i] * scale;
                }
                weights[l * (dimension + 1) + dimension] = (float) offset;
            }
            double loss = heldOut();
            if (!(loss >= best)) {
                best = loss;
                chosen = weights;
            }
        }
        weights = chosen;
    }

    private void descend() {
        float[] best = weights.clone();
        double least = heldOut();
        double[] means = new double[weights.length];
        double[] squares = new double[weights.length];
        int[] order = new int[inputs.length];
        int n = 0;
        for (int q = 0; q < inputs.length; q++) {
            if (q % HELD_OUT > 0) {
                order[n++] = q;
            }
        }
        SplittableRandom random = new SplittableRandom(context.seed());
        int step = 0;
        int waited = 0;
        for (int epoch = 0; epoch < epochs && waited < PATIENCE; epoch++) {
            if (!context.progress().update("learn routes", epoch, epochs)) {
                throw new CancellationException(
                        "Learning routes was cancelled after " + epoch + " of " + epochs + " rounds");
            }
            shuffle(order, n, random);
            for (int from = 0; from < n; from += BATCH) {
                step(Arrays.copyOfRange(order, from, Math.min(n, from + BATCH)), ++step, means, squares);
            }
            double loss = heldOut();
            waited++;
            if (loss < least) {
                least = loss;
                best = weights.clone();
                waited = 0;
            }
        }
        weights = best;
        context.progress().update("learn routes", epochs, epochs);
    }

    private static void shuffle(int[] order, int n, SplittableRandom random) {
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[j];
            order[j] = order[i];
            order[i] = other;
        }
    }

    private void step(int[] batch, int number, double[] means, double[] squares) {
        float[][] errors = new float[batch.length][clusters];
        inParallel(batch.length, i -> {
            loss(batch[i], errors[i]);
            for (int answer : answers[batch[i]]) {
                errors[i][answer] -= 1f / answers[batch[i]].length;
            }
        });
        int width = dimension + 1;
        double ofMean = 1 - Math.pow(DECAY_OF_MEAN, number);
        double ofSquare = 1 - Math.pow(DECAY_OF_SQUARE, number);
        // Each cluster's weights are one task's: the sums do not depend on the number of threads.
        inParallel(clusters, l -> {
            float[] gradient = new float[width];
            for (int i = 0; i < batch.length; i++) {
                float error = errors[i][l] / batch.length;
                float[] x = inputs[batch[i]];
                for (int j = 0; j < width; j++) {
                    gradient[j] += error * x[j];
                }
            }
            for (int j = 0; j < width; j++) {
                int at = l * width + j;
                means[at] = DECAY_OF_MEAN * means[at] + (1 - DECAY_OF_MEAN) * gradient[j];
                squares[at] = DECAY_OF_SQUARE * squares[at] + (1 - DECAY_OF_SQUARE) * gradient[j] * gradient[j];
                weights[at] -= (float) (RATE * (means[at] / ofMean) / (Math.sqrt(squares[at] / ofSquare) + TINY));
            }
        });
    }

    /** Cross-entropy of one query's answers; {@code probabilities} receives those of all clusters. */
    private double loss(int query, float[] probabilities) {
        int width = dimension + 1;
        float[] x = inputs[query];
        float most = Float.NEGATIVE_INFINITY;
        for (int l = 0; l < clusters; l++) {
            float sum = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            int at = l * width;
            int j = 0;
            for (; j + 4 <= width; j += 4) {
                sum += weights[at + j] * x[j];
                sum1 += weights[at + j + 1] * x[j + 1];
                sum2 += weights[at + j + 2] * x[j + 2];
                sum3 += weights[at + j + 3] * x[j + 3];
            }
            for (; j < width; j++) {
                sum += weights[at + j] * x[j];
            }
            probabilities[l] = sum + sum1 + (sum2 + sum3);
            most = Math.max(most, probabilities[l]);
        }
        double total = 0;
        double wanted = 0;
        for (int answer : answers[query]) {
            wanted += probabilities[answer] - most;
        }
        for (int l = 0; l < clusters; l++) {
            probabilities[l] = (float) Math.exp(probabilities[l] - most);
            total += probabilities[l];
        }
        for (int l = 0; l < clusters; l++) {
            probabilities[l] /= (float) total;
        }
        return Math.log(total) - wanted / answers[query].length;
    }

    private double heldOut() {
        int n = (inputs.length + HELD_OUT - 1) / HELD_OUT;
        double[] losses = new double[n];
        inParallel(n, i -> losses[i] = loss(i * HELD_OUT, new float[clusters]));
        return Arrays.stream(losses).sum() / n;
    }

    private void inParallel(int n, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        context.workers().run(() -> {
            try {
                for (int i; (i = next.getAndIncrement()) < n; ) {
                    task.accept(i);
                }
            } finally {
                next.set(n);
            }
        });
    }

    /** For queries as they are. */
    private float[][] unscaled() {
        float[][] rows = new float[clusters][dimension + 1];
        for (int l = 0; l < clusters; l++) {
            int at = l * (dimension + 1);
            double offset = weights[at + dimension];
            for (int i = 0; i < dimension; i++) {
                double a = weights[at + i] * scale;
                rows[l][i] = (float) a;
                offset -= a * mean[i];
            }
            rows[l][dimension] = (float) offset;
        }
        return rows;
    }
}
