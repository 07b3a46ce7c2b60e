package org.ruvector.index.hnsw;

import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
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

    private static FusedCodes of(Quantizer quantizer) {
        return new FusedCodes(
                quantizer,
                quantizer
                        .neighbourhoods()
                        .orElseThrow(() -> new IllegalStateException("The plugin '" + QUANTIZER
                                + "' that was found cannot encode neighbourhoods; hnsw-fused needs one that can")));
    }

    static FusedCodes create(IndexSpec spec, HnswFusedParams params, BuildContext context) {
        // Codes are relative to a neighbour: nothing is learnt from the vectors.
        VectorRows nothing = VectorRows.ofFloats(new float[spec.dimension()], spec.dimension());
        return of(context.plugins().quantizer(QUANTIZER).train(nothing, spec(spec, params), context));
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
