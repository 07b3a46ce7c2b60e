package org.ruvector.clustering;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CancellationException;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;

/**
 * Spherical k-means: directions such that the cosines between points and the nearest direction sum up to much (I. Dhillon and D. Modha,
 * "Concept decompositions for large sparse text data using clustering", Machine Learning 2001). As {@link KMeans}, seeding included,
 * on points scaled to unit length, but that a centroid is the sum of its points scaled to unit length in place of their mean: with unit
 * vectors {@code |x − c|² = 2 − 2⟨x, c⟩}, so that the nearest centroid is that of the largest cosine. The objective, the sum of the
 * cosines, never falls in exact arithmetic; the inertia is twice what is missing to {@code n}.
 *
 * <p>A zero vector has no direction and stays zero; so does a centroid that has nothing but such points.
 *
 * @param k          as of {@link KMeans}
 * @param iterations likewise
 * @param tolerance  likewise
 * @param seed       likewise
 */
public record SphericalKMeans(int k, int iterations, double tolerance, long seed) {

    /** Refuses what {@link KMeans} does. */
    public SphericalKMeans {
        KMeans.require(k, iterations, tolerance);
    }

    /**
     * Clusters points by direction.
     *
     * @param points  float rows of any length, at least one, all finite
     * @param context gives kernel, workers and progress; its seed is not used
     * @return centroids of unit length
     * @throws IllegalArgumentException if there are no points, or not of finite floats
     * @throws CancellationException    if the progress listener says so
     */
    public Clustering cluster(VectorRows points, BuildContext context) {
        VectorRows unit = unit(points);
        KMeans lloyd = new KMeans(k, iterations, tolerance, seed);
        return new Lloyd(unit, context, true).run(KMeansPlusPlus.draw(unit, k, seed, context), lloyd);
    }

    /**
     * A copy of the points scaled to Euclidean length 1; zero vectors stay zero. The garbage collector frees it.
     *
     * @throws IllegalArgumentException if there are no points, or not of finite floats
     */
    public static VectorRows unit(VectorRows points) {
        KMeans.requireFloats(points);
        MemorySegment scaled = Arena.ofAuto().allocate(points.byteSize(), 64);
        float[] row = new float[points.dimension()];
        double[] exact = new double[row.length];
        for (int i = 0; i < points.count(); i++) {
            MemorySegment.copy(points.segment(), VectorRows.FLOAT, i * points.stride(), row, 0, row.length);
            for (int j = 0; j < row.length; j++) {
                exact[j] = row[j];
            }
            double length = length(exact);
            for (int j = 0; length > 0 && j < row.length; j++) {
                row[j] = (float) (row[j] / length);
            }
            MemorySegment.copy(row, 0, scaled, VectorRows.FLOAT, i * points.stride(), row.length);
        }
        return new VectorRows(scaled, points.type(), points.dimension(), points.count());
    }

    static double length(double[] vector) {
        double squares = 0;
        for (double x : vector) {
            squares += x * x;
        }
        return Math.sqrt(squares);
    }
}
