/**
 * k-means: {@link org.ruvector.clustering.KMeans} finds centroids, {@link org.ruvector.clustering.Columns} the nearest of them.
 */
package org.ruvector.clustering;
