package org.ruvector.index.hnsw;

import java.util.List;
import java.util.Set;
import org.ruvector.api.ElementType;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;
import org.ruvector.testkit.Space;

/** A graph that is walked by codes of eight bits, without a filter. */
final class HnswOnCodesContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new HnswIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("quantizer=sq8");
    }

    @Override
    public List<Space> spaces() {
        return Space.of(Plugins.load().quantizer("sq8").metrics(), Set.of(ElementType.FLOAT32));
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
