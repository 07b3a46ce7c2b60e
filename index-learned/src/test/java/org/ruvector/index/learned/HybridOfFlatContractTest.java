package org.ruvector.index.learned;

import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;
import org.ruvector.testkit.ProviderContract;

/** Of exact parts, so that every answer must be exact. */
final class HybridOfFlatContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, DiagnosableContract, ProviderContract {

    @Override
    public IndexProvider provider() {
        return new HybridIndexProvider();
    }

    @Override
    public Plugins plugins() {
        return Plugins.none().with(Plugins.load().index("flat"));
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("segment=flat,delta=flat,switch=0.2");
    }

    @Override
    public double recallFloor() {
        return 1;
    }
}
