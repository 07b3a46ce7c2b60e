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
 * {@code rabitq}: the centred vector, rotated at random, as the nearest direction of a grid (J. Gao and C. Long, "RaBitQ: quantizing
 * high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search", SIGMOD 2024; with several
 * bits, J. Gao and others, SIGMOD 2025). Estimates are unbiased; the error of an inner
 * product of vectors whose distance from the mean is 1 is {@code O(1 / (2^bits · √dimension))} with high probability: its standard
 * deviation is below 1.8 times that.
 *
 * <p>Parameters: {@code bits} from 1 (default) to 8; {@code seed}, of the rotation, by default the build's.
 */
public final class RabitqProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public RabitqProvider() {}

    @Override
    public String name() {
        return "rabitq";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        QuantizerSpec spec = filledIn(asked, context.seed());
        return of(spec, Sample.toTrainOn(sample, spec).mean());
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        QuantizerSpec spec = filledIn(asked, BuildContext.DEFAULT_SEED);
        return of(spec, Floats.read(file, prefix + "mean", spec.dimension()));
    }

    private static QuantizerSpec filledIn(QuantizerSpec spec, long defaultSeed) {
        Parameters parameters = spec.parameters().requireOnly("bits", "seed");
        int bits = parameters.getInt("bits", 1);
        if (bits < 1 || bits > 8) {
            throw new IllegalArgumentException("bits is " + bits + "; it must be from 1 to 8");
        }
        Parameters filledIn =
                Parameters.none().with("bits", bits).with("seed", parameters.getLong("seed", defaultSeed));
        return new QuantizerSpec(spec.provider(), filledIn, spec.metric(), spec.dimension());
    }

    private static Quantizer of(QuantizerSpec spec, float[] mean) {
        HadamardRotation rotation =
                new HadamardRotation(spec.dimension(), spec.parameters().getLong("seed", 0));
        Rounding rounding = new Rounding.NearestDirection(spec.parameters().getInt("bits", 1));
        return new AffineQuantizer(spec, mean, rotation, rounding);
    }
}
