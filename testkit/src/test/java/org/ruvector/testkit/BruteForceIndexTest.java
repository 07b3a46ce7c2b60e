package org.ruvector.testkit;

import org.ruvector.api.spi.IndexProvider;

/** The contracts accept an index that does everything right. */
final class BruteForceIndexTest
        implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract, DiagnosableContract {

    @Override
    public IndexProvider provider() {
        return new BruteForceProvider();
    }

    @Override
    public double recallFloor() {
        return 1;
    }
}
