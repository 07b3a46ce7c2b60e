package org.ruvector.clustering;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;

/**
 * k-means for many points: each iteration looks at a few of them, drawn at random, and moves their nearest centroids towards them, the
 * less the more points a centroid has had already, so that it is the mean of all it was ever given (D. Sculley, "Web-scale k-means clustering", WWW
 * 2010). The centroids are a little worse than those of {@link KMeans}; an iteration takes {@code O(batch · k · dimension)} whatever the
 * number of points.
 *
 * <p>Starts as {@link KMeans}, from a sample. A centroid that was nearest to no point yet moves to the point of the batch that is
 * farthest from its own. The result is the same, bit for bit, for any number of threads; other kernels may give another.
 *
 * @param k          clusters wanted, at least 1
 * @param batch      points of an iteration, at least 1
 * @param iterations times to move centroids, 0 or more
 * @param seed       decides what is drawn
 */
public record MiniBatchKMeans(int k, int batch, int iterations, long seed) {
    /** Points for each centroid from which the first are drawn. */
    private static final int START = 16;

    /** Refuses what is out of range. */
    public MiniBatchKMeans {
        if (k < 1 || batch < 1 || iterations < 0) {
            throw new IllegalArgumentException("k is " + k + ", batch is " + batch + ", iterations is " + iterations
                    + "; k and batch must be at least 1, iterations at least 0");
        }
    }

    /**
     * Clusters points.
     *
     * @param points  float rows, at least one, all finite
     * @param context gives kernel, workers and progress; its seed is not used
     * @throws IllegalArgumentException if there are no points, or not of finite floats
     * @throws CancellationException    if the progress listener says so
     */
    public Clustering cluster(VectorRows points, BuildContext context) {
        KMeans.requireFloats(points);
        SplittableRandom random = new SplittableRandom(seed);
        int first = (int) Math.min(points.count(), Math.max((long) START * k, batch));
        VectorRows start = first == points.count() ? points : drawn(points, first, random);
        Columns centroids = KMeansPlusPlus.draw(start, k, seed, context);
        long[] counts = new long[centroids.count()];
        int[] nearest = new int[batch];
        float[] distances = new float[batch];
        for (int i = 0; i < iterations; i++) {
            KMeans.report(context, "mini-batch k-means", i, iterations);
            VectorRows some = drawn(points, batch, random);
            new NearestCentroids(centroids).find(some, context, nearest, distances);
            centroids = moved(centroids, counts, some, nearest, distances);
        }
        int[] assignments = new int[points.count()];
        float[] toOwn = new float[points.count()];
        new NearestCentroids(centroids).find(points, context, assignments, toOwn);
        double inertia = 0;
        for (float distance : toOwn) {
            inertia += distance;
        }
        return new Clustering(centroids, assignments, inertia, iterations);
    }

    /** Points drawn with repetition. */
    private static VectorRows drawn(VectorRows points, int count, SplittableRandom random) {
        long stride = points.stride();
        MemorySegment rows = Arena.ofAuto().allocate(count * stride, 64);
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(points.segment(), random.nextInt(points.count()) * stride, rows, i * stride, stride);
        }
        return new VectorRows(rows, points.type(), points.dimension(), count);
    }

    private static Columns moved(Columns centroids, long[] counts, VectorRows some, int[] nearest, float[] distances) {
        int d = centroids.dimension();
        float[] moved = centroids.toArray();
        float[] point = new float[d];
        for (int i = 0; i < some.count(); i++) {
            MemorySegment.copy(some.segment(), VectorRows.FLOAT, i * some.stride(), point, 0, d);
            int c = nearest[i];
            float rate = 1f / ++counts[c];
            for (int j = 0; j < d; j++) {
                // In this form no difference of two large numbers overflows.
                moved[c * d + j] = moved[c * d + j] * (1 - rate) + point[j] * rate;
            }
        }
        float[] left = Arrays.copyOf(distances, some.count());
        for (int c = 0; c < counts.length; c++) {
            int farthest = counts[c] > 0 ? -1 : farthest(left);
            if (farthest >= 0) {
                left[farthest] = 0;
                MemorySegment.copy(some.segment(), VectorRows.FLOAT, farthest * some.stride(), moved, c * d, d);
            }
        }
        return new Columns(moved, d);
    }

    /** −1 if none is away from its centroid. */
    private static int farthest(float[] distances) {
        int farthest = -1;
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] > (farthest < 0 ? 0 : distances[farthest])) {
                farthest = i;
            }
        }
        return farthest;
    }
}
