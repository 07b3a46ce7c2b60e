/**
 * k-means: {@link org.ruvector.clustering.KMeans}, {@link org.ruvector.clustering.SphericalKMeans} and
 * {@link org.ruvector.clustering.MiniBatchKMeans} find centroids, {@link org.ruvector.clustering.Columns} the nearest of them.
 */
package org.ruvector.clustering;
