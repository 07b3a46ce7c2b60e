package org.ruvector.bench;

import org.ruvector.api.Parameters;

/** An index that is ready to be measured. */
public interface BuiltIndex extends AutoCloseable {

    /** {@return its build parameters as {@code name=value,name=value}, those left to their defaults too} */
    String params();

    /** {@return wall-clock nanoseconds that building took} */
    long buildNanos();

    /** {@return bytes of the whole index with its vectors, or −1 if it cannot be told} */
    long bytes();

    /** {@return the distance kernel or SIMD provider that runs} */
    String kernel();

    /**
     * Whether searches take these parameters. A contestant that does not (an exact scan has no {@code ef}) is measured once.
     *
     * @param point search-time parameters
     * @return whether they are known
     */
    boolean accepts(Parameters point);

    /**
     * A searcher for one thread. All searchers in use at a time have the same parameters: some peers keep them in the index.
     *
     * @param point search-time parameters
     * @param k     neighbours wanted
     * @return the searcher
     */
    QuerySearcher searcher(Parameters point, int k);

    /** Frees it. */
    @Override
    void close();

    /** One thread's way to search for the workload's queries. */
    @FunctionalInterface
    interface QuerySearcher {

        /**
         * Searches.
         *
         * @param query number of the query
         * @param ids   receives row numbers, nearest first
         * @return how many were found
         */
        int search(int query, int[] ids);
    }
}
