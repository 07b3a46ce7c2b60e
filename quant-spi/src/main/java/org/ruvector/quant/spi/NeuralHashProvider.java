package org.ruvector.quant.spi;

import java.util.Set;
import java.util.SplittableRandom;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * {@code neural-hash}: signs of the outputs of a network with one hidden layer of {@code 2 · bits} tanh units, at least 256. It starts from
 * the codes of {@code itq}, with random hyperplanes for bits beyond the dimension, and is trained on pairs of neighbours in the
 * sample: the loss is that of stochastic neighbour embedding (G. Hinton and S. Roweis, NIPS 2002) between the metric's
 * neighbourhoods and those of the codes, which are relaxed by {@code tanh} and brought to their signs as training goes on (HashNet, Z. Cao and
 * others, ICCV 2017). Neighbours are the metric's own, so that inner products are learned as well.
 *
 * <p>Whether it beats {@code itq} and {@code hyperplanes} at equal bits depends on the data: by far on images at 64 to 256 bits; on embeddings of
 * sentences at 64 bits, hardly at 128, and not at 256, where {@code itq} is better. Measure before choosing it.
 *
 * <p>The neighbours are found by brute force, {@code O(n² · dimension)} for the {@code n} rows looked at; training takes
 * {@code O(epochs · n · hidden · (dimension + bits))}, which at 784 dimensions and 128 bits was about 0.6 ms per row and epoch. With the defaults
 * and 10,000 such rows all of it took 107 seconds on two cores. Encoding takes {@code O(hidden · (dimension + bits))}. The build's executor is used, and the result does not depend on it. Scores rank codes but
 * are no distances; see {@link Quantizer#estimatesDistances}.
 *
 * <p>Parameters: {@code bits} from 64 to 512, by default 128; {@code epochs} from 0 to 1000, by default 10, more for small samples;
 * {@code sample}, how many rows of the sample are looked at, at least 1, by default 10000; {@code seed}, by default the build's.
 */
public final class NeuralHashProvider implements QuantizerProvider {
    private static final int NEIGHBOURS = 10;
    private static final int ITERATIONS = 10;
    private static final int LEAST_HIDDEN = 256;

    /** For ServiceLoader. */
    public NeuralHashProvider() {}

    @Override
    public String name() {
        return "neural-hash";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private record Options(int bits, int epochs, int sample, long seed) {
        Options {
            if (bits < 64 || bits > 512) {
                throw new IllegalArgumentException("bits is " + bits + "; it must be from 64 to 512");
            }
            if (epochs < 0 || epochs > 1000) {
                throw new IllegalArgumentException("epochs is " + epochs + "; it must be from 0 to 1000");
            }
            if (sample < 1) {
                throw new IllegalArgumentException("sample is " + sample + "; it must be at least 1");
            }
        }

        static Options of(QuantizerSpec spec, long seedByDefault) {
            Parameters parameters = spec.parameters().requireOnly("bits", "epochs", "sample", "seed");
            return new Options(
                    parameters.getInt("bits", 128),
                    parameters.getInt("epochs", 10),
                    parameters.getInt("sample", CentredRows.ENOUGH),
                    parameters.getLong("seed", seedByDefault));
        }

        QuantizerSpec fillIn(QuantizerSpec spec) {
            Parameters parameters = Parameters.none()
                    .with("bits", bits)
                    .with("epochs", epochs)
                    .with("sample", sample)
                    .with("seed", seed);
            return new QuantizerSpec(spec.provider(), parameters, spec.metric(), spec.dimension());
        }

        int hidden() {
            return Math.max(LEAST_HIDDEN, 2 * bits);
        }
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        Options options = Options.of(asked, context.seed());
        QuantizerSpec spec = options.fillIn(asked);
        CentredRows rows = CentredRows.of(Sample.toTrainOn(sample, spec), options.sample);
        SplittableRandom random = new SplittableRandom(options.seed);
        FloatMatrix start = start(rows, options.bits, random, context.progress());
        HashNetwork network = HashNetwork.like(start, rows.rows(), options.hidden(), random);
        NearestRows neighbours = NearestRows.of(sample, rows.ordinals(), NEIGHBOURS, spec, context);
        new NeuralHashing(network, rows.rows(), neighbours, context).train(options.epochs, random.nextLong());
        return HammingQuantizer.of(spec, rows, network);
    }

    /** What {@code itq} learns, and random hyperplanes for the bits beyond the dimension. */
    private static FloatMatrix start(CentredRows rows, int bits, SplittableRandom random, Progress progress) {
        int learned = Math.min(bits, rows.dimension());
        FloatMatrix itq = new IterativeQuantization(learned, ITERATIONS, random.nextLong()).train(rows, progress);
        FloatMatrix start = FloatMatrix.gaussian(rows.dimension(), bits, 1, random);
        for (int i = 0; i < rows.dimension(); i++) {
            System.arraycopy(itq.rows()[i], 0, start.rows()[i], 0, learned);
        }
        return start;
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        Options options = Options.of(asked, BuildContext.DEFAULT_SEED);
        QuantizerSpec spec = options.fillIn(asked);
        int[] sizes = {spec.dimension(), options.hidden(), options.bits};
        return HammingQuantizer.open(file, prefix, spec, HashNetwork.open(file, prefix, sizes));
    }
}
