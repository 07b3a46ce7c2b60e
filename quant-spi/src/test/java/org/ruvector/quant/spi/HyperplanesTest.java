package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.ProviderContract;
import org.ruvector.testkit.QuantizerContract;

final class HyperplanesTest implements QuantizerContract, ProviderContract {

    @Override
    public QuantizerProvider provider() {
        return new HyperplanesProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("bits=128");
    }

    @Override
    public double distortion() {
        return 0.5;
    }
}
