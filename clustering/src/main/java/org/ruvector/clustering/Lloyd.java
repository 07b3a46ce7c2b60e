package org.ruvector.clustering;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;

/** Moves centroids, see {@link KMeans} and {@link SphericalKMeans}. Of one clustering. */
final class Lloyd {
    private final VectorRows points;
    private final BuildContext context;
    /** Whether centroids are scaled to unit length. */
    private final boolean spherical;

    private final int[] assignments;
    private final float[] distances;

    Lloyd(VectorRows points, BuildContext context, boolean spherical) {
        this.points = points;
        this.context = context;
        this.spherical = spherical;
        this.assignments = new int[points.count()];
        this.distances = new float[points.count()];
    }

    Clustering run(Columns start, KMeans parameters) {
        Columns centroids = start;
        int iteration = 0;
        assign(centroids);
        double inertia = inertia();
        for (boolean settled = false; !settled && iteration < parameters.iterations(); ) {
            KMeans.report(context, "k-means", iteration, parameters.iterations());
            centroids = means(centroids);
            int moved = assign(centroids);
            iteration++;
            double before = inertia;
            inertia = inertia();
            settled = moved == 0 || before - inertia <= parameters.tolerance() * before;
        }
        return new Clustering(centroids, assignments, inertia, iteration);
    }

    /** Assigns every point to its nearest centroid; returns how many changed. */
    private int assign(Columns centroids) {
        return new NearestCentroids(centroids).find(points, context, assignments, distances);
    }

    private double inertia() {
        double sum = 0;
        for (float distance : distances) {
            sum += distance;
        }
        return sum;
    }

    /** The mean of each centroid's points, added up in their order whoever does it; for one without points another point. */
    private Columns means(Columns centroids) {
        int k = centroids.count();
        int d = points.dimension();
        int[] ends = new int[k + 1];
        for (int centroid : assignments) {
            ends[centroid + 1]++;
        }
        for (int c = 0; c < k; c++) {
            ends[c + 1] += ends[c];
        }
        int[] starts = ends.clone();
        int[] members = new int[points.count()];
        for (int i = 0; i < members.length; i++) {
            members[starts[assignments[i]]++] = i;
        }
        float[] means = centroids.toArray();
        Chunks.each(k, 1, context.workers(), (from, to) -> {
            float[] point = new float[d];
            double[] sum = new double[d];
            for (int c = from; c < to; c++) {
                int size = ends[c + 1] - ends[c];
                Arrays.fill(sum, 0);
                for (int i = ends[c]; i < ends[c + 1]; i++) {
                    copy(members[i], point);
                    for (int j = 0; j < d; j++) {
                        sum[j] += point[j];
                    }
                }
                double divisor = spherical ? SphericalKMeans.length(sum) : size;
                for (int j = 0; divisor > 0 && j < d; j++) {
                    means[c * d + j] = (float) (sum[j] / divisor);
                }
            }
        });
        float[] point = new float[d];
        for (int c = 0; c < k; c++) {
            if (ends[c] == ends[c + 1]) {
                int farthest = farthest();
                if (distances[farthest] <= 0) {
                    break;
                }
                // Not twice; the distances are about to be computed anew.
                distances[farthest] = 0;
                copy(farthest, point);
                System.arraycopy(point, 0, means, c * d, d);
            }
        }
        return new Columns(means, d);
    }

    private int farthest() {
        int farthest = 0;
        for (int i = 1; i < distances.length; i++) {
            if (distances[i] > distances[farthest]) {
                farthest = i;
            }
        }
        return farthest;
    }

    private void copy(int row, float[] point) {
        MemorySegment.copy(points.segment(), VectorRows.FLOAT, row * points.stride(), point, 0, point.length);
    }
}
