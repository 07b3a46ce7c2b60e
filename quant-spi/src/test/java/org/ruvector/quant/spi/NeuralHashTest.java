package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.ProviderContract;
import org.ruvector.testkit.QuantizerContract;

final class NeuralHashTest implements QuantizerContract, ProviderContract {

    @Override
    public QuantizerProvider provider() {
        return new NeuralHashProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("bits=64,epochs=2,sample=500");
    }

    @Override
    public double distortion() {
        return 0.6;
    }
}
