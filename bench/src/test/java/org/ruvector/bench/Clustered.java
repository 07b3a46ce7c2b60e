package org.ruvector.bench;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

/** Clustered vectors from a seed, for tests. */
public final class Clustered {

    private Clustered() {}

    /** The exact neighbours among some rows, by sorting all distances in double precision. */
    public static int[][] truth(Workload workload, int[] rows, int k) {
        ExactDistance exact = new ExactDistance(workload);
        return IntStream.range(0, workload.queries().count())
                .mapToObj(query -> IntStream.of(rows)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingDouble(row -> exact.between(query, row))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(k)
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** Rows and queries from the same clusters, none of them zero. */
    public static Workload workload(int rows, int queries, int dimension, Metric metric) {
        SplittableRandom random = new SplittableRandom(7);
        int clusters = 20;
        float[] centres = new float[clusters * dimension];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) random.nextGaussian();
        }
        float[] all = new float[(rows + queries) * dimension];
        for (int r = 0; r < rows + queries; r++) {
            int cluster = random.nextInt(clusters);
            for (int d = 0; d < dimension; d++) {
                all[r * dimension + d] = centres[cluster * dimension + d] + 0.7f * (float) random.nextGaussian();
            }
        }
        VectorRows both = VectorRows.ofFloats(all, dimension);
        return new Workload(both.slice(0, rows), both.slice(rows, rows + queries), metric);
    }
}
