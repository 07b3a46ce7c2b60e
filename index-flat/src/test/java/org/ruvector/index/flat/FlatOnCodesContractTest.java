package org.ruvector.index.flat;

import java.util.List;
import java.util.Set;
import org.ruvector.api.ElementType;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;
import org.ruvector.testkit.Space;

/** A scan of codes of four bits, those that a binary filter lets through. */
final class FlatOnCodesContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract {

    @Override
    public IndexProvider provider() {
        return new FlatIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("filter=binary,quantizer=sq4");
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
