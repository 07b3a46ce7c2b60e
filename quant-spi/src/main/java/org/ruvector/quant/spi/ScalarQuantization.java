package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/** What {@code sq8} and {@code sq4} share: equal steps within the range of each vector or of each dimension. */
abstract sealed class ScalarQuantization implements QuantizerProvider permits Sq4Provider, Sq8Provider {
    private static final String PER = "per";
    private static final String VECTOR = "vector";
    private static final String DIMENSION = "dimension";

    private final int bits;

    ScalarQuantization(int bits) {
        this.bits = bits;
    }

    @Override
    public String name() {
        return "sq" + bits;
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private static boolean perVector(QuantizerSpec spec) {
        String per = spec.parameters().requireOnly(PER).getText(PER, VECTOR);
        if (!per.equals(VECTOR) && !per.equals(DIMENSION)) {
            throw new IllegalArgumentException("per is " + per + "; it must be vector or dimension");
        }
        return per.equals(VECTOR);
    }

    private static QuantizerSpec filledIn(QuantizerSpec spec, boolean perVector) {
        Parameters parameters = Parameters.none().with(PER, perVector ? VECTOR : DIMENSION);
        return new QuantizerSpec(spec.provider(), parameters, spec.metric(), spec.dimension());
    }

    @Override
    public Quantizer train(VectorRows rows, QuantizerSpec asked, BuildContext context) {
        boolean perVector = perVector(asked);
        QuantizerSpec spec = filledIn(asked, perVector);
        Sample sample = Sample.toTrainOn(rows, spec);
        float[] mean = sample.mean();
        Rounding rounding = perVector ? new Rounding.OwnRange(bits) : ranges(sample, mean);
        return new AffineQuantizer(spec, mean, null, rounding);
    }

    private Rounding ranges(Sample sample, float[] mean) {
        float[] least = new float[mean.length];
        float[] greatest = new float[mean.length];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
        float[] row = new float[mean.length];
        for (int i = 0; i < sample.count(); i++) {
            sample.row(i, row);
            for (int j = 0; j < row.length; j++) {
                least[j] = Math.min(least[j], row[j] - mean[j]);
                greatest[j] = Math.max(greatest[j], row[j] - mean[j]);
            }
        }
        for (int j = 0; j < least.length; j++) {
            greatest[j] = (greatest[j] - least[j]) / ((1 << bits) - 1);
        }
        return new Rounding.ColumnRanges(bits, least, greatest);
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        boolean perVector = perVector(asked);
        QuantizerSpec spec = filledIn(asked, perVector);
        int d = spec.dimension();
        Rounding rounding = perVector
                ? new Rounding.OwnRange(bits)
                : new Rounding.ColumnRanges(
                        bits, Floats.read(file, prefix + "offsets", d), Floats.read(file, prefix + "steps", d));
        return new AffineQuantizer(spec, Floats.read(file, prefix + "mean", d), null, rounding);
    }
}
