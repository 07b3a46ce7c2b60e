package org.ruvector.index.hnsw;

/** Watches a walk, and may end it early. */
interface SearchMonitor {

    /** A node that may be answered was found at this distance. */
    void found(float distance);

    /** Asked once per hop: whether to stop, given what was done and the distance of the node to be expanded next. */
    boolean stop(long hops, long scored, float candidate);
}
