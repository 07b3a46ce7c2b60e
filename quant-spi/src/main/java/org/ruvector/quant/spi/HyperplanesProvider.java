package org.ruvector.quant.spi;

import java.util.Set;
import java.util.SplittableRandom;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * {@code hyperplanes}: on which side of random hyperplanes through the mean a vector lies (M. Charikar, "Similarity estimation
 * techniques from rounding algorithms", STOC 2002). Two codes differ in a bit with probability {@code θ/π}, where {@code θ} is the
 * angle between the two centred vectors, so that the Hamming distance estimates the angle with a standard deviation below
 * {@code π / (2·√bits)}. Encoding takes {@code O(dimension · bits)}. Scores rank codes but are no distances; see
 * {@link Quantizer#estimatesDistances}.
 *
 * <p>Parameters: {@code bits} from 32 to 4096, by default 256; {@code seed}, by default the build's.
 */
public final class HyperplanesProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public HyperplanesProvider() {}

    @Override
    public String name() {
        return "hyperplanes";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private record Options(int bits, long seed) {
        static Options of(QuantizerSpec spec, long seedByDefault) {
            Parameters parameters = spec.parameters().requireOnly("bits", "seed");
            int bits = parameters.getInt("bits", 256);
            if (bits < 32 || bits > 4096) {
                throw new IllegalArgumentException("bits is " + bits + "; it must be from 32 to 4096");
            }
            return new Options(bits, parameters.getLong("seed", seedByDefault));
        }

        QuantizerSpec fillIn(QuantizerSpec spec) {
            Parameters parameters = Parameters.none().with("bits", bits).with("seed", seed);
            return new QuantizerSpec(spec.provider(), parameters, spec.metric(), spec.dimension());
        }
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        Options options = Options.of(asked, context.seed());
        QuantizerSpec spec = options.fillIn(asked);
        CentredRows rows = CentredRows.of(Sample.toTrainOn(sample, spec), CentredRows.ENOUGH);
        SplittableRandom random = new SplittableRandom(options.seed);
        FloatMatrix normals = FloatMatrix.gaussian(spec.dimension(), options.bits, 1, random);
        return HammingQuantizer.of(spec, rows, new HashFunction.Linear(normals));
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        Options options = Options.of(asked, BuildContext.DEFAULT_SEED);
        QuantizerSpec spec = options.fillIn(asked);
        // The normals are read, not drawn again: Java does not promise that normal numbers of a seed stay the same.
        HashFunction.Linear function = HashFunction.Linear.open(file, prefix, spec.dimension(), options.bits);
        return HammingQuantizer.open(file, prefix, spec, function);
    }
}
