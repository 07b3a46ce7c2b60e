package org.ruvector.index.ivf;

import org.ruvector.api.spi.Provider;
import org.ruvector.testkit.ProviderContract;

final class IvfIndexProviderTest implements ProviderContract {

    @Override
    public Provider provider() {
        return new IvfIndexProvider();
    }
}
