package org.ruvector.quant.spi;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ruvector.api.Parameters;
import org.ruvector.api.spi.QuantizerSpec;

/**
 * What {@code pq} and {@code opq} have in common.
 *
 * @param m          sub-spaces, from 1 to the dimension
 * @param bits       of a sub-space's code, 8 or 4
 * @param iterations of k-means at most
 * @param sample     vectors to learn from at most
 * @param seed       decides which, and k-means' start
 */
record ProductParameters(int m, int bits, int iterations, int sample, long seed) {
    /** 128 for each of 256 centroids: twice as many gained nothing on real text, half as many a little less. */
    private static final int SAMPLE = 1 << 15;
    /** On real text 10 gave the recall of 25. */
    private static final int ITERATIONS = 15;
    /** Coordinates to learn from at most: 256 MiB of floats. */
    private static final int COORDINATES = 1 << 26;

    static ProductParameters of(QuantizerSpec spec, long seedByDefault, String... more) {
        String[] known = Stream.concat(Stream.of("m", "bits", "iterations", "sample", "seed"), Stream.of(more))
                .toArray(String[]::new);
        Parameters given = spec.parameters().requireOnly(known);
        int bits = given.getInt("bits", 8);
        if (bits != 8 && bits != 4) {
            throw new IllegalArgumentException("bits is " + bits + "; it must be 8 or 4");
        }
        int d = spec.dimension();
        int m = given.getInt("m", (d - 1) / bits + 1);
        if (m < 1 || m > d) {
            throw new IllegalArgumentException("m is " + m + "; it must be from 1 to the dimension, which is " + d);
        }
        int iterations = given.getInt("iterations", ITERATIONS);
        int sample = given.getInt("sample", SAMPLE);
        if (iterations < 1 || sample < 1) {
            throw new IllegalArgumentException(
                    "iterations is " + iterations + ", sample is " + sample + "; both must be at least 1");
        }
        return new ProductParameters(m, bits, iterations, sample, given.getLong("seed", seedByDefault));
    }

    Parameters filledIn() {
        return Parameters.none()
                .with("m", m)
                .with("bits", bits)
                .with("iterations", iterations)
                .with("sample", sample)
                .with("seed", seed);
    }

    /** Some of the vectors, or all, in random order, so that the first of them are a sample too; row-major. */
    float[] draw(Sample vectors, int dimension) {
        int n = Math.min(Math.min(sample, vectors.count()), Math.max(1, COORDINATES / dimension));
        int[] rows = IntStream.range(0, vectors.count()).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        float[] drawn = new float[n * dimension];
        float[] row = new float[dimension];
        for (int i = 0; i < n; i++) {
            int other = random.nextInt(i, rows.length);
            int chosen = rows[other];
            rows[other] = rows[i];
            vectors.row(chosen, row);
            System.arraycopy(row, 0, drawn, i * dimension, dimension);
        }
        return drawn;
    }
}
