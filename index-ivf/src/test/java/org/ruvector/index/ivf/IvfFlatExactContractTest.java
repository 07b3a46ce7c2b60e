package org.ruvector.index.ivf;

import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;

/** All lists looked into: exact. */
final class IvfFlatExactContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new IvfFlatIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("nlist=20,iterations=5");
    }

    @Override
    public Parameters searchParameters() {
        return Parameters.parse("nprobe=1000000");
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
