package org.ruvector.hypergraph.causal;

/**
 * The slope of an outcome over a cause that is a number, with covariates held fixed: both are replaced by what a linear
 * regression on the covariates leaves of them, and regressed on each other (R. Frisch and F. Waugh, Econometrica 1933):
 * {@code θ = Σ r_d·r_y / Σ r_d²}. The standard error holds under unequal variances (H. White, Econometrica 1980, scaled by
 * {@code n / df}): {@code se² = (n/df) · Σ r_d²·u² / (Σ r_d²)²}, {@code u = r_y − θ·r_d}, {@code df = n − p − 2}.
 *
 * <p>It is an effect if it is linear and the covariates hold whatever moves both. Unknown where {@code df} is below 1, or the
 * covariates leave nothing of the cause. Takes {@code O(n·p²)} time.
 */
public final class PartialRegression {

    private PartialRegression() {}

    /**
     * Estimates the slope.
     *
     * @param covariates a row for each observation, all of one length, which may be 0
     * @param cause      for each observation
     * @param outcome    for each observation
     * @return the change of the outcome with each unit of the cause; all observations count as both arms
     * @throws IllegalArgumentException as {@link TreatmentData} does
     */
    public static EffectEstimate slope(double[][] covariates, double[] cause, double[] outcome) {
        // Refuses what is malformed; a cause that is a number has no arms.
        boolean[] noArms = new boolean[cause.length];
        TreatmentData causes = new TreatmentData(covariates, noArms, cause);
        TreatmentData outcomes = new TreatmentData(covariates, noArms, outcome);
        int n = cause.length;
        int df = n - causes.width() - 2;
        if (df < 1) {
            return EffectEstimate.unknown(n, n);
        }
        double[] ofCause = residuals(causes);
        double[] ofOutcome = residuals(outcomes);
        double square = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            square += ofCause[i] * ofCause[i];
            product += ofCause[i] * ofOutcome[i];
        }
        double variance = Moments.of(cause).variance();
        // What the ridge of the regression leaves of a cause that the covariates explain is not the cause's own.
        if (!(square > 1e-10 * variance * (n - 1))) {
            return EffectEstimate.unknown(n, n);
        }
        double slope = product / square;
        double meat = 0;
        for (int i = 0; i < n; i++) {
            double left = ofOutcome[i] - slope * ofCause[i];
            double share = ofCause[i] / square;
            meat += share * share * left * left;
        }
        double error = Math.sqrt(meat * n / df);
        return new EffectEstimate(slope, error, df, new EffectEstimate.Support(n, n, 0));
    }

    private static double[] residuals(TreatmentData data) {
        Rows rows = Rows.of(data, i -> true);
        LinearPredictor line = new LinearRegression().fit(rows.covariates(), rows.outcome());
        double[] residuals = new double[data.rows()];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = data.outcome(i) - line.applyAsDouble(data.row(i));
        }
        return residuals;
    }
}
