package org.ruvector.api.spi;

import java.util.Objects;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;

/**
 * What quantizer to train.
 *
 * @param provider   name of the quantizer plugin
 * @param parameters its parameters
 * @param metric     the metric that codes will be scored by
 * @param dimension  coordinates per vector
 */
public record QuantizerSpec(String provider, Parameters parameters, Metric metric, int dimension) {
    /** Refuses nulls and a dimension below 1. */
    public QuantizerSpec {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(metric, "metric");
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it must be at least 1");
        }
    }
}
