package org.ruvector.hypergraph.causal;

/**
 * The difference of the mean outcomes of the two arms, with the standard error and the degrees of freedom of B. Welch, "The
 * generalization of 'Student's' problem when several different population variances are involved", Biometrika 1947:
 *
 * <pre>{@code
 * effect = ȳ₁ − ȳ₀      se² = s₁²/n₁ + s₀²/n₀      df = se⁴ / ((s₁²/n₁)²/(n₁ − 1) + (s₀²/n₀)²/(n₀ − 1))
 * }</pre>
 *
 * <p>It is the effect of the treatment only where that was given at random: what makes both the treatment and the outcome likely
 * biases it. Covariates are not looked at. With one observation in an arm the standard error is infinite, with none the effect
 * is unknown. Takes linear time.
 */
public record DifferenceInMeans() implements EffectEstimator {

    @Override
    public EffectEstimate estimate(TreatmentData data) {
        Moments treated = new Moments();
        Moments control = new Moments();
        for (int i = 0; i < data.rows(); i++) {
            (data.treated(i) ? treated : control).add(data.outcome(i));
        }
        return of(treated, control);
    }

    static EffectEstimate of(Moments treated, Moments control) {
        long n1 = treated.count();
        long n0 = control.count();
        if (n1 == 0 || n0 == 0) {
            return EffectEstimate.unknown(n1, n0);
        }
        double effect = treated.mean() - control.mean();
        EffectEstimate.Support support = new EffectEstimate.Support(n1, n0, 0);
        if (n1 < 2 || n0 < 2) {
            return new EffectEstimate(effect, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, support);
        }
        double v1 = treated.variance() / n1;
        double v0 = control.variance() / n0;
        double variance = v1 + v0;
        // The shares of the variance, so that no square of it overflows.
        double share = v1 / variance;
        double degrees =
                variance == 0 ? n1 + n0 - 2 : 1 / (share * share / (n1 - 1) + (1 - share) * (1 - share) / (n0 - 1));
        return new EffectEstimate(effect, Math.sqrt(variance), degrees, support);
    }
}
