package org.ruvector.hypergraph.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Whether groups of a size come after groups of the same or of another size (L. Gallo, L. Lacasa, V. Latora and F. Battiston,
 * "Higher-order correlations reveal complex memory in temporal hypergraphs", Nature Communications 2024).
 *
 * <p>Time is cut into T steps; a hyperedge is in each step in which it holds. With {@code A_t^d} what there is of size d in step t, and
 * {@code M^d} its mean over all steps, the covariance at the lag τ is
 * <pre>c^(d,e)(τ) = 1 / (T − τ) · Σ_{t &lt; T − τ} ⟨A_t^d − M^d, A_{t+τ}^e − M^e⟩</pre>
 * and the correlation {@code c^(d,e)(τ) / √(c^(d,d)(0) · c^(e,e)(0))}: within an order for d = e, else across orders, from d to e.
 *
 * <p>{@linkplain #ofPairs Of pairs}, {@code A_t^d} is the matrix that says of each pair of nodes in how many groups of size d both
 * are: c is then the trace of the correlation matrix {@code (A_t − M)(A_{t+τ} − M)ᵀ}, as the HGX library of two of the authors has it.
 * Its order is d − 1, its constant factors cancel in the correlation, and its normalised cross-order correlation is half of this one.
 * This tells of the same nodes in groups again. {@linkplain #ofCounts Of counts}, {@code A_t^d} is just the number of groups of
 * size d: the autocorrelation and cross-correlation of these series.
 *
 * <p>The null model shuffles whole steps: what is together in a step stays so, all memory is gone. Immutable.
 */
public final class SizeCorrelations {

    private final int steps;
    private final SortedMap<Integer, Activity> bySize;
    private final int[] unshuffled;

    private SizeCorrelations(int steps, SortedMap<Integer, Activity> bySize) {
        this.steps = steps;
        this.bySize = bySize;
        unshuffled = new int[steps];
        Arrays.setAll(unshuffled, t -> t);
    }

    /** Prepares correlations of how many groups there are of each size. Takes n log n time in the number of groups in all steps. */
    public static SizeCorrelations ofCounts(TemporalView view, TimeSteps steps) {
        Map<Integer, LongStream.Builder> happened = new TreeMap<>();
        for (int edge : view.window(steps.from(), steps.until())) {
            add(happened.computeIfAbsent(view.graph().size(edge), size -> LongStream.builder()), 0, edge, view, steps);
        }
        return of(steps, happened, 1);
    }

    /**
     * Prepares correlations of who is with whom in groups of each size. Takes n log n time in the number of pairs in all groups in all
     * steps.
     *
     * @param maxSize larger groups are left out, since a group of k has k (k − 1) / 2 pairs; at least 2
     */
    public static SizeCorrelations ofPairs(TemporalView view, TimeSteps steps, int maxSize) {
        if (maxSize < 2) {
            throw new IllegalArgumentException("The largest size is " + maxSize + "; a pair takes at least 2");
        }
        Map<Integer, LongStream.Builder> happened = new TreeMap<>();
        Map<Long, Integer> cells = new HashMap<>();
        for (int edge : view.window(steps.from(), steps.until())) {
            int[] nodes = view.graph().nodesOf(edge);
            if (nodes.length < 2 || nodes.length > maxSize) {
                continue;
            }
            Arrays.sort(nodes);
            LongStream.Builder ofSize = happened.computeIfAbsent(nodes.length, size -> LongStream.builder());
            for (int i = 0; i < nodes.length; i++) {
                for (int j = 0; j < i; j++) {
                    int cell = cells.computeIfAbsent(((long) nodes[i] << 32) | nodes[j], pair -> cells.size());
                    add(ofSize, cell, edge, view, steps);
                }
            }
        }
        return of(steps, happened, cells.size());
    }

    private static void add(LongStream.Builder happened, int cell, int edge, TemporalView view, TimeSteps steps) {
        Validity validity = view.validity(edge);
        int first = steps.step(Math.max(validity.from(), steps.from()));
        int last = validity.event() ? first : steps.step(Math.min(validity.until(), steps.until()) - 1);
        for (int t = first; t <= last; t++) {
            happened.add(((long) cell << 32) | t);
        }
    }

    private static SizeCorrelations of(TimeSteps steps, Map<Integer, LongStream.Builder> happened, int cells) {
        SortedMap<Integer, Activity> bySize = new TreeMap<>();
        happened.forEach(
                (size, entries) -> bySize.put(size, Activity.of(entries.build().toArray(), cells)));
        return new SizeCorrelations(steps.count(), bySize);
    }

    /** The sizes that there are, ascending; the caller owns the array. */
    public int[] sizes() {
        return bySize.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The correlation of groups of a size with groups of a size some steps later.
     *
     * @param size  of the earlier groups, one of {@link #sizes}
     * @param later size of the later groups, likewise; the same for the correlation within an order
     * @param lag   number of steps, at least 0 and below the number of all
     * @return about −1 to 1, not strictly, since means are those over all steps; NaN if there is a size of which every step has
     *     the same
     * @throws IllegalArgumentException if there are no groups of such a size, or the lag is out of range
     */
    public double correlation(int size, int later, int lag) {
        requireLag(lag, 0);
        return covariance(size, later, lag, unshuffled, new int[steps]) / scale(size, later);
    }

    /**
     * The cross-order gap {@code (c^(d,e)(τ) − c^(e,d)(τ)) / (2 √(c^(d,d)(0) · c^(e,e)(0)))}: positive if groups of size d come
     * before groups of size e rather than after them. Groups that grow show as a positive gap from a smaller to a larger size,
     * groups that fall apart as a negative one.
     *
     * @param size  d, one of {@link #sizes}
     * @param other e, likewise
     * @param lag   τ, at least 0 and below the number of all steps
     * @return NaN if there is a size of which every step has the same
     * @throws IllegalArgumentException if there are no groups of such a size, or the lag is out of range
     */
    public double gap(int size, int other, int lag) {
        return (correlation(size, other, lag) - correlation(other, size, lag)) / 2;
    }

    /**
     * Compares {@linkplain #correlation correlations} with those of shuffled steps. Takes time linear in groups or pairs, for each
     * lag and shuffle.
     *
     * @param maxLag  compares the lags from 1 to this one
     * @param shuffles how many, at least 1; with fewer than 39, no p-value is below 5 %
     * @param seed    of the shuffles; all lags see the same
     * @return one for each lag, in order
     */
    public List<LagCorrelation> testCorrelations(int size, int later, int maxLag, int shuffles, long seed) {
        double scale = scale(size, later);
        int[] row = new int[steps];
        return test(maxLag, shuffles, seed, (lag, order) -> covariance(size, later, lag, order, row) / scale);
    }

    /** Compares {@linkplain #gap gaps} with those of shuffled steps, as {@link #testCorrelations} does. */
    public List<LagCorrelation> testGaps(int size, int other, int maxLag, int shuffles, long seed) {
        double scale = 2 * scale(size, other);
        int[] row = new int[steps];
        return test(
                maxLag,
                shuffles,
                seed,
                (lag, order) ->
                        (covariance(size, other, lag, order, row) - covariance(other, size, lag, order, row)) / scale);
    }

    @FunctionalInterface
    private interface Statistic {
        double at(int lag, int[] order);
    }

    private List<LagCorrelation> test(int maxLag, int shuffles, long seed, Statistic statistic) {
        requireLag(maxLag, 1);
        if (shuffles < 1) {
            throw new IllegalArgumentException("There are " + shuffles + " shuffles; there must be at least 1");
        }
        double[][] shuffled = new double[maxLag][shuffles];
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = unshuffled.clone();
        for (int i = 0; i < shuffles; i++) {
            for (int t = steps - 1; t > 0; t--) {
                int other = random.nextInt(t + 1);
                int moved = order[t];
                order[t] = order[other];
                order[other] = moved;
            }
            for (int lag = 1; lag <= maxLag; lag++) {
                shuffled[lag - 1][i] = statistic.at(lag, order);
            }
        }
        List<LagCorrelation> tests = new ArrayList<>();
        for (int lag = 1; lag <= maxLag; lag++) {
            tests.add(compared(lag, statistic.at(lag, unshuffled), shuffled[lag - 1]));
        }
        return List.copyOf(tests);
    }

    private static LagCorrelation compared(int lag, double value, double[] shuffled) {
        if (Double.isNaN(value)) {
            return new LagCorrelation(lag, value, value, value, value, value);
        }
        Arrays.sort(shuffled);
        int n = shuffled.length;
        // Sums in another order differ by rounding; what is equal but for it counts for both sides.
        double slack = 1e-12;
        long below = Arrays.stream(shuffled).filter(x -> x <= value + slack).count();
        long above = Arrays.stream(shuffled).filter(x -> x >= value - slack).count();
        int cut = (int) (0.025 * n);
        return new LagCorrelation(
                lag,
                value,
                Arrays.stream(shuffled).average().orElseThrow(),
                shuffled[cut],
                shuffled[n - 1 - cut],
                Math.min(1, 2.0 * (Math.min(below, above) + 1) / (n + 1)));
    }

    private double covariance(int size, int later, int lag, int[] order, int[] row) {
        return activity(size).covariance(activity(later), lag, order, row);
    }

    /** The geometric mean of the variances; NaN if there is one of 0. */
    private double scale(int size, int later) {
        int[] row = new int[steps];
        double scale =
                Math.sqrt(covariance(size, size, 0, unshuffled, row) * covariance(later, later, 0, unshuffled, row));
        return scale > 0 ? scale : Double.NaN;
    }

    private Activity activity(int size) {
        Activity activity = bySize.get(size);
        if (activity == null) {
            throw new IllegalArgumentException(
                    "There are no groups of size " + size + " in these steps; there are those of " + bySize.keySet());
        }
        return activity;
    }

    private void requireLag(int lag, int least) {
        if (lag < least || lag >= steps) {
            throw new IllegalArgumentException(
                    "The lag is " + lag + "; with " + steps + " steps it must be from " + least + " to " + (steps - 1));
        }
    }
}
