package org.ruvector.storage;

import java.util.Arrays;
import org.ruvector.api.spi.Scorer;

/**
 * Estimates distances from one query to slots by their codes. With a filter, its shorter codes are scored first, and only what they
 * do not rule out is scored by the codes proper.
 *
 * <p>What a filter's score {@code f} says about a distance {@code d} is learnt as the search goes on: a line {@code d ≈ a + b·f} with
 * residuals of standard deviation {@code σ} is fitted to the slots that were scored by both, recent ones counting more, until a distance
 * is infinite, from which on nothing is ruled out. A slot is
 * ruled out, which is to say given an infinite distance, where {@code a + b·f − }{@value #MARGIN}{@code ·σ} is above the bound. So any
 * quantizer can be a filter, whether its scores are distances or only rank. Not thread-safe.
 */
public final class CodeScorer implements Scorer {
    private static final double MARGIN = 2;
    /** Pairs to have seen before anything is ruled out. */
    private static final double ENOUGH = 32;
    /** What earlier pairs count after each call. */
    private static final double MEMORY = 0.97;

    private final Scorer codes;
    private final Scorer filter;
    private float[] filterScores = new float[64];
    private int[] passed = new int[64];
    private int[] places = new int[64];
    private float[] distances = new float[64];
    private long computed;
    // Sums over the pairs.
    private double count;
    private double sumF;
    private double sumD;
    private double sumFF;
    private double sumFD;
    private double sumDD;

    CodeScorer(Scorer codes, Scorer filter) {
        this.codes = codes;
        this.filter = filter;
    }

    /** Codes that were scored, the filter's included. */
    public long computed() {
        return computed;
    }

    @Override
    public float score(int[] slots, int n, float bound, float[] out) {
        computed += n;
        if (filter == null) {
            return codes.score(slots, n, bound, out);
        }
        if (n > passed.length) {
            filterScores = new float[n];
            passed = new int[n];
            places = new int[n];
            distances = new float[n];
        }
        filter.score(slots, n, Float.POSITIVE_INFINITY, filterScores);
        float highest = highest(bound);
        int m = 0;
        for (int i = 0; i < n; i++) {
            passed[m] = slots[i];
            places[m] = i;
            m += filterScores[i] <= highest ? 1 : 0;
        }
        computed += m;
        Arrays.fill(out, 0, n, Float.POSITIVE_INFINITY);
        float best = codes.score(passed, m, bound, distances);
        for (int i = 0; i < m; i++) {
            out[places[i]] = distances[i];
        }
        learn(m);
        return best;
    }

    /** The highest score of the filter that does not rule out a distance within the bound. */
    private float highest(float bound) {
        double spread = count * sumFF - sumF * sumF;
        double slope = (count * sumFD - sumF * sumD) / spread;
        if (!(bound < Float.POSITIVE_INFINITY && count >= ENOUGH && spread > 0 && slope > 0)) {
            return Float.POSITIVE_INFINITY;
        }
        double variance = (count * sumDD - sumD * sumD - slope * slope * spread) / (count * count);
        double sigma = Math.sqrt(Math.max(0, variance));
        return (float) ((bound + MARGIN * sigma - sumD / count) / slope + sumF / count);
    }

    private void learn(int m) {
        count *= MEMORY;
        sumF *= MEMORY;
        sumD *= MEMORY;
        sumFF *= MEMORY;
        sumFD *= MEMORY;
        sumDD *= MEMORY;
        for (int i = 0; i < m; i++) {
            double f = filterScores[places[i]];
            double d = distances[i];
            sumF += f;
            sumD += d;
            sumFF += f * f;
            sumFD += f * d;
            sumDD += d * d;
        }
        count += m;
    }
}
