package org.ruvector.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.VectorIndex;

/**
 * Judges answers of an index that grows row by row: what counts is whether a row is as near as the k-th of those that were there
 * when the search began. A row that was added meanwhile counts, too, if it is. Thread-safe.
 */
final class GrowingTruth {

    /** As in {@link Recall}. */
    private static final double SLACK = 1e-9;

    private final ExactDistance exact;
    private final int k;
    /** For each query the numbers of rows, ascending, from which on the k-th distance is another. */
    private final int[][] since;

    private final double[][] farthest;

    /**
     * Finds the neighbours among the first rows, and which of the others came to be neighbours; with the index {@code flat}.
     *
     * @param workload rows in the order in which they are added
     * @param first    number of rows that are there at the beginning, at least {@code k}
     * @param k        neighbours wanted
     * @param context  plugins and kernel
     */
    GrowingTruth(Workload workload, int first, int k, BuildContext context) {
        this.exact = new ExactDistance(workload);
        this.k = k;
        int queries = workload.queries().count();
        this.since = new int[queries][];
        this.farthest = new double[queries][];
        VectorRows rows = workload.base();
        IndexSpec spec = new IndexSpec("flat", Parameters.none(), workload.metric(), rows.type(), rows.dimension());
        IndexBuilder builder = context.plugins().builder(spec, context);
        long[] later = new long[rows.count() - first];
        Arrays.setAll(later, i -> first + i);
        try (VectorIndex early = builder.build(rows.slice(0, first));
                VectorIndex late = builder.build(rows.slice(first, rows.count()), later)) {
            AtomicInteger next = new AtomicInteger();
            Team.run(Runtime.getRuntime().availableProcessors(), member -> {
                for (int q; (q = next.getAndIncrement()) < queries; ) {
                    Query query = workload.queries().query(q);
                    List<Hit> nearest = early.search(SearchRequest.of(query, k)).hits();
                    SearchRequest nearer =
                            SearchRequest.range(query, nearest.getLast().distance());
                    follow(q, first, nearest, late.search(nearer).hits());
                }
            });
        }
    }

    /** Lets the later rows take the places of farther ones, in the order in which they are added. */
    private void follow(int query, int first, List<Hit> nearest, List<Hit> later) {
        PriorityQueue<Hit> neighbours = new PriorityQueue<>(Comparator.reverseOrder());
        neighbours.addAll(nearest);
        List<Integer> rows = new ArrayList<>(List.of(first));
        List<Double> distances = new ArrayList<>(List.of(farthest(query, neighbours)));
        List<Hit> inOrder =
                later.stream().sorted(Comparator.comparingLong(Hit::id)).toList();
        for (Hit hit : inOrder) {
            if (hit.distance() < neighbours.element().distance()) {
                neighbours.remove();
                neighbours.add(hit);
                rows.add((int) hit.id() + 1);
                distances.add(farthest(query, neighbours));
            }
        }
        since[query] = rows.stream().mapToInt(Integer::intValue).toArray();
        farthest[query] = distances.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double farthest(int query, PriorityQueue<Hit> neighbours) {
        return neighbours.stream()
                .mapToDouble(hit -> exact.between(query, (int) hit.id()))
                .max()
                .orElseThrow();
    }

    /**
     * Recall@k of one answer.
     *
     * @param query number of the query
     * @param rows  number of rows that were there when the search began
     * @param ids   rows that were found, in {@code ids[from, to)}
     * @return from 0 to 1
     * @throws IllegalStateException if a row comes twice
     */
    double recall(int query, int rows, int[] ids, int from, int to) {
        int at = Arrays.binarySearch(since[query], rows);
        double limit = farthest[query][at >= 0 ? at : -2 - at];
        int found = 0;
        for (int i = from; i < to; i++) {
            for (int j = from; j < i; j++) {
                if (ids[j] == ids[i]) {
                    throw new IllegalStateException("The answer to query " + query + " names row " + ids[i] + " twice");
                }
            }
            if (exact.between(query, ids[i]) <= limit + SLACK * Math.abs(limit)) {
                found++;
            }
        }
        return Math.min(found, k) / (double) k;
    }
}
