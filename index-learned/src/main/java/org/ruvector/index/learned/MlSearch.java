package org.ruvector.index.learned;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ruvector.api.Metric;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopPolicy;
import org.ruvector.api.StopReason;
import org.ruvector.storage.NearestHits;
import org.ruvector.storage.RowScorer;

/**
 * Searches by cursors. Of each pivot's rows two cursors go outwards from where the rows are as far from the pivot as the query is;
 * the one goes on whose next row may be nearest to the query, a few rows at a time. Belongs to one thread.
 */
final class MlSearch {

    /** Rows that a cursor compares at a time. */
    private static final int STEP = 8;

    private final MlIndex index;
    private final MlIndex.Content content;
    private final Metric metric;
    private final RowScorer<?> rows;
    private final RowScorer<?> pivots;
    private final int[] ordinals;
    private final float[] scores;
    private final double[] toPivots;

    /** Least possible distances as float bits in the upper half, cursors in the lower: a heap with the least on top. */
    private final long[] waiting;

    private int size;
    /** For each pivot the next slot downwards, and the next upwards; −2 while its rows have not been entered. */
    private final int[] next;

    private NearestHits nearest;
    private SearchRequest request;
    private long visited;
    private long distances;

    MlSearch(MlIndex index) {
        this.index = index;
        content = index.content();
        metric = index.metric();
        rows = index.scorer(content.vectors());
        pivots = index.scorer(content.pivots());
        int partitions = content.partitions();
        ordinals = new int[Math.max(STEP, partitions)];
        scores = new float[ordinals.length];
        toPivots = new double[partitions];
        waiting = new long[2 * partitions];
        next = new int[2 * partitions];
    }

    SearchResult search(SearchRequest asked) {
        long start = System.nanoTime();
        Duration timeBudget = asked.effort().timeBudget();
        long budget = timeBudget == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeBudget);
        request = asked;
        nearest = new NearestHits(asked.k(), asked.cutoff());
        visited = 0;
        // Those to the pivots.
        distances = content.partitions();
        rows.to(asked.query());
        enter();
        StopReason stop = StopReason.EXHAUSTED;
        long hops = 0;
        while (size > 0) {
            double least = Float.intBitsToFloat((int) (waiting[0] >> 32));
            if (least > MlIndex.inMetricSpace(metric, nearest.bound())) {
                break;
            }
            // Entering a partition compares no row yet.
            StopReason reason = visited == 0 ? null : reasonToStop(hops, least, System.nanoTime() - start >= budget);
            if (reason != null) {
                stop = reason;
                break;
            }
            goOn((int) waiting[0]);
            hops++;
        }
        SearchResult.Stats stats = new SearchResult.Stats(
                visited, distances, 0, stop, "pivots and learned positions", System.nanoTime() - start);
        return new SearchResult(nearest.sorted(), stats);
    }

    private StopReason reasonToStop(long hops, double least, boolean late) {
        if (late) {
            return StopReason.TIME_BUDGET;
        }
        StopPolicy policy = request.effort().stopPolicy();
        float frontier = metric == Metric.MANHATTAN
                ? (float) least
                : (float) (least * least / (metric == Metric.COSINE ? 2 : 1));
        return policy != null && policy.stop(hops, distances, nearest.kthDistance(), frontier)
                ? StopReason.POLICY
                : null;
    }

    /** One cursor for each pivot, waiting with the least distance that its rows may have. */
    private void enter() {
        int partitions = content.partitions();
        Arrays.setAll(ordinals, i -> i);
        pivots.to(request.query()).score(ordinals, partitions, Float.POSITIVE_INFINITY, scores);
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < partitions; p++) {
            toPivots[p] = MlIndex.inMetricSpace(metric, scores[p]);
            least = Math.min(least, toPivots[p]);
        }
        size = 0;
        for (int p = 0; p < partitions; p++) {
            int from = content.starts()[p];
            int to = content.starts()[p + 1];
            if (from == to) {
                continue;
            }
            next[2 * p] = -2;
            double toPivot = toPivots[p];
            // Rows lie between two distances from their pivot, and nearer to it than to the query's nearest one.
            double ring = Math.max(content.distances()[from] - toPivot, toPivot - content.distances()[to - 1]);
            double bound = Math.max(ring, (toPivot - least) / 2);
            push(bound - index.slack(Math.max(toPivot, content.distances()[to - 1])), 2 * p);
        }
    }

    /** Lets the cursor on top compare its next rows; it waits again if it has more. */
    private void goOn(int cursor) {
        int p = cursor / 2;
        double sure = Float.intBitsToFloat((int) (waiting[0] >> 32));
        pop();
        if (next[2 * p] == -2) {
            int middle = index.bounded() ? index.position(p, toPivots[p]) : content.starts()[p];
            next[2 * p] = middle - 1;
            next[2 * p + 1] = middle;
            await(2 * p, sure);
            await(2 * p + 1, sure);
            return;
        }
        boolean up = cursor % 2 == 1;
        int end = up ? content.starts()[p + 1] : content.starts()[p] - 1;
        int from = next[cursor];
        int to = up ? Math.min(end, from + STEP) : Math.max(end, from - STEP);
        int n = 0;
        for (int slot = from; slot != to; slot += up ? 1 : -1) {
            if (request.filter().matches(content.id(slot))) {
                ordinals[n++] = slot;
            }
        }
        visited += Math.abs(to - from);
        distances += n;
        if (n > 0 && !(rows.score(ordinals, n, nearest.bound(), scores) > nearest.bound())) {
            for (int i = 0; i < n; i++) {
                if (!(scores[i] > nearest.bound())) {
                    nearest.offer(content.id(ordinals[i]), scores[i]);
                }
            }
        }
        next[cursor] = to;
        await(cursor, sure);
    }

    /** Puts a cursor among those that wait, if it has rows. */
    private void await(int cursor, double sure) {
        int p = cursor / 2;
        int slot = next[cursor];
        if (cursor % 2 == 1 ? slot == content.starts()[p + 1] : slot < content.starts()[p]) {
            return;
        }
        double distance = content.distances()[slot];
        double ring = Math.abs(distance - toPivots[p]) - index.slack(Math.max(distance, toPivots[p]));
        push(Math.max(sure, ring), cursor);
    }

    private void push(double least, int cursor) {
        // Distances beyond single precision tell nothing: then all rows are compared.
        float known = index.bounded() && least > 0 && least < Float.MAX_VALUE ? Math.nextDown((float) least) : 0;
        long entry = (long) Float.floatToIntBits(known) << 32 | cursor;
        int at = size++;
        while (at > 0 && waiting[(at - 1) / 2] > entry) {
            waiting[at] = waiting[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        waiting[at] = entry;
    }

    private void pop() {
        long last = waiting[--size];
        int at = 0;
        for (int child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && waiting[child + 1] < waiting[child]) {
                child++;
            }
            if (waiting[child] >= last) {
                break;
            }
            waiting[at] = waiting[child];
        }
        waiting[at] = last;
    }
}
