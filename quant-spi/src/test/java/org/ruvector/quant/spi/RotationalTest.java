package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.QuantizerContract;

final class RotationalTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new RotationalProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("");
    }

    @Override
    public double distortion() {
        return 1e-3;
    }

    @Override
    public boolean estimates() {
        return true;
    }
}
