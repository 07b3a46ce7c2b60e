package org.ruvector.hypergraph.time;

/**
 * How many hyperedges begin in a bucket of the calendar.
 *
 * @param start the first instant of the bucket
 * @param end   the first instant after it
 * @param count how many begin in it, at least 1
 */
public record BucketCount(long start, long end, int count) {}
