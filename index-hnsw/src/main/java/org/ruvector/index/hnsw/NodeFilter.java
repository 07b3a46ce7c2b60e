package org.ruvector.index.hnsw;

/** Says which nodes may be answered; the others are only walked through. */
@FunctionalInterface
interface NodeFilter {

    /** Whether the node may be answered. */
    boolean accepts(int node);
}
