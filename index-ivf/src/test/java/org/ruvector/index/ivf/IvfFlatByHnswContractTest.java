package org.ruvector.index.ivf;

import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.testkit.BatchSearchContract;
import org.ruvector.testkit.DiagnosableContract;
import org.ruvector.testkit.IndexContract;
import org.ruvector.testkit.MutableIndexContract;
import org.ruvector.testkit.PersistableContract;

/** The lists are found by a graph. */
final class IvfFlatByHnswContractTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new IvfFlatIndexProvider();
    }

    @Override
    public Parameters buildParameters() {
        return Parameters.parse("nlist=40,coarse=hnsw,coarse.m=8");
    }

    @Override
    public Parameters searchParameters() {
        return Parameters.parse("nprobe=12,coarse.ef=40");
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
