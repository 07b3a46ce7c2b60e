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
 * {@code rotational}: a fast pseudo-random rotation of the centred vector, then equal steps within each vector's range, or its signs.
 * Nothing is learnt but the mean, as in Weaviate's rotational quantization. With one bit the same as {@code rabitq}.
 *
 * <p>Parameters: {@code bits}, 8 (default) or 1; {@code seed}, by default the build's.
 */
public final class RotationalProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public RotationalProvider() {}

    @Override
    public String name() {
        return "rotational";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec spec, BuildContext context) {
        return of(spec, context.seed(), Sample.toTrainOn(sample, spec).mean());
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec spec) {
        return of(spec, BuildContext.DEFAULT_SEED, Floats.read(file, prefix + "mean", spec.dimension()));
    }

    private static Quantizer of(QuantizerSpec asked, long seedByDefault, float[] mean) {
        Parameters parameters = asked.parameters().requireOnly("bits", "seed");
        int bits = parameters.getInt("bits", 8);
        if (bits != 1 && bits != 8) {
            throw new IllegalArgumentException("bits is " + bits + "; it must be 8 or 1");
        }
        long seed = parameters.getLong("seed", seedByDefault);
        Parameters filledIn = Parameters.none().with("bits", bits).with("seed", seed);
        QuantizerSpec spec = new QuantizerSpec(asked.provider(), filledIn, asked.metric(), asked.dimension());
        Rounding rounding = bits == 1 ? new Rounding.NearestDirection(1) : new Rounding.OwnRange(8);
        return new AffineQuantizer(spec, mean, new HadamardRotation(asked.dimension(), seed), rounding);
    }
}
