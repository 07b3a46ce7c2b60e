package org.ruvector.index.ivf;

import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;

/** Lists ranked by what was learned from a few queries. */
final class IvfLearnedIndexContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new IvfLearnedIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("coarse.queries=100,coarse.epochs=3");
    }

    @Override
    public double recallFloor() {
        return 0.9;
    }

    @Override
    public Plugins plugins() {
        Plugins all = Plugins.load();
        return Plugins.none().with(all.index("flat")).with(all.index("router"));
    }
}
