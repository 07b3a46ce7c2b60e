package org.ruvector.index.hnsw;

import java.util.Arrays;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.SectionReader;

/**
 * What encodes the neighbours of an {@code hnsw-fused} index: the quantizer plugin {@value #QUANTIZER}, found by name.
 *
 * @param quantizer what is saved with the index
 * @param codec     what it encodes neighbourhoods with
 */
record FusedCodes(Quantizer quantizer, NeighbourhoodCodec codec) {
    static final String QUANTIZER = "rabitq";
    /** With what the names of the quantizer's sections begin. */
    static final String PREFIX = "codes-";

    private static final int SAMPLE = 4096;
    /** Of the median length: longer vectors are left out of the mean. */
    private static final double LONG = 10;

    private static FusedCodes of(Quantizer quantizer) {
        return new FusedCodes(
                quantizer,
                quantizer
                        .neighbourhoods()
                        .orElseThrow(() -> new IllegalStateException("The plugin '" + QUANTIZER
                                + "' that was found cannot encode neighbourhoods; hnsw-fused needs one that can")));
    }

    /** For these vectors, whose mean becomes the origin; with none it is zero. */
    static FusedCodes create(IndexSpec spec, HnswFusedParams params, VectorRows rows, BuildContext context) {
        return of(context.plugins().quantizer(QUANTIZER).train(sample(rows), spec(spec, params), context));
    }

    /** Some of the rows, without those that are so much longer than others that they would drag the mean away from all. */
    private static VectorRows sample(VectorRows rows) {
        rows.requireValid();
        int count = Math.min(SAMPLE, rows.count());
        int dimension = rows.dimension();
        float[][] vectors = new float[count][];
        double[] norms = new double[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = ((Query.Floats) rows.query((int) ((long) i * rows.count() / count))).vector();
            for (float x : vectors[i]) {
                norms[i] += (double) x * x;
            }
        }
        double[] sorted = norms.clone();
        Arrays.sort(sorted);
        float[] kept = new float[Math.max(1, count) * dimension];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (norms[i] <= LONG * LONG * sorted[count / 2]) {
                System.arraycopy(vectors[i], 0, kept, n++ * dimension, dimension);
            }
        }
        return VectorRows.ofFloats(Arrays.copyOf(kept, Math.max(1, n) * dimension), dimension);
    }

    static FusedCodes open(SectionReader file, HnswFusedParams params, Plugins plugins) {
        return of(plugins.quantizer(QUANTIZER).open(file, PREFIX, spec(file.spec(), params)));
    }

    private static QuantizerSpec spec(IndexSpec spec, HnswFusedParams params) {
        Parameters parameters = Parameters.none()
                .with("bits", params.bits())
                .with("seed", params.graph().seed());
        return new QuantizerSpec(QUANTIZER, parameters, spec.metric(), spec.dimension());
    }
}
