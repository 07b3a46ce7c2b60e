package org.ruvector.api.spi;

import java.util.Optional;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;

/**
 * Vectors that can be searched. Thread-safe: any number of threads may search at once, also while others change it. What
 * only some indexes can do is an interface of its own: {@link MutableIndex}, {@link BatchSearch}, {@link Persistable},
 * {@link Diagnosable}.
 */
public interface VectorIndex extends AutoCloseable {

    /** What was built: plugin, parameters (with the defaults filled in), metric, element type and dimension. */
    IndexSpec spec();

    /** Number of vectors. */
    int size();

    /** How distances are computed: the name of the kernel in use and its width, as reports print it. */
    String kernel();

    /** One thread's scratch space; searching through it allocates nothing per visited node. Keep one per thread. */
    Searcher searcher();

    /**
     * Searches with a borrowed searcher; thread-safe. Without filter, cut-off and limits of effort the result has {@code k}
     * hits, or all vectors if there are fewer.
     *
     * @throws IllegalArgumentException if the query's type or dimension differ from the index's, or a search-time
     *                                  parameter is unknown or out of range
     * @throws IllegalStateException    if the index is closed
     */
    SearchResult search(SearchRequest request);

    /** The vector stored under the id (under cosine it may have been scaled to unit length), if there is one. */
    Optional<Query> vector(long id);

    /** Where the bytes are. */
    MemoryReport memory();

    /** How vectors are compared. */
    default Metric metric() {
        return spec().metric();
    }

    /**
     * Frees native memory. Searches, changes and saving throw {@link IllegalStateException} afterwards; closing again does
     * nothing.
     */
    @Override
    void close();
}
