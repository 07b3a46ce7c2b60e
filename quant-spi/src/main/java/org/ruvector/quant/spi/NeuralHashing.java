package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;

/**
 * Trains a {@link HashNetwork} so that codes are near where vectors are. The signs are relaxed to
 * {@code zᵢ = tanh(β·f(xᵢ)) / √bits}, where {@code β} grows while training (Z. Cao, M. Long, J. Wang and P. Yu, "HashNet: deep learning
 * to hash by continuation", ICCV 2017). Of a batch the loss is that of stochastic neighbour embedding (G. Hinton and S. Roweis,
 * NIPS 2002) but for what is constant, {@code −mean over i of Σ_j p_ij · log q_ij}: {@code p} are the {@link Perplexity}'s
 * probabilities by the metric, and {@code q_ij = exp(zᵢ·z_j/τ) / Σ_{k≠i} exp(zᵢ·z_k/τ)}, for codes of equal length the same as a
 * Gaussian of their distance. {@code τ} is, of some, what makes the loss least to begin with.
 *
 * <p>A batch consists of pairs of neighbours, since few rows drawn at random are near each other. The results do not depend on how many
 * tasks run at once.
 */
final class NeuralHashing {
    private static final int PAIRS = 256;
    private static final Perplexity PERPLEXITY = new Perplexity(5);
    private static final double[] TEMPERATURES = {0.14, 0.1, 0.07, 0.05, 0.035, 0.025, 0.018, 0.0125};
    private static final double RATE = 0.001;
    /** {@code β} at the end; it is 1 to begin with. */
    private static final float STEEPEST = 3;

    private final HashNetwork network;
    private final float[][] rows;
    private final NearestRows neighbours;
    private final BuildContext context;
    /** Weights and biases of both layers, and as many arrays for the loss's derivatives by them. */
    private final float[][] parameters;

    private final float[][] gradients;
    /** Takes a network, which is trained in place, the centred rows, and their neighbours among them. */
    NeuralHashing(HashNetwork network, float[][] rows, NearestRows neighbours, BuildContext context) {
        this.network = network;
        this.rows = rows;
        this.neighbours = neighbours;
        this.context = context;
        this.parameters = arrays(network);
        this.gradients = new float[parameters.length][];
        for (int i = 0; i < parameters.length; i++) {
            gradients[i] = new float[parameters[i].length];
        }
    }

    /** {@code β} and {@code τ}. */
    record Relaxation(float slope, double temperature) {}

    private static float[][] arrays(HashNetwork network) {
        int inputs = network.first().inputs();
        float[][] arrays = Arrays.copyOf(network.first().rows(), inputs + network.hidden() + 2);
        System.arraycopy(network.second().rows(), 0, arrays, inputs, network.hidden());
        arrays[arrays.length - 2] = network.firstBias();
        arrays[arrays.length - 1] = network.secondBias();
        return arrays;
    }

    /** Takes every row as the first of a pair, {@code epochs} times. */
    void train(int epochs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Adam adam = Adam.of(parameters);
        int[] order = IntStream.range(0, rows.length).toArray();
        shuffle(order, random);
        double temperature = epochs > 0 ? temperature(pairs(order, 0, random)) : 1;
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            double part = epoch / (double) epochs;
            double rate = RATE * 0.5 * (1 + Math.cos(Math.PI * part));
            Relaxation relaxation = new Relaxation((float) (1 + part * (STEEPEST - 1)), temperature);
            shuffle(order, random);
            for (int from = 0; from < order.length; from += PAIRS) {
                long done = (long) epoch * order.length + from;
                if (!context.progress().update("train neural-hash", done, (long) epochs * order.length)) {
                    throw new CancellationException("The training of neural-hash was cancelled in epoch " + epoch);
                }
                differentiate(pairs(order, from, random), relaxation);
                int now = ++step;
                Parallel.each(parameters.length, context.workers(), i -> adam.update(i, gradients[i], rate, now));
            }
        }
    }

    private double temperature(int[] batch) {
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double temperature : TEMPERATURES) {
            double loss = differentiate(batch, new Relaxation(STEEPEST, temperature));
            if (loss < least) {
                least = loss;
                best = temperature;
            }
        }
        return best;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
    }

    /** Some of the rows in their order and for each one of its neighbours, no row twice. */
    private int[] pairs(int[] order, int from, SplittableRandom random) {
        LinkedHashSet<Integer> batch = new LinkedHashSet<>();
        for (int i = from; i < Math.min(order.length, from + PAIRS); i++) {
            int[] near = neighbours.nearest()[order[i]];
            batch.add(order[i]);
            if (near.length > 0) {
                batch.add(near[random.nextInt(near.length)]);
            }
        }
        return batch.stream().mapToInt(row -> row).toArray();
    }

    /**
     * Computes the loss of a batch, and its derivatives, which {@link #gradients} then gives.
     *
     * @param batch rows, none twice
     */
    double differentiate(int[] batch, Relaxation relaxation) {
        int n = batch.length;
        int bits = network.bits();
        float[][] inputs = new float[n][];
        float[][] hidden = new float[n][network.hidden()];
        FloatMatrix codes = FloatMatrix.zeros(n, bits);
        float slope = relaxation.slope();
        float unit = (float) (1 / Math.sqrt(bits));
        Parallel.each(n, context.workers(), i -> {
            inputs[i] = rows[batch[i]];
            float[] code = codes.rows()[i];
            network.apply(inputs[i], hidden[i], code);
            for (int j = 0; j < bits; j++) {
                code[j] = (float) Math.tanh(slope * code[j]) * unit;
            }
        });
        FloatMatrix transposed = codes.transposed();
        float[][] bySimilarity = new float[n][n];
        double[] losses = new double[n];
        Parallel.each(n, context.workers(), i -> {
            float[] wanted = new float[n];
            neighbours.distances(batch[i], batch, wanted);
            PERPLEXITY.probabilities(wanted, i);
            transposed.times(codes.rows()[i], bySimilarity[i]);
            losses[i] = contrast(bySimilarity[i], wanted, i, relaxation.temperature());
        });
        FloatMatrix back = network.second().transposed();
        float[][] byOutput = new float[n][bits];
        float[][] byHidden = new float[n][network.hidden()];
        Parallel.each(n, context.workers(), i -> {
            // A similarity belongs to two codes, and came from each as the first.
            float[] both = new float[n];
            for (int j = 0; j < n; j++) {
                both[j] = bySimilarity[i][j] + bySimilarity[j][i];
            }
            codes.times(both, byOutput[i]);
            for (int j = 0; j < bits; j++) {
                float tanh = codes.rows()[i][j] / unit;
                byOutput[i][j] *= slope * unit * (1 - tanh * tanh);
            }
            back.times(byOutput[i], byHidden[i]);
            for (int j = 0; j < byHidden[i].length; j++) {
                byHidden[i][j] *= 1 - hidden[i][j] * hidden[i][j];
            }
        });
        int width = network.first().inputs();
        FloatMatrix byFirst = new FloatMatrix(Arrays.copyOf(gradients, width));
        FloatMatrix bySecond = new FloatMatrix(Arrays.copyOfRange(gradients, width, width + network.hidden()));
        addAll(byFirst, inputs, byHidden);
        addAll(bySecond, hidden, byOutput);
        sum(byHidden, gradients[gradients.length - 2]);
        sum(byOutput, gradients[gradients.length - 1]);
        return Arrays.stream(losses).sum();
    }

    /** Turns similarities to a batch into the loss's derivatives by them, and returns the loss. */
    private static double contrast(float[] similarities, float[] wanted, int own, double temperature) {
        int n = similarities.length;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            greatest = j == own ? greatest : Math.max(greatest, similarities[j]);
        }
        double sum = 0;
        double mean = 0;
        for (int j = 0; j < n; j++) {
            double exponent = j == own ? 0 : (similarities[j] - greatest) / temperature;
            mean += wanted[j] * exponent;
            similarities[j] = j == own ? 0 : (float) Math.exp(exponent);
            sum += similarities[j];
        }
        if (n == 1) {
            return 0;
        }
        double share = 1 / (temperature * n);
        for (int j = 0; j < n; j++) {
            similarities[j] = (float) (share * (similarities[j] / sum - wanted[j]));
        }
        return (Math.log(sum) - mean) / n;
    }

    private void addAll(FloatMatrix sums, float[][] x, float[][] y) {
        int step = 16;
        Parallel.each((sums.inputs() + step - 1) / step, context.workers(), part -> {
            int from = part * step;
            int to = Math.min(sums.inputs(), from + step);
            for (int i = from; i < to; i++) {
                Arrays.fill(sums.rows()[i], 0);
            }
            sums.addProducts(x, y, x.length, from, to);
        });
    }

    private static void sum(float[][] vectors, float[] sum) {
        Arrays.fill(sum, 0);
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
    }

    /** By weight and bias, in the order of {@link #parameters}. */
    float[][] gradients() {
        return gradients;
    }

    float[][] parameters() {
        return parameters;
    }
}
