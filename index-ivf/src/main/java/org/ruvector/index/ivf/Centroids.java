package org.ruvector.index.ivf;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/**
 * The centroids of the lists. A vector belongs to the list whose centroid is nearest: by Euclidean distance, under cosine and inner product
 * by direction. How far a centroid is from a query is told by the metric. Immutable.
 */
final class Centroids {
    /** Bounds the relative error of a sum of {@code dimension} squares, and twice that of its root; see {@link RowKernel}. */
    private static final double ROUNDING = 0x1p-21;

    private final IndexSpec spec;
    private final VectorRows vectors;
    private final VectorLayout layout;
    private final RowKernel<float[]> assigning;
    private final RowKernel<float[]> straight;
    private final int[] all;
    private final double[] squares;
    private final double error;

    Centroids(IndexSpec spec, KernelProvider kernels, VectorRows vectors) {
        this.spec = spec;
        this.vectors = vectors;
        this.layout = new VectorLayout(spec, kernels);
        this.straight = kernels.floats(Metric.EUCLIDEAN);
        this.assigning = spec.metric() == Metric.EUCLIDEAN ? straight : kernels.floats(Metric.COSINE);
        this.all = IntStream.range(0, vectors.count()).toArray();
        this.squares = new double[all.length];
        this.error = ROUNDING * spec.dimension();
        for (int list = 0; list < all.length; list++) {
            squares[list] = square(vector(list));
        }
    }

    static double square(float[] vector) {
        double sum = 0;
        for (float x : vector) {
            sum += (double) x * x;
        }
        return sum;
    }

    /** How many. */
    int count() {
        return all.length;
    }

    IndexSpec spec() {
        return spec;
    }

    VectorRows rows() {
        return vectors;
    }

    /** The numbers of all lists. */
    int[] all() {
        return all;
    }

    /** A copy of one. */
    float[] vector(int list) {
        float[] copy = new float[spec.dimension()];
        MemorySegment.copy(vectors.segment(), VectorRows.FLOAT, list * vectors.stride(), copy, 0, copy.length);
        return copy;
    }

    VectorLayout layout() {
        return layout;
    }

    /** Scores centroids by the metric. */
    RowScorer<?> scorer() {
        return layout.scorer(vectors.segment());
    }

    /**
     * The list that a vector belongs to; of several that are as near the first.
     *
     * @param distances receives the distances to all
     */
    int nearest(float[] vector, float[] distances) {
        assigning.distances(
                vector, vectors.segment(), vectors.stride(), all, all.length, Float.POSITIVE_INFINITY, distances);
        int nearest = 0;
        for (int list = 1; list < all.length; list++) {
            if (distances[list] < distances[nearest]) {
                nearest = list;
            }
        }
        return nearest;
    }

    /** The largest Euclidean distance from the centroid to rows {@code from} to {@code to − 1}. */
    float radius(int list, VectorRows rows, int from, int to) {
        float[] centroid = vector(list);
        float farthest = 0;
        for (int row = from; row < to; row++) {
            farthest = Math.max(farthest, straight.distance(centroid, rows.segment(), row * rows.stride()));
        }
        return (float) Math.sqrt(farthest);
    }

    /**
     * What the distances from a query to the vectors of a list cannot be below, by the triangle inequality; minus infinity if nothing is
     * known.
     *
     * @param distance    from the query to the centroid
     * @param radius      of the list
     * @param queryLength Euclidean
     */
    float bound(int list, float distance, double radius, double queryLength) {
        double reach = radius * (1 + error);
        double bound = switch (spec.metric()) {
            case EUCLIDEAN -> square(Math.sqrt(distance * (1 - error)) - reach) * (1 - error);
            case COSINE -> {
                // Also of what is zero, so of no unit length.
                double direction = queryLength > 0 ? 1 : 0;
                double chord = direction + squares[list] - 2 * (1 - distance + error);
                yield square(Math.sqrt(Math.max(0, chord)) - reach) / 2 - error;
            }
            default -> distance - queryLength * (reach + 2 * error * (Math.sqrt(squares[list]) + radius));
        };
        return Double.isNaN(bound) ? Float.NEGATIVE_INFINITY : (float) bound;
    }

    /** Of a root that is negative nothing is known but that it is at least 0. */
    private static double square(double root) {
        return root > 0 ? root * root : 0;
    }
}
