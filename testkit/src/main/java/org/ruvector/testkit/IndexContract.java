package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;

/**
 * The contract of every index. A plugin's test implements it, together with the contracts of what else its indexes can do,
 * and inherits all tests:
 *
 * <pre>{@code
 * final class FlatIndexTest
 *         implements IndexContract, MutableIndexContract, PersistableContract, BatchSearchContract {
 *     public IndexProvider provider() { return new FlatIndexProvider(); }
 *     public double recallFloor() { return 1; }
 * }
 * }</pre>
 */
public interface IndexContract extends SearchContract, RangeAndFilterContract, BuildContract, RecallContract {

    /** No capability goes untested: the test implements exactly the contracts of what the index can do. */
    @Test
    default void everyCapabilityHasItsContract() {
        try (VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 4, 4, 0))) {
            assertEquals(index instanceof MutableIndex, this instanceof MutableIndexContract, "MutableIndexContract");
            assertEquals(index instanceof Persistable, this instanceof PersistableContract, "PersistableContract");
            assertEquals(index instanceof BatchSearch, this instanceof BatchSearchContract, "BatchSearchContract");
            assertEquals(index instanceof Diagnosable, this instanceof DiagnosableContract, "DiagnosableContract");
        }
    }
}
