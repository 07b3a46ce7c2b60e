package org.ruvector.api.spi;

import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

/** A kind of quantizer, found by name. */
public non-sealed interface QuantizerProvider extends Provider {

    /** The metrics that its codes can be scored by. */
    Set<Metric> metrics();

    /**
     * Learns from a sample.
     *
     * @param sample float rows of the spec's dimension, at least one
     * @throws IllegalArgumentException if a parameter is unknown or out of range, or a coordinate is not finite
     */
    Quantizer train(VectorRows sample, QuantizerSpec spec, BuildContext context);

    /**
     * Reads back what {@link Quantizer#save} wrote under the same prefix.
     *
     * @throws org.ruvector.api.IndexFileException if the sections do not hold what this plugin wrote
     */
    Quantizer open(SectionReader file, String prefix, QuantizerSpec spec);
}
