package org.ruvector.testkit;

import java.util.List;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;

/** What the contracts need to know about a quantizer plugin. The first two methods must be written, the others may be. */
public interface QuantizerFixture {

    /** The plugin under test. */
    QuantizerProvider provider();

    /** Most of the digits' variance that may be lost: {@code Σ|x − decoded(x)|² / Σ|x − mean|²}. */
    double distortion();

    /**
     * Whether a score is made from an estimate of the inner product with the query, not from the distance to the decoded vector; by
     * default not. The two may then differ by something that belongs to the code alone, such as the vector's exact length; and
     * under cosine the decoded vector counts as one of unit length.
     */
    default boolean estimates() {
        return false;
    }

    /** Parameters to train with; by default none. */
    default Parameters parameters() {
        return Parameters.none();
    }

    /** The plugin's metrics. */
    default List<Metric> metrics() {
        return provider().metrics().stream().sorted().toList();
    }

    /** Trains on one thread. */
    default Quantizer train(VectorRows sample, Metric metric) {
        QuantizerSpec spec = new QuantizerSpec(provider().name(), parameters(), metric, sample.dimension());
        return provider().train(sample, spec, BuildContext.of(Plugins.none()));
    }
}
