package org.ruvector.hypergraph.causal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Simulated observations whose effect is known, to judge estimators by; in the manner of J. Kang and J. Schafer, "Demystifying
 * double robustness", Statistical Science 2007, but without near-empty strata. Three covariates: {@code x₁} and {@code x₂}, uniform with
 * mean 0 and variance 1, and {@code w = sign(x₁·x₂)}; with noise {@code ε} of the standard normal distribution
 *
 * <pre>{@code
 * P(t = 1) = 1/(1 + exp(−w/4))      y = effect·t + w + x₁ + x₂ + ε
 * }</pre>
 *
 * <p>So the difference in means is off by {@code 2·tanh(1/8) ≈ 0.249}. A logistic regression of the treatment on {@code w} is right, and
 * a linear one of the outcome on all three. Those on {@code x₁} and {@code x₂} are wrong: {@code w} is uncorrelated with both, so no line in
 * them stands in for it. Consistent is not unbiased: with the right propensity model and the wrong outcome model, the error of the fitted
 * propensities leaves a bias of about {@code −2/rows}, so judge with thousands of rows.
 *
 * @param rows   observations drawn at once, at least 1
 * @param effect the true effect, of at most {@link TreatmentData#LARGEST} in size
 */
public record PlantedTruth(int rows, double effect) {

    private static final int W = 2;
    private static final int[] WITHOUT_W = {0, 1};

    /**
     * How an estimator fared over many draws.
     *
     * @param runs      draws whose estimate was known
     * @param effect    mean of the estimates
     * @param deviation standard deviation of the estimates
     * @param reported  mean of the standard errors that the estimator reported
     * @param coverage  share of the 95 % intervals that hold the truth
     */
    public record Study(long runs, double effect, double deviation, double reported, double coverage) {

        /** The standard error of the mean of the estimates. */
        public double error() {
            return deviation / Math.sqrt((double) runs);
        }
    }

    /** Refuses what is out of range. */
    public PlantedTruth {
        if (rows < 1 || !TreatmentData.inRange(effect)) {
            throw new IllegalArgumentException("rows is " + rows + ", effect is " + effect
                    + "; rows must be at least 1, the effect at most " + TreatmentData.LARGEST + " in size");
        }
    }

    /** Draws observations; the covariates are {@code x₁}, {@code x₂}, {@code w}. */
    public TreatmentData draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] covariates = new double[rows][];
        boolean[] treated = new boolean[rows];
        double[] outcome = new double[rows];
        double bound = Math.sqrt(3);
        for (int i = 0; i < rows; i++) {
            double x1 = random.nextDouble(-bound, bound);
            double x2 = random.nextDouble(-bound, bound);
            double w = Math.signum(x1 * x2);
            covariates[i] = new double[] {x1, x2, w};
            treated[i] = random.nextDouble() < 1 / (1 + Math.exp(-w / 4));
            outcome[i] = (treated[i] ? effect : 0) + w + x1 + x2 + random.nextGaussian();
        }
        return new TreatmentData(covariates, treated, outcome);
    }

    /**
     * The difference in means, inverse-propensity weighting with a right and a wrong model, and augmented inverse-propensity weighting
     * in all four cases, each by its name; the models are logistic and linear regression.
     */
    public static Map<String, EffectEstimator> estimators() {
        PropensityModel propensity = new LogisticRegression().seeing(W);
        OutcomeModel outcome = new LinearRegression();
        PropensityModel wrongPropensity = new LogisticRegression().seeing(WITHOUT_W);
        OutcomeModel wrongOutcome = outcome.seeing(WITHOUT_W);
        Map<String, EffectEstimator> estimators = new LinkedHashMap<>();
        estimators.put("difference in means", new DifferenceInMeans());
        estimators.put("IPW, right", new InversePropensityWeighting(propensity, Clipping.DEFAULT));
        estimators.put("IPW, wrong", new InversePropensityWeighting(wrongPropensity, Clipping.DEFAULT));
        estimators.put("AIPW, both right", new AugmentedInversePropensityWeighting(propensity, outcome));
        estimators.put("AIPW, outcome right", new AugmentedInversePropensityWeighting(wrongPropensity, outcome));
        estimators.put("AIPW, propensity right", new AugmentedInversePropensityWeighting(propensity, wrongOutcome));
        estimators.put("AIPW, both wrong", new AugmentedInversePropensityWeighting(wrongPropensity, wrongOutcome));
        return estimators;
    }

    /**
     * Lets estimators judge many draws, the same for all of them.
     *
     * @param estimators by any names
     * @param runs       draws, at least 2
     * @param seed       decides the draws
     * @return how each fared, by the same names in the same order
     */
    public Map<String, Study> study(Map<String, EffectEstimator> estimators, int runs, long seed) {
        if (runs < 2) {
            throw new IllegalArgumentException("runs is " + runs + "; it must be at least 2");
        }
        Map<String, Tally> tallies = new LinkedHashMap<>();
        estimators.keySet().forEach(name -> tallies.put(name, new Tally()));
        for (int run = 0; run < runs; run++) {
            TreatmentData data = draw(CrossFitting.hash(seed, run));
            estimators.forEach((name, estimator) -> tallies.get(name).add(estimator.estimate(data), effect));
        }
        Map<String, Study> studies = new LinkedHashMap<>();
        tallies.forEach((name, tally) -> studies.put(name, tally.study()));
        return studies;
    }

    private static final class Tally {
        private final Moments estimates = new Moments();
        private final Moments errors = new Moments();
        private long covered;

        void add(EffectEstimate estimate, double truth) {
            if (estimate.known()) {
                estimates.add(estimate.effect());
                errors.add(estimate.standardError());
                covered += estimate.interval(0.95).contains(truth) ? 1 : 0;
            }
        }

        Study study() {
            long runs = estimates.count();
            return new Study(runs, estimates.mean(), estimates.deviation(), errors.mean(), (double) covered / runs);
        }
    }
}
