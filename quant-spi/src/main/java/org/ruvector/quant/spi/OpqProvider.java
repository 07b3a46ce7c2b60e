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
 * {@code opq}: {@code pq} after a rotation that makes its error small (T. Ge, K. He, Q. Ke and J. Sun, "Optimized product quantization for
 * approximate nearest neighbor search", CVPR 2013, the non-parametric solution): alternately the centroids are improved for the rotated
 * vectors and the rotation for the centroids. Starts from no rotation or from the parametric solution, which spreads the variance evenly
 * over the sub-spaces, whichever has the smaller error.
 *
 * <p>Parameters: those of {@link PqProvider}, and {@code alternations} from 0 to 1,000, by default 8; they end earlier where one gains less than a
 * ten-thousandth. The dimension is at most 8,192.
 *
 * <p>The rotation is learnt from at most 16,384 vectors of the sample. An alternation, and the parametric solution, decompose a {@code d × d} matrix in
 * {@code O(d³)} on one thread: half a second at 384 coordinates, some seconds at 784, a minute at 2,000; and take {@code O(16,384 · d²)} on all workers. Encoding a
 * vector and preparing a query take {@code O(d²)} more than with {@code pq}; the rotation takes {@code 4 · d²} bytes. Where all of the sample is matched exactly,
 * no rotation is learnt.
 */
public final class OpqProvider implements QuantizerProvider {

    private static final int MOST_DIMENSIONS = 1 << 13;

    /** For ServiceLoader. */
    public OpqProvider() {}

    @Override
    public String name() {
        return "opq";
    }

    @Override
    public Set<Metric> metrics() {
        return Set.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    private record Options(ProductParameters product, int alternations) {
        static Options of(QuantizerSpec spec, long seedByDefault) {
            if (spec.dimension() > MOST_DIMENSIONS) {
                throw new IllegalArgumentException("The dimension is " + spec.dimension()
                        + "; opq learns a full matrix and takes at most " + MOST_DIMENSIONS + ": use pq");
            }
            ProductParameters product = ProductParameters.of(spec, seedByDefault, "alternations");
            int alternations = spec.parameters().getInt("alternations", 8);
            if (alternations < 0 || alternations > 1000) {
                throw new IllegalArgumentException("alternations is " + alternations + "; it must be from 0 to 1000");
            }
            return new Options(product, alternations);
        }

        QuantizerSpec fillIn(QuantizerSpec spec) {
            return new QuantizerSpec(
                    spec.provider(),
                    product.filledIn().with("alternations", alternations),
                    spec.metric(),
                    spec.dimension());
        }
    }

    @Override
    public Quantizer train(VectorRows sample, QuantizerSpec asked, BuildContext context) {
        Options options = Options.of(asked, context.seed());
        QuantizerSpec spec = options.fillIn(asked);
        int d = spec.dimension();
        float[] vectors = options.product.draw(Sample.toTrainOn(sample, spec), d);
        OptimizedRotation.Step learnt =
                OptimizedRotation.learn(vectors, d, options.product, options.alternations, context);
        Rotation rotation = null;
        if (learnt.matrix() != null) {
            rotation = new DenseRotation(learnt.matrix());
            vectors = OptimizedRotation.rotated(vectors, learnt.matrix(), d, context);
        }
        Codebooks codebooks = learnt.codebooks().refined(vectors, options.product.iterations(), context);
        return new ProductQuantizer(spec, rotation, codebooks);
    }

    @Override
    public Quantizer open(SectionReader file, String prefix, QuantizerSpec asked) {
        Options options = Options.of(asked, BuildContext.DEFAULT_SEED);
        int d = asked.dimension();
        int m = options.product.m();
        int bits = options.product.bits();
        Rotation rotation = null;
        if (file.sections().contains(prefix + ProductQuantizer.NO_ROTATION)) {
            Floats.read(file, prefix + ProductQuantizer.NO_ROTATION, 0);
        } else {
            rotation = new DenseRotation(Floats.read(file, prefix + "rotation", d * d));
        }
        float[] centroids = Floats.read(file, prefix + "centroids", d << bits);
        return new ProductQuantizer(options.fillIn(asked), rotation, Codebooks.of(centroids, d, m, bits));
    }
}
