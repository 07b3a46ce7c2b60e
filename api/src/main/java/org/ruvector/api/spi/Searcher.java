package org.ruvector.api.spi;

import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;

/** The scratch space with which one thread searches an index. Not thread-safe; cheap to keep, so keep one per thread. */
public interface Searcher {

    /** Searches; see {@link VectorIndex#search}. */
    SearchResult search(SearchRequest request);
}
