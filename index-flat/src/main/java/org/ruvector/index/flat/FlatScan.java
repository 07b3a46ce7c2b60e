package org.ruvector.index.flat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopPolicy;
import org.ruvector.api.StopReason;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.CodeScorer;
import org.ruvector.storage.NearestHits;

/**
 * One request on its way through the rows, block by block. Whether alone or among others in a batch, it sees the same
 * blocks, so it gives the same answer.
 */
final class FlatScan {

    /** Where the rows of one block and their distances are noted; one thread's, for any number of scans. */
    static final class Scratch {
        private final int[] ordinals;
        private final float[] distances;

        Scratch(int block) {
            ordinals = new int[block];
            distances = new float[block];
        }
    }

    private final SearchRequest request;
    private final FlatRows rows;
    private final Scorer scorer;
    /** Scores codes; {@code null} if vectors are scanned. */
    private final CodeScorer codes;

    private final NearestHits nearest;
    private final long budget;
    // The slots to look at, ascending, or null for all.
    private final int[] matching;
    private long hops;
    private long visited;
    private long distances;
    private long nanos;
    private StopReason stop;

    /**
     * Begins before the first row.
     *
     * @param scorer scores vectors
     * @param codes  scores codes, which are then scanned in place of vectors; {@code null} to scan vectors
     */
    FlatScan(SearchRequest request, FlatRows rows, Scorer scorer, CodeScorer codes) {
        long start = System.nanoTime();
        this.request = request;
        this.rows = rows;
        this.scorer = scorer;
        this.codes = codes;
        // Estimates are not cut off: the exact distance may be within.
        this.nearest = codes == null
                ? new NearestHits(request.k(), request.cutoff())
                : new NearestHits(
                        rows.codes()
                                .tiers()
                                .candidates(
                                        Math.min(request.k(), rows.count()),
                                        request.effort().oversample()),
                        Float.POSITIVE_INFINITY);
        Duration timeBudget = request.effort().timeBudget();
        this.budget = timeBudget == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeBudget);
        this.matching =
                request.filter() instanceof Filter.Ids ids && ids.cardinality() < rows.count() ? slots(ids) : null;
        this.nanos = System.nanoTime() - start;
    }

    /**
     * Looks at one block of rows, from place {@code from} on.
     *
     * @return whether there is more to look at
     */
    boolean scan(int from, int block, Scratch scratch) {
        int length = matching == null ? rows.count() : matching.length;
        if (stop != null || from >= length) {
            return false;
        }
        long start = System.nanoTime();
        int to = Math.min(length, from + block);
        int n = gather(from, to, scratch.ordinals);
        // A block without a match costs the kernel nothing.
        Scorer by = codes == null ? scorer : codes;
        if (n > 0 && !(by.score(scratch.ordinals, n, nearest.bound(), scratch.distances) > nearest.bound())) {
            for (int i = 0; i < n; i++) {
                if (!(scratch.distances[i] > nearest.bound())) {
                    nearest.offer(rows.id(scratch.ordinals[i]), scratch.distances[i]);
                }
            }
        }
        hops++;
        visited += to - from;
        distances += codes == null ? n : 0;
        nanos += System.nanoTime() - start;
        if (to == length) {
            return false;
        }
        stop = reasonToStop();
        return stop == null;
    }

    SearchResult result() {
        long start = System.nanoTime();
        List<Hit> hits = (codes == null ? nearest : rescored()).sorted();
        nanos += System.nanoTime() - start;
        SearchResult.Stats stats = new SearchResult.Stats(
                visited,
                distances,
                codes == null ? 0 : codes.computed(),
                stop == null ? StopReason.EXHAUSTED : stop,
                (codes == null ? "exact scan" : "scan of codes") + (matching == null ? "" : " of matching rows"),
                nanos);
        return new SearchResult(hits, stats);
    }

    /** The nearest of the candidates by their exact distances. */
    private NearestHits rescored() {
        long[] ids = nearest.ids();
        int[] slots = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            slots[i] = rows.find(ids[i]);
        }
        float[] exact = new float[ids.length];
        scorer.score(slots, ids.length, Float.POSITIVE_INFINITY, exact);
        distances += ids.length;
        NearestHits best = new NearestHits(request.k(), request.cutoff());
        for (int i = 0; i < ids.length; i++) {
            best.offer(ids[i], exact[i]);
        }
        return best;
    }

    private int gather(int from, int to, int[] ordinals) {
        if (matching != null) {
            System.arraycopy(matching, from, ordinals, 0, to - from);
            return to - from;
        }
        Filter filter = request.filter();
        int n = 0;
        if (filter instanceof Filter.All) {
            for (int slot = from; slot < to; slot++) {
                ordinals[n++] = slot;
            }
        } else {
            for (int slot = from; slot < to; slot++) {
                if (filter.matches(rows.id(slot))) {
                    ordinals[n++] = slot;
                }
            }
        }
        return n;
    }

    private StopReason reasonToStop() {
        if (nanos >= budget) {
            return StopReason.TIME_BUDGET;
        }
        StopPolicy policy = request.effort().stopPolicy();
        // Nothing is known of the rows ahead: one of them may be as near as can be.
        return policy != null
                        && policy.stop(
                                hops,
                                codes == null ? distances : codes.computed(),
                                nearest.kthDistance(),
                                Float.NEGATIVE_INFINITY)
                ? StopReason.POLICY
                : null;
    }

    private int[] slots(Filter.Ids ids) {
        int[] found = new int[(int) ids.cardinality()];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            int slot = rows.find(ids.id(i));
            if (slot >= 0) {
                found[n++] = slot;
            }
        }
        Arrays.sort(found, 0, n);
        return Arrays.copyOf(found, n);
    }
}
