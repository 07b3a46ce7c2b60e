package org.ruvector.testkit;

import org.ruvector.api.spi.QuantizerProvider;

/** The quantizer side of the api, exercised by the smallest quantizer. */
final class RoundingQuantizerTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new RoundingProvider();
    }

    @Override
    public double distortion() {
        return 1e-4;
    }
}
