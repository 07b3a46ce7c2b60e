package org.ruvector.index.hnsw;

import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;
import org.ruvector.testkit.ProviderContract;

final class HnswFusedIndexContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, DiagnosableContract, ProviderContract {

    @Override
    public IndexProvider provider() {
        return new HnswFusedIndexProvider();
    }

    @Override
    public double recallFloor() {
        return 0.95;
    }

    /** Codes are the quantizers' business. */
    @Override
    public Plugins plugins() {
        return Plugins.load();
    }
}
