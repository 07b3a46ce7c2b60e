package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

/** Recall at 10 on real data. */
final class Recall {

    private static final int K = 10;

    private Recall() {}

    /** Asserts that the ten nearest of every query are found as the fixture promises. */
    static void require(IndexFixture fixture, RealData data, Space space, VectorIndex index, String how) {
        Oracle oracle = data.oracle(space);
        VectorRows queries = data.queries(space.type());
        double sum = 0;
        for (int i = 0; i < queries.count(); i++) {
            Query query = queries.query(i);
            SearchRequest request = fixture.request(query, K);
            SearchResult result = index.search(request);
            oracle.checkFull(request, result);
            sum += oracle.recall(query, data.truth(space).get(i).subList(0, K), result);
        }
        double recall = sum / queries.count();
        assertTrue(
                recall >= fixture.recallFloor(),
                () -> "recall@" + K + " is " + recall + ", promised " + fixture.recallFloor() + ": " + data.name() + ", "
                        + space + ", " + how);
    }
}
