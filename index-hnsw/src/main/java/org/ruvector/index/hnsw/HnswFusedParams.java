package org.ruvector.index.hnsw;

import java.util.HashMap;
import java.util.Map;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;

/**
 * Parameters of an HNSW graph whose neighbour lists have codes.
 *
 * @param graph those of the graph
 * @param bits  bits per coordinate of a code, from 1 to 4. More: fewer hops for the same recall, each of which reads more.
 */
public record HnswFusedParams(HnswParams graph, int bits) {

    /** From this many dimensions on {@code auto} means one bit, and two below. */
    private static final int ONE_BIT_FROM = 320;

    /** Refuses values out of range. */
    public HnswFusedParams {
        if (bits < 1 || bits > 4) {
            throw new IllegalArgumentException("bits is " + bits + "; it must be from 1 to 4");
        }
    }

    /**
     * Reads {@code bits}, a number or {@code auto}, which is the default, and the parameters of {@link HnswParams}.
     *
     * @throws IllegalArgumentException for an unknown name or a value out of range
     */
    public static HnswFusedParams from(Parameters parameters, int dimension, long defaultSeed) {
        parameters.requireOnly("m", "efConstruction", "keepPruned", "seed", "bits");
        Map<String, String> others = new HashMap<>(parameters.asMap());
        String bits = others.remove("bits");
        return new HnswFusedParams(
                HnswParams.from(Parameters.of(others), defaultSeed),
                bits == null || bits.equals("auto") ? dimension >= ONE_BIT_FROM ? 1 : 2 : parameters.getInt("bits", 1));
    }

    /** These parameters as text, with the defaults filled in. */
    public Parameters toParameters() {
        return graph.toParameters().with("bits", bits);
    }

    /** The spec with these parameters in place of what was asked for. */
    IndexSpec in(IndexSpec spec) {
        return new IndexSpec(spec.provider(), toParameters(), spec.metric(), spec.type(), spec.dimension());
    }
}
