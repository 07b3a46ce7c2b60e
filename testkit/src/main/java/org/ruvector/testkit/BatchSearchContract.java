package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.VectorIndex;

/** The contract of indexes that answer many requests at once; implemented beside {@link IndexContract}. */
public interface BatchSearchContract extends IndexFixture {

    /** A batch of unlike requests is answered in order, each as if it had been alone, on one thread and on two. */
    @Test
    default void aBatchAnswersLikeSingleSearches() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            VectorRows queries = data.queries(space.type());
            List<SearchRequest> requests = new ArrayList<>();
            for (int i = 0; i < queries.count(); i++) {
                SearchRequest request = request(queries.query(i), 1 + i % 13);
                // Between two neighbours, so that rounding does not decide.
                List<Hit> truth = data.truth(space).get(i);
                float cutoff = (truth.get(4).distance() + truth.get(5).distance()) / 2;
                requests.add(
                        switch (i % 4) {
                            case 0 -> request.filter(Filter.where(id -> id % 7 == 0));
                            case 1 -> request.within(cutoff);
                            default -> request;
                        });
            }
            try (ExecutorService two = Executors.newFixedThreadPool(2);
                    VectorIndex index = build(data, space, context())) {
                BatchSearch batch = (BatchSearch) index;
                List<SearchResult> expected =
                        requests.stream().map(index::search).toList();
                Oracle oracle = data.oracle(space);
                for (int parallelism : new int[] {1, 2, 5, 1000}) {
                    List<SearchResult> results = batch.searchAll(requests, two, parallelism);
                    assertEquals(requests.size(), results.size());
                    for (int i = 0; i < requests.size(); i++) {
                        oracle.check(requests.get(i), results.get(i));
                        oracle.checkSame(requests.get(i), expected.get(i), results.get(i));
                    }
                }
            }
        }
    }

    /** No requests, no results. */
    @Test
    default void anEmptyBatchHasNoResults() {
        try (VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 4, 4, 0))) {
            assertEquals(List.of(), ((BatchSearch) index).searchAll(List.of(), Runnable::run, 2));
        }
    }

    /** One bad request spoils the batch with the same words as alone; a parallelism below 1 is refused. */
    @Test
    default void aBatchWithABadRequestIsRefused() {
        try (VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 4, 40, 0))) {
            Query good = Corpus.zero(mainSpace().type(), 4);
            SearchRequest bad = request(Corpus.zero(mainSpace().type(), 5), 3);
            List<SearchRequest> requests = List.of(request(good, 3), bad, request(good, 3));
            BatchSearch batch = (BatchSearch) index;
            String alone = assertThrows(IllegalArgumentException.class, () -> index.search(bad))
                    .getMessage();
            try (ExecutorService two = Executors.newFixedThreadPool(2)) {
                for (int parallelism : new int[] {1, 2}) {
                    assertEquals(
                            alone,
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> batch.searchAll(requests, two, parallelism))
                                    .getMessage());
                }
            }
            assertThrows(IllegalArgumentException.class, () -> batch.searchAll(requests, Runnable::run, 0));
        }
    }
}
