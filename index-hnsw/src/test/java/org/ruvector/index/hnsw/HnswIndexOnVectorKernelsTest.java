package org.ruvector.index.hnsw;

import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.RecallContract;
import org.ruvector.testkit.SearchContract;

/** What depends on distances once more, on the fastest kernels that are found. */
final class HnswIndexOnVectorKernelsTest implements SearchContract, RecallContract {

    @Override
    public IndexProvider provider() {
        return new HnswIndexProvider();
    }

    @Override
    public double recallFloor() {
        return 0.95;
    }

    @Override
    public Plugins plugins() {
        return Plugins.load();
    }
}
