package org.ruvector.bench;

/** Something that can be measured: one of our indexes or a peer. */
public interface Contestant {

    /** {@return the name in reports, for example {@code hnsw} or {@code lucene}} */
    String name();

    /** {@return whether it is somebody else's, with which ours are compared} */
    boolean peer();

    /**
     * Builds an index of the workload's base rows, ids being row numbers. Whatever is not part of building (converting rows
     * to the contestant's own type) is done in here too, but not counted: see {@link BuiltIndex#buildNanos()}.
     *
     * @param workload what to index and to search for
     * @param threads  threads that build
     * @return the index
     * @throws IllegalArgumentException if the contestant does not know the metric
     * @throws UnavailableException     if something it needs is missing on this machine
     */
    BuiltIndex build(Workload workload, int threads);

    /** {@return the search-time parameter by which a peer trades recall for speed} */
    default String varied() {
        return "ef";
    }
}
