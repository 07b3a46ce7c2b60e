package org.ruvector.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ruvector.api.Progress;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;

/**
 * Exact neighbours by brute force: rows are scanned with a fast kernel, and the best few more than needed are put in order
 * in double precision. {@code O(queries · rows · dimension)} time.
 */
public final class GroundTruth {

    /** Rows kept beyond {@code k}, so that rounding in the scan cannot push a true neighbour out. */
    private static final int SPARE = 16;

    private static final int BLOCK = 1024;

    private final Workload workload;
    private final KernelProvider kernel;

    /**
     * For one workload.
     *
     * @param workload what to search
     * @param kernel   scans the rows
     */
    public GroundTruth(Workload workload, KernelProvider kernel) {
        this.workload = workload;
        this.kernel = kernel;
    }

    /**
     * The exact neighbours of every query among all rows.
     *
     * @param k        neighbours wanted
     * @param threads  threads to use
     * @param progress told about each query
     * @return row numbers, nearest first, ties by row number; fewer than {@code k} if there are fewer rows
     */
    public int[][] neighbours(int k, int threads, Progress progress) {
        return neighbours(IntStream.range(0, workload.base().count()).toArray(), k, threads, progress);
    }

    /**
     * The exact neighbours of every query among the given rows.
     *
     * @param rows     row numbers, distinct
     * @param k        neighbours wanted
     * @param threads  threads to use
     * @param progress told about each query
     * @return row numbers, nearest first, ties by row number; fewer than {@code k} if fewer rows are given
     */
    public int[][] neighbours(int[] rows, int k, int threads, Progress progress) {
        int n = workload.queries().count();
        int[][] result = new int[n][];
        ExactDistance exact = new ExactDistance(workload);
        AtomicInteger next = new AtomicInteger();
        Team.run(threads, member -> {
            for (int q = next.getAndIncrement(); q < n; q = next.getAndIncrement()) {
                result[q] = nearest(q, scan(workload.queries().query(q), rows, k + SPARE), k, exact);
                if (!progress.update("exact neighbours", q + 1L, n)) {
                    throw new CancellationException("The exact neighbours were not wanted any more");
                }
            }
        });
        return result;
    }

    private int[] scan(Query query, int[] rows, int keep) {
        return switch (query) {
            case Query.Floats(float[] v) -> scan(kernel.floats(workload.metric()), v, rows, keep);
            case Query.Bytes(byte[] v) -> scan(kernel.bytes(workload.metric()), v, rows, keep);
            case Query.Bits(long[] words, int dimension) -> scan(kernel.bits(), words, rows, keep);
        };
    }

    private <Q> int[] scan(RowKernel<Q> distances, Q query, int[] rows, int keep) {
        VectorRows base = workload.base();
        float[] best = new float[keep];
        int[] who = new int[keep];
        int size = 0;
        float[] block = new float[BLOCK];
        int[] ordinals = new int[BLOCK];
        for (int from = 0; from < rows.length; from += BLOCK) {
            int count = Math.min(BLOCK, rows.length - from);
            System.arraycopy(rows, from, ordinals, 0, count);
            float bound = size < keep ? Float.POSITIVE_INFINITY : best[keep - 1];
            distances.distances(query, base.segment(), base.stride(), ordinals, count, bound, block);
            for (int i = 0; i < count; i++) {
                if (size < keep || block[i] < best[keep - 1]) {
                    // Few rows get here after the first blocks, so sinking into a sorted array is cheap.
                    int at = size < keep ? size++ : keep - 1;
                    for (; at > 0 && best[at - 1] > block[i]; at--) {
                        best[at] = best[at - 1];
                        who[at] = who[at - 1];
                    }
                    best[at] = block[i];
                    who[at] = ordinals[i];
                }
            }
        }
        return Arrays.copyOf(who, size);
    }

    private static int[] nearest(int query, int[] candidates, int k, ExactDistance exact) {
        record Candidate(int row, double distance) {}
        return Arrays.stream(candidates)
                .mapToObj(row -> new Candidate(row, exact.between(query, row)))
                .sorted(Comparator.comparingDouble(Candidate::distance).thenComparingInt(Candidate::row))
                .limit(k)
                .mapToInt(Candidate::row)
                .toArray();
    }
}
