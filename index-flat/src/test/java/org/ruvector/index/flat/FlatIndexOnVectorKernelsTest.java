package org.ruvector.index.flat;

import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;

/** The whole contract once more, on the fastest kernels that are found. */
final class FlatIndexOnVectorKernelsTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract {

    @Override
    public IndexProvider provider() {
        return new FlatIndexProvider();
    }

    @Override
    public double recallFloor() {
        return 1;
    }

    @Override
    public Plugins plugins() {
        return Plugins.load();
    }
}
