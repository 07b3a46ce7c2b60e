package org.ruvector.index.ivf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.NeighbourhoodCodec.NeighbourhoodScorer;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/**
 * Codes of the centroids relative to their mean: by them a query tells most lists from those that may be nearest, and reads few of the
 * centroids themselves. Immutable.
 */
final class CentroidCodes {
    private final Centroids centroids;
    private final NeighbourhoodCodec codec;
    private final MemorySegment blocks;
    private final VectorRows mean;

    CentroidCodes(Centroids centroids, NeighbourhoodCodec codec) {
        this.centroids = centroids;
        this.codec = codec;
        float[] reference = mean(centroids);
        this.mean = VectorRows.ofFloats(reference, reference.length);
        int count = centroids.count();
        long bytes = codec.blockBytes();
        this.blocks = Arena.ofAuto().allocate(Pages.pages(count) * bytes, 64);
        for (int from = 0; from < count; from += Pages.WIDTH) {
            int to = Math.min(count, from + Pages.WIDTH);
            int[] rows = IntStream.range(from, to).toArray();
            codec.encode(
                    reference,
                    centroids.rows(),
                    rows,
                    0,
                    rows.length,
                    blocks.asSlice(from / Pages.WIDTH * bytes, bytes));
        }
    }

    private static float[] mean(Centroids centroids) {
        double[] sum = new double[centroids.spec().dimension()];
        for (int list = 0; list < centroids.count(); list++) {
            float[] vector = centroids.vector(list);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / centroids.count());
        }
        return centroids.spec().metric() == Metric.COSINE ? VectorLayout.scaled(mean, mean) : mean;
    }

    long byteSize() {
        return blocks.byteSize();
    }

    /** Scores the mean by the metric. */
    RowScorer<?> meanScorer(VectorLayout layout) {
        return layout.scorer(mean.segment());
    }

    /**
     * Estimates the distances to all centroids.
     *
     * @param toMean    the query's exact distance to the mean
     * @param some      scratch for 32
     * @param estimates receives one for each centroid
     */
    void estimate(NeighbourhoodScorer scorer, float toMean, float[] some, float[] estimates) {
        for (int from = 0; from < centroids.count(); from += Pages.WIDTH) {
            long at = (long) from / Pages.WIDTH * codec.blockBytes();
            scorer.score(blocks, at, toMean, Float.POSITIVE_INFINITY, some);
            System.arraycopy(some, 0, estimates, from, Math.min(Pages.WIDTH, centroids.count() - from));
        }
    }
}
