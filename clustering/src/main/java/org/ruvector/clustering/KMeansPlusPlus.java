package org.ruvector.clustering;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;

/** Draws the first centroids, see {@link KMeans}. */
final class KMeansPlusPlus {
    private static final int CHUNK = 1024;

    private KMeansPlusPlus() {}

    /** Up to {@code k} points, no two of them equal; fewer if there are no more. */
    static Columns draw(VectorRows points, int k, long seed, BuildContext context) {
        int n = points.count();
        int d = points.dimension();
        int most = Math.min(k, n);
        RowKernel<float[]> kernel = context.kernel().floats(Metric.EUCLIDEAN);
        int[] ordinals = IntStream.range(0, Math.min(n, CHUNK)).toArray();
        float[] nearest = new float[n];
        // Where squares leave single precision, points still have a finite weight.
        Arrays.fill(nearest, Float.MAX_VALUE);
        double[] sums = new double[(n - 1) / CHUNK + 1];
        SplittableRandom random = new SplittableRandom(seed);
        float[] drawn = new float[most * d];
        float[] last = new float[d];
        int row = random.nextInt(n);
        int count = 0;
        while (row >= 0) {
            MemorySegment.copy(points.segment(), VectorRows.FLOAT, row * points.stride(), last, 0, d);
            System.arraycopy(last, 0, drawn, count++ * d, d);
            if (count == most) {
                break;
            }
            Chunks.each(n, CHUNK, context.workers(), (from, to) -> {
                MemorySegment rows = points.segment().asSlice(from * points.stride());
                float[] distances = new float[to - from];
                kernel.distances(last, rows, points.stride(), ordinals, to - from, Float.POSITIVE_INFINITY, distances);
                double sum = 0;
                for (int i = from; i < to; i++) {
                    nearest[i] = Math.min(nearest[i], distances[i - from]);
                    sum += nearest[i];
                }
                sums[from / CHUNK] = sum;
            });
            row = draw(nearest, sums, random.nextDouble());
            KMeans.report(context, "k-means++", count, most);
        }
        return new Columns(Arrays.copyOf(drawn, count * d), d);
    }

    /** The row at share {@code at} of all distances, or −1 if all are 0. */
    private static int draw(float[] nearest, double[] sums, double at) {
        double rest = 0;
        for (double sum : sums) {
            rest += sum;
        }
        rest *= at;
        int chunk = 0;
        while (chunk + 1 < sums.length && rest >= sums[chunk]) {
            rest -= sums[chunk++];
        }
        for (int i = chunk * CHUNK; i < nearest.length; i++) {
            rest -= nearest[i];
            if (rest < 0) {
                return i;
            }
        }
        // Rounding left a little over, or there is nothing to draw from.
        int last = nearest.length - 1;
        while (last >= 0 && nearest[last] == 0) {
            last--;
        }
        return last;
    }
}
