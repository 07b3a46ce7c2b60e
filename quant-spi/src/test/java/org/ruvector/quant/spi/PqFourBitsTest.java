package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.QuantizerContract;

final class PqFourBitsTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new PqProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("bits=4");
    }

    @Override
    public double distortion() {
        return 0.1;
    }

    @Override
    public boolean estimates() {
        return true;
    }
}
