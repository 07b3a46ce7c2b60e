package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.QuantizerContract;

final class PqTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new PqProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("");
    }

    @Override
    public double distortion() {
        return 0.05;
    }

    @Override
    public boolean estimates() {
        return true;
    }
}
