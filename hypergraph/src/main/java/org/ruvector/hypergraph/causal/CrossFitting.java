package org.ruvector.hypergraph.causal;

import java.util.Arrays;

/**
 * How observations are dealt to folds: models are fitted to all but one fold and asked about that one, so that no observation
 * is judged by a model that saw it (V. Chernozhukov et al., "Double/debiased machine learning for treatment and structural
 * parameters", Econometrics Journal 2018). Each arm is dealt out by itself, in an order that the seed decides: folds are alike.
 *
 * @param folds at least 2
 * @param seed  decides the folds
 */
public record CrossFitting(int folds, long seed) {

    /** Five folds. */
    public static final CrossFitting DEFAULT = new CrossFitting(5, 42);

    /** Refuses fewer than two folds. */
    public CrossFitting {
        if (folds < 2) {
            throw new IllegalArgumentException("folds is " + folds + "; it must be at least 2");
        }
    }

    /** The fold of each observation. */
    int[] folds(TreatmentData data) {
        int[] fold = new int[data.rows()];
        deal(data, true, fold);
        deal(data, false, fold);
        return fold;
    }

    private void deal(TreatmentData data, boolean arm, int[] fold) {
        // The high bits of a hash decide the order, the low ones say whose it is.
        long low = Math.max(1, Integer.highestOneBit(data.rows())) * 2L - 1;
        long[] order = new long[arm ? data.treatedRows() : data.controlRows()];
        for (int i = 0, at = 0; i < data.rows(); i++) {
            if (data.treated(i) == arm) {
                order[at++] = (hash(seed, i) & ~low) | i;
            }
        }
        Arrays.sort(order);
        for (int rank = 0; rank < order.length; rank++) {
            fold[(int) (order[rank] & low)] = rank % folds;
        }
    }

    /** The {@code i}-th number of the SplitMix64 sequence (G. Steele, D. Lea and C. Flood, OOPSLA 2014). */
    static long hash(long seed, long i) {
        long x = seed + (i + 1) * 0x9e3779b97f4a7c15L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
