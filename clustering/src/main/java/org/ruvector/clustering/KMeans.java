package org.ruvector.clustering;

import java.util.concurrent.CancellationException;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * k-means: centroids such that the points' squared Euclidean distances to the nearest sum up to little. Starts from points drawn
 * with probability proportional to the squared distance to the nearest drawn before (D. Arthur and S. Vassilvitskii, "k-means++: the
 * advantages of careful seeding", SODA 2007), then alternates between assigning points to the nearest centroid and moving centroids to the
 * mean of their points (S. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 1982). In exact arithmetic
 * the sum never rises.
 *
 * <p>A centroid without points moves to the point farthest from its own centroid. If there are fewer distinct points than {@code k}
 * there are only as many clusters, each of equal points. A cluster may be empty only where the iterations ended too early.
 *
 * <p>An iteration takes {@code O(n · k · dimension)}, and so does the start; memory besides the points is 12 bytes per point and 20 per
 * coordinate of a centroid. The result is the same, bit for bit, for any number of threads; other kernels may give another.
 *
 * @param k          clusters wanted, at least 1
 * @param iterations times to move the centroids at most, 0 or more
 * @param tolerance  ends when an iteration takes off no more than this share of the sum, from 0 (only when no point changes its
 *                   cluster, or rounding is all that is left) to 1
 * @param seed       decides what is drawn
 */
public record KMeans(int k, int iterations, double tolerance, long seed) {

    /** Refuses what is out of range. */
    public KMeans {
        require(k, iterations, tolerance);
    }

    static void require(int k, int iterations, double tolerance) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; it must be at least 1");
        }
        if (iterations < 0) {
            throw new IllegalArgumentException("iterations is " + iterations + "; it must not be negative");
        }
        if (!(tolerance >= 0 && tolerance <= 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it must be from 0 to 1");
        }
    }

    /** Up to 100 iterations, ending when one gains less than a ten-thousandth, with {@link BuildContext#DEFAULT_SEED}. */
    public static KMeans of(int k) {
        return new KMeans(k, 100, 1e-4, BuildContext.DEFAULT_SEED);
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
        requireFloats(points);
        return new Lloyd(points, context, false).run(KMeansPlusPlus.draw(points, k, seed, context), this);
    }

    /**
     * Clusters points from given centroids on; their number decides, not {@link #k}.
     *
     * @param start of the points' dimension
     * @throws IllegalArgumentException if there are no points, not of finite floats, or of another dimension
     * @throws CancellationException    if the progress listener says so
     */
    public Clustering refine(VectorRows points, Columns start, BuildContext context) {
        requireFloats(points);
        if (points.dimension() != start.dimension()) {
            throw new IllegalArgumentException("The points have " + points.dimension() + " coordinates, the centroids "
                    + start.dimension() + "; both must have as many");
        }
        return new Lloyd(points, context, false).run(start, this);
    }

    static void requireFloats(VectorRows points) {
        if (points.type() != ElementType.FLOAT32) {
            throw new IllegalArgumentException(
                    "The points are " + points.type().text() + "; k-means takes float32, whose means it can hold");
        }
        if (points.count() == 0) {
            throw new IllegalArgumentException("There are no points; at least one is needed");
        }
        points.requireValid();
    }

    /** Tells how far the work is, and ends it if that is wanted. */
    static void report(BuildContext context, String stage, int done, int total) {
        if (!context.progress().update(stage, done, total)) {
            throw new CancellationException(stage + " was cancelled after " + done + " of " + total);
        }
    }
}
