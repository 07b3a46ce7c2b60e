package org.ruvector.bench;

import java.util.Arrays;

/**
 * Judges answers: recall@k is the share of the {@code k} exact neighbours that were found, averaged over queries. A row that
 * is exactly as near as the k-th neighbour counts as found even if the truth lists another of equal distance. An answer
 * that names a row twice, or a row that does not exist, is an error. Thread-safe.
 */
public final class Recall {

    /** Relative slack for rows that are equally near but for the rounding of double arithmetic, e.g. scaled duplicates. */
    private static final double SLACK = 1e-9;

    private final Workload workload;
    private final ExactDistance exact;
    private final int[][] truth;
    private final double[] farthest;

    /**
     * With the exact neighbours.
     *
     * @param workload what is searched
     * @param truth    exact neighbours per query, nearest first; only the first {@code k} are used
     * @param k        neighbours wanted, at least 1
     * @throws IllegalArgumentException if the truth does not belong to the workload
     */
    public Recall(Workload workload, int[][] truth, int k) {
        this.workload = workload;
        this.exact = new ExactDistance(workload);
        if (truth.length < workload.queries().count()) {
            throw new IllegalArgumentException("There are " + workload.queries().count()
                    + " queries, but exact neighbours" + " of " + truth.length + " only");
        }
        this.truth = new int[truth.length][];
        this.farthest = new double[truth.length];
        for (int q = 0; q < workload.queries().count(); q++) {
            this.truth[q] = Arrays.copyOf(truth[q], Math.min(k, truth[q].length));
            farthest[q] = Double.NEGATIVE_INFINITY;
            for (int row : this.truth[q]) {
                if (row < 0 || row >= workload.base().count()) {
                    throw new IllegalArgumentException(nowhere("exact neighbours", q, row));
                }
                farthest[q] = Math.max(farthest[q], exact.between(q, row));
            }
        }
    }

    /**
     * The recall of one answer.
     *
     * @param query number of the query
     * @param ids   row numbers
     * @param count how many of them are the answer
     * @return from 0 to 1; 1 if there was nothing to find
     * @throws IllegalStateException if a row comes twice or does not exist
     */
    public double of(int query, int[] ids, int count) {
        int[] wanted = truth[query];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            if (id < 0 || id >= workload.base().count()) {
                throw new IllegalStateException(nowhere("answers", query, id));
            }
            for (int j = 0; j < i; j++) {
                if (ids[j] == id) {
                    throw new IllegalStateException("The answer to query " + query + " names row " + id + " twice");
                }
            }
            if (contains(wanted, id)
                    || exact.between(query, id) <= farthest[query] + SLACK * Math.abs(farthest[query])) {
                found++;
            }
        }
        return wanted.length == 0 ? 1 : Math.min(found, wanted.length) / (double) wanted.length;
    }

    private String nowhere(String what, int query, int row) {
        int last = workload.base().count() - 1;
        return "The " + what + " of query " + query + " name row " + row + ", but rows go from 0 to " + last;
    }

    private static boolean contains(int[] wanted, int id) {
        for (int w : wanted) {
            if (w == id) {
                return true;
            }
        }
        return false;
    }
}
