package org.ruvector.api;

/** Decides, once per hop of a traversal, whether the answer is good enough. */
@FunctionalInterface
public interface StopPolicy {

    /**
     * Whether to stop now.
     *
     * @param hops              nodes (or inverted lists) expanded so far
     * @param distances         distance computations so far
     * @param kthDistance       distance of the k-th best so far; positive infinity while fewer than k were found
     * @param candidateDistance distance of the nearest thing not yet expanded; negative infinity where nothing is known of it,
     *                          as in a scan
     */
    boolean stop(long hops, long distances, float kthDistance, float candidateDistance);
}
