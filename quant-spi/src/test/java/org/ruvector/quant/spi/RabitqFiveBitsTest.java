package org.ruvector.quant.spi;

import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.testkit.QuantizerContract;

final class RabitqFiveBitsTest implements QuantizerContract {

    @Override
    public QuantizerProvider provider() {
        return new RabitqProvider();
    }

    @Override
    public Parameters parameters() {
        return Parameters.parse("bits=5,seed=7");
    }

    @Override
    public double distortion() {
        return 0.01;
    }

    @Override
    public boolean estimates() {
        return true;
    }
}
