package org.ruvector.clustering;

import java.util.Arrays;

/**
 * Vectors kept by coordinate, for what one vector has to do with all of them at once: the squared distances, the inner products, the
 * nearest. Suits centroids of any dimension, also of fewer coordinates than a register holds, and is fast without the Vector API:
 * the compiler vectorises over the vectors, so that no sum has to be reordered. The same numbers give the same bits on every machine.
 *
 * <p>Immutable and thread-safe. One vector against all takes {@code O(count · dimension)}.
 */
public final class Columns {
    private final int count;
    /** One array per coordinate: the compiler vectorises over arrays read at one index, not over offsets that vary in one array. */
    private final float[][] columns;

    /**
     * Takes vectors.
     *
     * @param vectors   {@code count · dimension} floats, row-major, at least one vector; copied
     * @param dimension coordinates per vector, at least 1
     */
    public Columns(float[] vectors, int dimension) {
        if (dimension < 1 || vectors.length == 0 || vectors.length % dimension != 0) {
            throw new IllegalArgumentException(vectors.length + " floats are not one or more vectors of " + dimension
                    + " coordinates; the dimension must be at least 1 and divide their number");
        }
        count = vectors.length / dimension;
        columns = new float[dimension][count];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < count; j++) {
                columns[i][j] = vectors[j * dimension + i];
            }
        }
    }

    /** Number of vectors. */
    public int count() {
        return count;
    }

    /** Coordinates per vector. */
    public int dimension() {
        return columns.length;
    }

    /** Copies vector {@code j} to {@code out[at]}, {@code out[at + 1]}, … */
    public void copy(int j, float[] out, int at) {
        for (int i = 0; i < columns.length; i++) {
            out[at + i] = columns[i][j];
        }
    }

    /** {@return a copy of all vectors, row-major} */
    public float[] toArray() {
        float[] vectors = new float[count * columns.length];
        for (int j = 0; j < count; j++) {
            copy(j, vectors, j * columns.length);
        }
        return vectors;
    }

    /**
     * Squared Euclidean distances {@code Σᵢ (xᵢ − vⱼᵢ)²} from one vector to all.
     *
     * @param x   holds the vector from {@code at} on; finite, else the distances mean nothing
     * @param out receives {@link #count()} distances; infinite where single precision does not hold one
     */
    public void distances(float[] x, int at, float[] out) {
        int n = count;
        Arrays.fill(out, 0, n, 0);
        int i = 0;
        for (; i + 4 <= columns.length; i += 4) {
            float x0 = x[at + i];
            float x1 = x[at + i + 1];
            float x2 = x[at + i + 2];
            float x3 = x[at + i + 3];
            float[] c0 = columns[i];
            float[] c1 = columns[i + 1];
            float[] c2 = columns[i + 2];
            float[] c3 = columns[i + 3];
            for (int j = 0; j < n; j++) {
                float d0 = x0 - c0[j];
                float d1 = x1 - c1[j];
                float d2 = x2 - c2[j];
                float d3 = x3 - c3[j];
                // In a chain: the compiler (JDK 25) leaves a balanced tree of squares scalar, five times as slow.
                out[j] = out[j] + d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
            }
        }
        for (; i < columns.length; i++) {
            float x0 = x[at + i];
            float[] c0 = columns[i];
            for (int j = 0; j < n; j++) {
                float d0 = x0 - c0[j];
                out[j] += d0 * d0;
            }
        }
    }

    /**
     * Inner products {@code Σᵢ xᵢ · vⱼᵢ} of one vector with all. With the rows of a matrix as vectors, that is its product with {@code x}.
     *
     * @param x   holds the vector from {@code at} on
     * @param out receives {@link #count()} products
     */
    public void products(float[] x, int at, float[] out) {
        int n = count;
        Arrays.fill(out, 0, n, 0);
        int i = 0;
        for (; i + 4 <= columns.length; i += 4) {
            float x0 = x[at + i];
            float x1 = x[at + i + 1];
            float x2 = x[at + i + 2];
            float x3 = x[at + i + 3];
            float[] c0 = columns[i];
            float[] c1 = columns[i + 1];
            float[] c2 = columns[i + 2];
            float[] c3 = columns[i + 3];
            for (int j = 0; j < n; j++) {
                out[j] = out[j] + x0 * c0[j] + x1 * c1[j] + x2 * c2[j] + x3 * c3[j];
            }
        }
        for (; i < columns.length; i++) {
            float x0 = x[at + i];
            float[] c0 = columns[i];
            for (int j = 0; j < n; j++) {
                out[j] += x0 * c0[j];
            }
        }
    }

    /**
     * Which vector is nearest to another; of several the first.
     *
     * @param x         holds the other vector from {@code at} on
     * @param distances receives the squared distances to all {@link #count()} vectors
     */
    public int nearest(float[] x, int at, float[] distances) {
        distances(x, at, distances);
        int nearest = 0;
        float least = distances[0];
        for (int j = 1; j < count; j++) {
            if (distances[j] < least) {
                least = distances[j];
                nearest = j;
            }
        }
        return nearest;
    }
}
