package org.ruvector.index.ivf;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.StopPolicy;
import org.ruvector.api.StopReason;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.NearestHits;

/** One request on its way through the lists, whoever leads it. Whether by codes or not, what it answers has exact distances. */
final class IvfScan {
    /** Rows scored at once. */
    static final int BLOCK = 256;
    /** Candidates compared at once. */
    private static final int AT_ONCE = 16;

    private static final double MARGIN = 3;

    /** One thread's, for any number of scans. */
    static final class Scratch {
        private final int[] slots = new int[BLOCK];
        private final float[] distances = new float[BLOCK];
    }

    private final SearchRequest request;
    private final ListRows rows;
    private final Scorer scorer;
    /** Scores codes; {@code null} where vectors are compared. */
    private final ListCodes.PageScorer codes;

    private final Scratch scratch;
    private final boolean all;
    /** Of hits, or of candidates, whose slots then stand for their ids. */
    private final NearestHits nearest;

    private final long wanted;
    private final long deadline;
    /** Of the rows that match, to be seen at least. */
    private long demanded;

    private long matched;
    private long offered;
    /** Rows whose estimates are no numbers or infinite, seen while all others were kept. */
    private long lost;

    private long hops;
    private long exact;
    private long estimated;

    /**
     * Begins before the first list.
     *
     * @param scorer scores vectors, and is the query's
     * @param codes  likewise codes; {@code null} to compare vectors
     */
    IvfScan(SearchRequest request, ListRows rows, Scorer scorer, ListCodes.PageScorer codes, Scratch scratch) {
        this.request = request;
        this.rows = rows;
        this.scorer = scorer;
        this.codes = codes;
        this.scratch = scratch;
        this.all = request.filter() instanceof Filter.All;
        int k = Math.min(request.k(), Math.max(1, rows.count()));
        // Estimates are not cut off: the exact distance may be within.
        this.nearest = codes == null
                ? new NearestHits(request.k(), request.cutoff())
                : new NearestHits(
                        rows.codes().tiers().candidates(k, request.effort().oversample()), Float.POSITIVE_INFINITY);
        this.wanted = request.cutoff() == Float.POSITIVE_INFINITY ? Math.min(request.k(), rows.count()) : 0;
        Duration budget = request.effort().timeBudget();
        this.deadline = budget == null
                ? 0
                : System.nanoTime() + Math.min(Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS.convert(budget));
    }

    /** Makes a search with a filter go on until it has seen so many of the rows that match. */
    void demand(long matching) {
        demanded = matching;
    }

    /** Whether there are as many as were wanted; with a cut-off nobody knows how many there should be. */
    boolean isFull() {
        return offered >= wanted && matched >= demanded;
    }

    /** Nothing farther is of interest. */
    float bound() {
        return nearest.bound();
    }

    /** Distances computed, of either kind. */
    long computed() {
        return exact + estimated;
    }

    long exact() {
        return exact;
    }

    long estimated() {
        return estimated;
    }

    /** Lists, or blocks of rows, looked at. */
    long hops() {
        return hops;
    }

    /** Looks at a whole list, whose centroid is so far from the query. */
    void list(int list, float distance) {
        hops++;
        part(list, distance, 0, Pages.pages(rows.pages().size(list)));
    }

    /** Counts a list of which {@link #part} sees the pages. */
    void hop() {
        hops++;
    }

    /** Looks at some of the pages of a list, from the {@code from}-th to before the {@code to}-th. */
    void part(int list, float distance, int from, int to) {
        int[] pages = rows.pages().of(list);
        int size = rows.pages().size(list);
        if (codes != null) {
            codes.begin(list, distance);
            for (int i = from; i < to; i++) {
                estimate(pages[i], Math.min(Pages.WIDTH, size - i * Pages.WIDTH));
            }
            return;
        }
        int n = 0;
        for (int i = from; i < to; i++) {
            int first = pages[i] * Pages.WIDTH;
            int end = first + Math.min(Pages.WIDTH, size - i * Pages.WIDTH);
            for (int slot = first; slot < end; slot++) {
                scratch.slots[n] = slot;
                n += all || request.filter().matches(rows.id(slot)) ? 1 : 0;
            }
            if (n > BLOCK - Pages.WIDTH) {
                compare(scratch.slots, n);
                n = 0;
            }
        }
        compare(scratch.slots, n);
    }

    private void estimate(int page, int n) {
        int matching = all ? Pages.places(n) : matching(page, n);
        if (matching == 0) {
            return;
        }
        float bound = nearest.bound();
        // Of equal estimates those of the lowest slots count, in whichever order lists are looked at.
        int near = codes.score(page, n, Math.nextUp(bound), scratch.distances) & matching;
        int count = Integer.bitCount(matching);
        estimated += n;
        matched += count;
        if (bound == Float.POSITIVE_INFINITY) {
            lost += count - Integer.bitCount(near);
        }
        for (; near != 0; near &= near - 1) {
            int place = Integer.numberOfTrailingZeros(near);
            nearest.offer(page * Pages.WIDTH + place, scratch.distances[place]);
            offered++;
        }
    }

    /** The places whose rows match the filter, as bits. */
    private int matching(int page, int n) {
        int matching = 0;
        for (int place = 0; place < n; place++) {
            matching |= request.filter().matches(rows.id(page * Pages.WIDTH + place)) ? 1 << place : 0;
        }
        return matching;
    }

    /** Looks at these rows, which all match, as long as nothing stops it; returns why it stopped. */
    StopReason slots(int[] slots, int n) {
        for (int from = 0; from < n; from += BLOCK) {
            int length = Math.min(BLOCK, n - from);
            System.arraycopy(slots, from, scratch.slots, 0, length);
            compare(scratch.slots, length);
            hops++;
            StopReason stop = from + length < n ? reasonToStop(Float.NEGATIVE_INFINITY) : null;
            if (stop != null) {
                return stop;
            }
        }
        return null;
    }

    private void compare(int[] slots, int n) {
        exact += n;
        matched += n;
        // A block without a match costs the kernel nothing.
        if (n == 0 || scorer.score(slots, n, nearest.bound(), scratch.distances) > nearest.bound()) {
            offered += n;
            return;
        }
        for (int i = 0; i < n; i++) {
            if (!(scratch.distances[i] > nearest.bound())) {
                nearest.offer(rows.id(slots[i]), scratch.distances[i]);
            }
        }
        offered += n;
    }

    /** Why to stop before something whose distances are not below {@code ahead}; {@code null} to go on. */
    StopReason reasonToStop(float ahead) {
        if (deadline != 0 && System.nanoTime() - deadline >= 0) {
            return StopReason.TIME_BUDGET;
        }
        StopPolicy policy = request.effort().stopPolicy();
        return policy != null && policy.stop(hops, computed(), nearest.kthDistance(), ahead) ? StopReason.POLICY : null;
    }

    /** The hits. */
    List<Hit> hits() {
        return codes == null ? nearest.sorted() : compared();
    }

    /**
     * The nearest of the candidates by their vectors, which are compared in the order of their estimates until those of the others are
     * too far: by more than {@value #MARGIN} standard deviations, as far as errors of estimates were seen.
     */
    private List<Hit> compared() {
        long[] slots = nearest.ids();
        float[] estimates = nearest.distances();
        long[] order = new long[slots.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = CoarseLists.key(estimates[i], (int) slots[i]);
        }
        Arrays.sort(order);
        NearestHits hits = new NearestHits(request.k(), request.cutoff());
        double sum = 0;
        double squares = 0;
        for (int from = 0; from < order.length; ) {
            int n = Math.min(AT_ONCE, order.length - from);
            for (int i = 0; i < n; i++) {
                scratch.slots[i] = (int) order[from + i];
            }
            scorer.score(scratch.slots, n, Float.POSITIVE_INFINITY, scratch.distances);
            for (int i = 0; i < n; i++) {
                hits.offer(rows.id(scratch.slots[i]), scratch.distances[i]);
                double error = scratch.distances[i] - (double) CoarseLists.distance(order[from + i]);
                sum += error;
                squares += error * error;
            }
            from += n;
            double mean = sum / from;
            double least = mean - MARGIN * Math.sqrt(Math.max(0, squares / from - mean * mean));
            exact += n;
            if (from < order.length && CoarseLists.distance(order[from]) + least > hits.bound()) {
                break;
            }
        }
        return hits.sorted();
    }

    /** Whether codes failed: there should be more hits than these, or nearer ones than infinitely far. */
    boolean misled(List<Hit> hits) {
        return codes != null
                && ((!isFull() && lost > 0)
                        || (!hits.isEmpty() && hits.getLast().distance() == Float.POSITIVE_INFINITY));
    }
}
