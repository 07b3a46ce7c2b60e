package org.ruvector.index.ivf;

import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;

/** With its defaults. */
final class IvfIndexContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new IvfIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("");
    }

    @Override
    public Parameters searchParameters() {
        return Parameters.parse("");
    }

    @Override
    public double recallFloor() {
        return 0.9;
    }

    @Override
    public Plugins plugins() {
        return Plugins.load();
    }
}
