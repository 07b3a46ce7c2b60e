package org.ruvector.index.learned;

import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.api.BuildContext.Workers;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.VectorIndex;

/**
 * Parameters of {@link HybridIndexProvider}.
 *
 * @param segment what most of the vectors are in
 * @param delta   what the others are in
 * @param share   of the segment's vectors that the delta holds when it is merged, above 0 and at most 1
 */
record HybridParameters(IndexSpec segment, IndexSpec delta, double share) {

    static final String SEGMENT = "segment";
    static final String DELTA = "delta";
    static final String SWITCH = "switch";

    HybridParameters {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(SWITCH + " is " + share + "; it must be above 0 and at most 1");
        }
    }

    static HybridParameters from(IndexSpec spec) {
        Parameters own = Parameters.none();
        for (Map.Entry<String, String> entry : spec.parameters().asMap().entrySet()) {
            if (!isOf(SEGMENT, entry.getKey()) && !isOf(DELTA, entry.getKey())) {
                own = own.with(entry.getKey(), entry.getValue());
            }
        }
        own.requireOnly(SEGMENT, DELTA, SWITCH);
        return new HybridParameters(
                part(spec, SEGMENT, "ml-index"), part(spec, DELTA, "hnsw"), own.getDouble(SWITCH, 0.1));
    }

    private static IndexSpec part(IndexSpec spec, String part, String byDefault) {
        return new IndexSpec(
                spec.parameters().getText(part, byDefault),
                of(part, spec.parameters()),
                spec.metric(),
                spec.type(),
                spec.dimension());
    }

    /** The parameters of a part, {@code delta.m} as {@code m} for instance. */
    static Parameters of(String part, Parameters all) {
        Parameters own = Parameters.none();
        for (Map.Entry<String, String> entry : all.asMap().entrySet()) {
            if (isOf(part, entry.getKey())) {
                own = own.with(entry.getKey().substring(part.length() + 1), entry.getValue());
            }
        }
        return own;
    }

    private static boolean isOf(String part, String name) {
        return name.startsWith(part) && name.startsWith(".", part.length());
    }

    /** A search's parameters, which are those of the parts and no others. */
    static void requireOfParts(Parameters ofSearch) {
        for (String name : ofSearch.asMap().keySet()) {
            if (!isOf(SEGMENT, name) && !isOf(DELTA, name)) {
                throw new IllegalArgumentException("Unknown parameter " + name
                        + "; known are those of the segment as segment." + name + ", and of the delta as delta." + name
                        + ", where they have such");
            }
        }
    }

    /** The spec with the defaults filled in; those of the parts are not, since each segment chooses by its own size. */
    IndexSpec in(IndexSpec spec) {
        Parameters all = Parameters.none()
                .with(SEGMENT, segment.provider())
                .with(DELTA, delta.provider())
                .with(SWITCH, share)
                .with(spec.parameters());
        return new IndexSpec(spec.provider(), all, spec.metric(), spec.type(), spec.dimension());
    }

    /**
     * An empty delta.
     *
     * @throws IllegalArgumentException if the plugin's indexes do not change
     */
    MutableIndex emptyDelta(BuildContext context) {
        BuildContext alone =
                new BuildContext(context.plugins(), context.kernel(), Workers.CALLER, context.seed(), Progress.NONE);
        VectorIndex empty = context.plugins()
                .builder(delta, alone)
                .build(VectorRows.empty(delta.type(), delta.dimension()), new long[0]);
        if (empty instanceof MutableIndex mutable) {
            return mutable;
        }
        empty.close();
        throw new IllegalArgumentException("delta=" + delta.provider()
                + " does not change once it is built; name one that does, such as hnsw or flat");
    }
}
