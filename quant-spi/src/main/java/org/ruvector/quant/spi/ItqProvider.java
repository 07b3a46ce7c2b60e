package org.ruvector.quant.spi;

import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * {@code itq}: signs of the centred vector's leading principal components after a rotation that brings them near to their signs
 * (Y. Gong and S. Lazebnik, "Iterative quantization: a Procrustean approach to learning binary codes", CVPR 2011). Training takes
 * {@code O(n · bits · (dimension + iterations · bits))} for the {@code n} rows looked at; encoding {@code O(dimension · bits)}. Scores
 * rank codes but are no distances; see {@link Quantizer#estimatesDistances}.
 *
 * <p>Parameters: {@code bits} from 1 to the dimension, by default 64 or the dimension if that is less: there are no more principal
 * components, so for longer codes take {@code hyperplanes} or {@code neural-hash}; {@code iterations} from 0 to 1000, by default 50 as in
 * the paper; {@code sample}, how many rows of the sample are looked at, at least 1, by default 10000; {@code seed}, by default the
 * build's.
 */
public final class ItqProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public ItqProvider() {}

    @Override
    public String name() {
        return "itq";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private record Options(int bits, int iterations, int sample, long seed) {
        Options {
            if (iterations < 0 || iterations > 1000) {
                throw new IllegalArgumentException("iterations is " + iterations + "; it must be from 0 to 1000");
            }
            if (sample < 1) {
                throw new IllegalArgumentException("sample is " + sample + "; it must be at least 1");
            }
        }

        static Options of(QuantizerSpec spec, long seedByDefault) {
            Parameters parameters = spec.parameters().requireOnly("bits", "iterations", "sample", "seed");
            int bits = parameters.getInt("bits", Math.min(64, spec.dimension()));
            if (bits < 1 || bits > spec.dimension()) {
                throw new IllegalArgumentException("bits is " + bits + "; it must be from 1 to the dimension, "
                        + spec.dimension() + ": for longer codes take hyperplanes or neural-hash");
            }
            return new Options(
                    bits,
                    parameters.getInt("iterations", 50),
                    parameters.getInt("sample", CentredRows.ENOUGH),
                    parameters.getLong("seed", seedByDefault));
        }

        QuantizerSpec fillIn(QuantizerSpec spec) {
            Parameters parameters = Parameters.none()
                    .with("bits", bits)
                    .with("iterations", iterations)
                    .with("sample", sample)
                    .with("seed", seed);
            return new QuantizerSpec(spec.provider(), parameters, spec.metric(), spec.dimension());
        }
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        Options options = Options.of(asked, context.seed());
        QuantizerSpec spec = options.fillIn(asked);
        CentredRows rows = CentredRows.of(Sample.toTrainOn(sample, spec), options.sample);
        FloatMatrix matrix = new IterativeQuantization(options.bits, options.iterations, options.seed)
                .train(rows, context.progress());
        return HammingQuantizer.of(spec, rows, new HashFunction.Linear(matrix));
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        Options options = Options.of(asked, BuildContext.DEFAULT_SEED);
        QuantizerSpec spec = options.fillIn(asked);
        HashFunction.Linear function = HashFunction.Linear.open(file, prefix, spec.dimension(), options.bits);
        return HammingQuantizer.open(file, prefix, spec, function);
    }
}
