package org.ruvector.index.learned;

import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.PersistableContract;

final class MlIndexContractTest implements IndexContract, PersistableContract {

    @Override
    public IndexProvider provider() {
        return new MlIndexProvider();
    }

    @Override
    public double recallFloor() {
        return 1;
    }
}
