package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.QuantizerContract;

final class Sq4PerDimensionTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new Sq4Provider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("per=dimension");
    }

    @Override
    public double distortion() {
        return 0.02;
    }

    @Override
    public boolean estimates() {
        return true;
    }
}
