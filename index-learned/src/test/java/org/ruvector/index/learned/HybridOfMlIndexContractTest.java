package org.ruvector.index.learned;

import java.util.List;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;
import org.ruvector.testkit.Space;

/** The default: a learned segment and a graph for what changes. */
final class HybridOfMlIndexContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new HybridIndexProvider();
    }

    @Override
    public Plugins plugins() {
        return Plugins.none().with(new MlIndexProvider()).with(Plugins.load().index("hnsw"));
    }

    @Override
    public List<Space> spaces() {
        IndexProvider segment = new MlIndexProvider();
        return Space.of(segment.metrics(), segment.elementTypes());
    }

    @Override
    public double recallFloor() {
        return 0.95;
    }
}
