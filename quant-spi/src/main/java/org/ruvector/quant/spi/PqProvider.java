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
 * {@code pq}: the coordinates are cut into {@code m} sub-spaces, and each part of a vector is replaced by the nearest of {@code 2^bits} centroids
 * that k-means found (H. Jégou, M. Douze and C. Schmid, "Product quantization for nearest neighbor search", IEEE Transactions on
 * Pattern Analysis and Machine Intelligence 2011). A query makes a table of its distances to all centroids; the distance to a code is
 * the sum of one entry per byte of it.
 *
 * <p>Parameters: {@code m}, from 1 to the dimension {@code d}, by default {@code ⌈d / bits⌉}: one bit per coordinate; where it does not divide
 * {@code d}, sub-spaces differ by one coordinate. {@code bits}, 8 (default) or 4. {@code iterations} of k-means at most, by default 15.
 * {@code sample}, vectors to learn from at most, by default 32,768, and never more than 2²⁶ coordinates. {@code seed}, by default the build's.
 *
 * <p>A code has {@code ⌈m · bits / 8⌉} bytes. Learning takes {@code O(iterations · sample · d · 2^bits)} on all workers; encoding a vector or preparing a
 * query {@code O(d · 2^bits)}.
 */
public final class PqProvider implements QuantizerProvider {

    /** For ServiceLoader. */
    public PqProvider() {}

    @Override
    public String name() {
        return "pq";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private static QuantizerSpec filledIn(QuantizerSpec spec, ProductParameters parameters) {
        return new QuantizerSpec(spec.provider(), parameters.filledIn(), spec.metric(), spec.dimension());
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        ProductParameters parameters = ProductParameters.of(asked, context.seed());
        QuantizerSpec spec = filledIn(asked, parameters);
        float[] vectors = parameters.draw(Sample.toTrainOn(sample, spec), spec.dimension());
        Codebooks codebooks = Codebooks.train(vectors, spec.dimension(), parameters, parameters.iterations(), context);
        return new ProductQuantizer(spec, null, codebooks);
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        ProductParameters parameters = ProductParameters.of(asked, BuildContext.DEFAULT_SEED);
        int d = asked.dimension();
        Floats.read(file, prefix + ProductQuantizer.NO_ROTATION, 0);
        float[] centroids = Floats.read(file, prefix + "centroids", d << parameters.bits());
        Codebooks codebooks = Codebooks.of(centroids, d, parameters.m(), parameters.bits());
        return new ProductQuantizer(filledIn(asked, parameters), null, codebooks);
    }
}
