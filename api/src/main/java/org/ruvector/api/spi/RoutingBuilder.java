package org.ruvector.api.spi;

import org.ruvector.api.VectorRows;

/**
 * A builder of an index over the centres of clusters that learns from queries in which clusters their neighbours lie. Its searches rank
 * the clusters for a query; the distances of their hits express the rank and need not be distances to the centres.
 */
public interface RoutingBuilder extends IndexBuilder {

    /**
     * How many queries it wants to learn from.
     *
     * @param rows vectors in the clusters
     */
    int queries(int rows);

    /**
     * Builds an index of centres that has learned to rank them. The arguments are not kept.
     *
     * @param centres of the clusters
     * @param queries to learn from, of the centres' type and dimension
     * @param answers for each query the numbers of the centres whose clusters its nearest neighbours are in, one entry for each neighbour
     * @throws IllegalArgumentException                    if shapes differ or an answer names no centre
     * @throws java.util.concurrent.CancellationException if the context's progress said so
     */
    VectorIndex build(VectorRows centres, VectorRows queries, int[][] answers);
}
