package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.Hit;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;

/** Recall at 10 on real data, against what a fixture promises. */
record Recall(IndexFixture fixture, RealData data, Space space) {

    private static final int K = 10;

    /** Asserts that the ten nearest of every query among all base vectors are found as promised. */
    void require(VectorIndex index, String how) {
        require(index, data.oracle(space), data.truth(space), how);
    }

    /** The same among other vectors than all of the base. */
    void require(VectorIndex index, Oracle oracle, String how) {
        VectorRows queries = data.queries(space.type());
        List<List<Hit>> truth = new ArrayList<>();
        for (int i = 0; i < queries.count(); i++) {
            truth.add(oracle.search(SearchRequest.of(queries.query(i), K)));
        }
        require(index, oracle, truth, how);
    }

    private void require(VectorIndex index, Oracle oracle, List<List<Hit>> truth, String how) {
        VectorRows queries = data.queries(space.type());
        double sum = 0;
        for (int i = 0; i < queries.count(); i++) {
            Query query = queries.query(i);
            SearchRequest request = fixture.request(query, K);
            SearchResult result = index.search(request);
            oracle.checkFull(request, result);
            sum += oracle.recall(query, truth.get(i).subList(0, K), result);
        }
        double recall = sum / queries.count();
        assertTrue(
                recall >= fixture.recallFloor(),
                () -> "recall@" + K + " is " + recall + ", promised " + fixture.recallFloor() + ": " + data.name()
                        + ", " + space + ", " + how);
    }
}
