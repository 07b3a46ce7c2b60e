package org.ruvector.clustering;

/**
 * Points in clusters. The array belongs to whoever asked for the clustering.
 *
 * @param centroids   one per cluster
 * @param assignments of every point its cluster: that of the nearest centroid, of several the first
 * @param inertia     the sum of all points' squared distances to their centroids
 * @param iterations  how often the centroids were moved
 */
public record Clustering(Columns centroids, int[] assignments, double inertia, int iterations) {}
