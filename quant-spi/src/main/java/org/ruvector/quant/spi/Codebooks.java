package org.ruvector.quant.spi;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.clustering.Columns;
import org.ruvector.clustering.KMeans;

/**
 * Centroids of the sub-spaces of a product quantizer: sub-space {@code s} of {@code m} has the coordinates from {@code ⌊s·d/m⌋} to before
 * {@code ⌊(s+1)·d/m⌋} and {@code 2^bits} centroids, so that their sizes differ by one at most. Immutable and thread-safe.
 */
final class Codebooks {
    /** What an iteration must take off the error, as a share, for another one. */
    private static final double TOLERANCE = 1e-4;

    private final int dimension;
    private final int bits;
    private final Columns[] books;

    private Codebooks(int dimension, int bits, Columns[] books) {
        this.dimension = dimension;
        this.bits = bits;
        this.books = books;
    }

    /** What {@link #toArray} gave. */
    static Codebooks of(float[] centroids, int dimension, int m, int bits) {
        Codebooks codebooks = new Codebooks(dimension, bits, new Columns[m]);
        for (int s = 0; s < m; s++) {
            float[] own = Arrays.copyOfRange(centroids, codebooks.from(s) << bits, codebooks.from(s + 1) << bits);
            codebooks.books[s] = new Columns(own, codebooks.width(s));
        }
        return codebooks;
    }

    /** All centroids, sub-space by sub-space. */
    float[] toArray() {
        float[] all = new float[dimension << bits];
        for (int s = 0; s < books.length; s++) {
            float[] own = books[s].toArray();
            System.arraycopy(own, 0, all, from(s) << bits, own.length);
        }
        return all;
    }

    /**
     * Learns from vectors by k-means.
     *
     * @param vectors row-major
     */
    static Codebooks train(
            float[] vectors, int dimension, ProductParameters parameters, int iterations, BuildContext context) {
        Codebooks codebooks = new Codebooks(dimension, parameters.bits(), new Columns[parameters.m()]);
        codebooks.each(context, (s, own) -> {
            int k = 1 << parameters.bits();
            KMeans kMeans = new KMeans(k, iterations, TOLERANCE, parameters.seed() + s);
            Columns found = kMeans.cluster(codebooks.part(vectors, s), own).centroids();
            codebooks.books[s] = filledUp(found, k);
        });
        return codebooks;
    }

    /** These after some more iterations of k-means, on other vectors perhaps. */
    Codebooks refined(float[] vectors, int iterations, BuildContext context) {
        Codebooks refined = new Codebooks(dimension, bits, new Columns[books.length]);
        KMeans kMeans = new KMeans(1 << bits, iterations, TOLERANCE, 0);
        refined.each(
                context,
                (s, own) -> refined.books[s] =
                        kMeans.refine(part(vectors, s), books[s], own).centroids());
        return refined;
    }

    /** Few distinct vectors have few centroids. Then the first stands for the rest: no vector is nearer to a later one. */
    private static Columns filledUp(Columns found, int k) {
        if (found.count() == k) {
            return found;
        }
        int width = found.dimension();
        float[] all = Arrays.copyOf(found.toArray(), k * width);
        for (int c = found.count(); c < k; c++) {
            System.arraycopy(all, 0, all, c * width, width);
        }
        return new Columns(all, width);
    }

    private interface Training {
        void train(int subspace, BuildContext own);
    }

    /** One thread per sub-space: they are many, and have nothing to wait for. */
    private void each(BuildContext context, Training training) {
        AtomicInteger done = new AtomicInteger();
        Progress overall = (stage, ignored, total) -> context.progress().update("train pq", done.get(), books.length);
        BuildContext own = new BuildContext(
                context.plugins(), context.kernel(), BuildContext.Workers.CALLER, context.seed(), overall);
        Parallel.each(books.length, context.workers(), s -> {
            training.train(s, own);
            done.incrementAndGet();
        });
    }

    private VectorRows part(float[] vectors, int s) {
        int width = width(s);
        int n = vectors.length / dimension;
        float[] part = new float[n * width];
        for (int i = 0; i < n; i++) {
            System.arraycopy(vectors, i * dimension + from(s), part, i * width, width);
        }
        return VectorRows.ofFloats(part, width);
    }

    /** Number of sub-spaces. */
    int m() {
        return books.length;
    }

    int bits() {
        return bits;
    }

    int dimension() {
        return dimension;
    }

    /** The first coordinate of sub-space {@code s}. */
    private int from(int s) {
        return from(s, dimension, books.length);
    }

    /** Of {@code m} sub-spaces of {@code d} coordinates, the first coordinate of sub-space {@code s}. */
    static int from(int s, int d, int m) {
        return (int) ((long) s * d / m);
    }

    private int width(int s) {
        return from(s + 1) - from(s);
    }

    /**
     * The nearest centroid in each sub-space.
     *
     * @param y         holds the vector from {@code at} on
     * @param codes     receives {@link #m()} numbers
     * @param distances {@code 2^bits} floats of scratch space
     * @return the squared distance between the vector and its approximation
     */
    double encode(float[] y, int at, int[] codes, float[] distances) {
        double sum = 0;
        for (int s = 0; s < books.length; s++) {
            codes[s] = books[s].nearest(y, at + from(s), distances);
            sum += distances[codes[s]];
        }
        return sum;
    }

    /**
     * The centroids of a code, one after another.
     *
     * @param y receives the vector from {@code at} on
     */
    void decode(int[] codes, float[] y, int at) {
        for (int s = 0; s < books.length; s++) {
            books[s].copy(codes[s], y, at + from(s));
        }
    }

    /**
     * What each value of each byte of a packed code adds to the distance to a vector: 256 floats per byte. Two sub-spaces of
     * 4 bits share a byte, and so one look-up.
     */
    float[] byteTables(float[] y, Metric metric) {
        float[][] tables = new float[bits == 8 ? books.length : (books.length + 1) / 2 * 2][1 << bits];
        tables(y, metric, tables);
        float[] byBytes = new float[PackedBits.bytes(books.length, bits) << 8];
        for (int i = 0; i < byBytes.length; i++) {
            int at = i >> 8;
            byBytes[i] = bits == 8 ? tables[at][i & 255] : tables[2 * at][i & 15] + tables[2 * at + 1][(i >> 4) & 15];
        }
        return byBytes;
    }

    /** What each centroid adds to the distance to a vector, sub-space by sub-space; tables after them stay as they are. */
    void tables(float[] y, Metric metric, float[][] tables) {
        for (int s = 0; s < books.length; s++) {
            if (metric == Metric.EUCLIDEAN) {
                books[s].distances(y, from(s), tables[s]);
                continue;
            }
            books[s].products(y, from(s), tables[s]);
            for (int code = 0; code < tables[s].length; code++) {
                tables[s][code] = -tables[s][code];
            }
        }
    }
}
