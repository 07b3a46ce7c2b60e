package org.ruvector.hypergraph.causal;

import java.util.SplittableRandom;

/**
 * Asks how often chance alone gives a difference of means as large as the observed one (R. Fisher, "The Design of Experiments", 1935):
 * the treatments are shuffled over the outcomes, and {@code p = (b + 1)/(m + 1)} where {@code b} of {@code m} shuffles give a difference of at
 * least that size, in either direction (B. Phipson and G. Smyth, 2010). Exact under the hypothesis that the treatment changes no
 * outcome, if it was given at random; it looks at no covariates. Takes {@code O(m·n)} time.
 *
 * @param shuffles how many, at least 1
 * @param seed     decides them
 */
public record PermutationTest(int shuffles, long seed) {

    /** Refuses fewer than one shuffle. */
    public PermutationTest {
        if (shuffles < 1) {
            throw new IllegalArgumentException("shuffles is " + shuffles + "; it must be at least 1");
        }
    }

    /** The two-sided p-value; 1 if an arm is empty. */
    public double pValue(TreatmentData data) {
        int n = data.rows();
        int treated = data.treatedRows();
        if (treated == 0 || treated == n) {
            return 1;
        }
        double[] outcome = new double[n];
        double total = 0;
        double size = 0;
        double observed = 0;
        for (int i = 0; i < n; i++) {
            outcome[i] = data.outcome(i);
            total += outcome[i];
            size += Math.abs(outcome[i]);
            observed += data.treated(i) ? outcome[i] : 0;
        }
        // A sum of the same outcomes in another order differs by rounding; it counts as no smaller.
        double rounding = 1e-12 * size / Math.min(treated, n - treated);
        double least = Math.abs(difference(observed, total, treated, n)) - rounding;
        SplittableRandom random = new SplittableRandom(seed);
        int asLarge = 0;
        for (int shuffle = 0; shuffle < shuffles; shuffle++) {
            double sum = 0;
            for (int i = 0; i < treated; i++) {
                int other = random.nextInt(i, n);
                double drawn = outcome[other];
                outcome[other] = outcome[i];
                outcome[i] = drawn;
                sum += drawn;
            }
            if (Math.abs(difference(sum, total, treated, n)) >= least) {
                asLarge++;
            }
        }
        return (asLarge + 1.0) / (shuffles + 1.0);
    }

    private static double difference(double sum, double total, int treated, int n) {
        return sum / treated - (total - sum) / (n - treated);
    }
}
