package org.ruvector.api.spi;

import java.util.List;
import java.util.concurrent.Executor;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;

/** An index that answers many requests together faster than one by one. */
public interface BatchSearch extends VectorIndex {

    /**
     * Answers all requests.
     *
     * @param requests    what to search for
     * @param executor    runs the work; the caller waits
     * @param parallelism number of tasks given to the executor at once, at least 1
     * @return one result per request, in their order
     */
    List<SearchResult> searchAll(List<SearchRequest> requests, Executor executor, int parallelism);
}
