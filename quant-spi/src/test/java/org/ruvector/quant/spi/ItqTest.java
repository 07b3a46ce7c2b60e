package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.ProviderContract;
import org.ruvector.testkit.QuantizerContract;

final class ItqTest implements QuantizerContract, ProviderContract {

    @Override
    public QuantizerProvider provider() {
        return new ItqProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("");
    }

    @Override
    public double distortion() {
        return 0.24;
    }
}
