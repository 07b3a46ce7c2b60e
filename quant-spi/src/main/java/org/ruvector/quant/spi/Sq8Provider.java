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
 * {@code sq8}: eight bits per coordinate, twelve bytes per vector besides. Parameter {@code per}: {@code vector} (default), equal steps
 * between each vector's least and greatest coordinate, or {@code dimension}, equal steps between the least and greatest value of
 * each coordinate in the sample. Distances use each vector's exact length, and a factor that removes the error along the vector.
 */
public final class Sq8Provider implements QuantizerProvider {
    private static final ScalarQuantization QUANTIZATION = new ScalarQuantization(8);

    /** For ServiceLoader. */
    public Sq8Provider() {}

    @Override
    public String name() {
        return "sq8";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec spec, BuildContext context) {
        return QUANTIZATION.train(sample, spec);
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec spec) {
        return QUANTIZATION.open(file, prefix, spec);
    }
}
