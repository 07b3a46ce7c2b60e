package org.ruvector.quant.spi;

import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * {@code binary}: one bit per coordinate, the sign of {@code xᵢ − meanᵢ}, compared by Hamming distance. Takes
 * {@code 8 · ⌈dimension / 64⌉} bytes per vector. Scores rank codes but are no distances; see {@link Quantizer#estimatesDistances}.
 * There are no parameters.
 */
public final class BinaryProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public BinaryProvider() {}

    @Override
    public String name() {
        return "binary";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec spec, BuildContext context) {
        spec.parameters().requireOnly();
        CentredRows rows = CentredRows.of(Sample.toTrainOn(sample, spec), CentredRows.ENOUGH);
        return HammingQuantizer.of(spec, rows, new HashFunction.Identity(spec.dimension()));
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec spec) {
        spec.parameters().requireOnly();
        return HammingQuantizer.open(file, prefix, spec, new HashFunction.Identity(spec.dimension()));
    }
}
