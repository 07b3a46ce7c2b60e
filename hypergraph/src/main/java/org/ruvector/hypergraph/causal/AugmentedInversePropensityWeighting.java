package org.ruvector.hypergraph.causal;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Augmented inverse-propensity weighting (J. Robins, A. Rotnitzky and L. Zhao, "Estimation of regression coefficients when some
 * regressors are not always observed", JASA 1994), cross-fitted as in V. Chernozhukov et al. (Econometrics Journal 2018). With the
 * propensity {@code e(x)} and the expected outcomes {@code m₁(x)} with and {@code m₀(x)} without the treatment,
 *
 * <pre>{@code
 * ψᵢ = m₁(xᵢ) − m₀(xᵢ) + tᵢ(yᵢ − m₁(xᵢ))/e(xᵢ) − (1 − tᵢ)(yᵢ − m₀(xᵢ))/(1 − e(xᵢ))
 * effect = mean ψ      se = deviation(ψ)/√n
 * }</pre>
 *
 * <p>Doubly robust: consistent if either the propensity model or the outcome model is right, given that the covariates hold whatever
 * moves both treatment and outcome, and that every kind of observation can be in either arm. The standard error, that of the
 * influence function, and the normal interval are right if both are; if only the propensity model is, they are mostly too wide. Propensities are clipped to {@code [clip, 1 − clip]}; the
 * share clipped is reported. Unknown with fewer observations in an arm than folds.
 *
 * <p>Costs one fit of the propensity model and two of the outcome model for each fold.
 *
 * @param propensity the propensity model
 * @param outcome    the outcome model, fitted to each arm by itself
 * @param clip       the least propensity, above 0 and below 0.5
 * @param fitting    the folds
 */
public record AugmentedInversePropensityWeighting(
        PropensityModel propensity, OutcomeModel outcome, double clip, CrossFitting fitting)
        implements EffectEstimator {

    /** Logistic and linear regression. */
    public AugmentedInversePropensityWeighting() {
        this(new LogisticRegression(), new LinearRegression());
    }

    /** The given models, propensities from 0.01 to 0.99, and five folds. */
    public AugmentedInversePropensityWeighting(PropensityModel propensity, OutcomeModel outcome) {
        this(propensity, outcome, Clipping.DEFAULT, CrossFitting.DEFAULT);
    }

    /** Refuses a clip out of range. */
    public AugmentedInversePropensityWeighting {
        Objects.requireNonNull(propensity, "propensity");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(fitting, "fitting");
        Clipping.require(clip);
    }

    @Override
    public EffectEstimate estimate(TreatmentData data) {
        if (Math.min(data.treatedRows(), data.controlRows()) < fitting.folds()) {
            return EffectEstimate.unknown(data.treatedRows(), data.controlRows());
        }
        int[] folds = fitting.folds(data);
        Clipping clipping = new Clipping(clip);
        Moments influence = new Moments();
        for (int f = 0; f < fitting.folds(); f++) {
            int fold = f;
            Rows others = Rows.of(data, i -> folds[i] != fold);
            Rows treated = Rows.of(data, i -> folds[i] != fold && data.treated(i));
            Rows control = Rows.of(data, i -> folds[i] != fold && !data.treated(i));
            ToDoubleFunction<double[]> e = propensity.fit(others.covariates(), others.treated());
            ToDoubleFunction<double[]> m1 = outcome.fit(treated.covariates(), treated.outcome());
            ToDoubleFunction<double[]> m0 = outcome.fit(control.covariates(), control.outcome());
            for (int i = 0; i < folds.length; i++) {
                if (folds[i] == fold) {
                    double[] x = data.row(i);
                    double with = finite(m1.applyAsDouble(x));
                    double without = finite(m0.applyAsDouble(x));
                    double probability = clipping.clip(e.applyAsDouble(x));
                    double correction = data.treated(i)
                            ? (data.outcome(i) - with) / probability
                            : (without - data.outcome(i)) / (1 - probability);
                    influence.add(with - without + correction);
                }
            }
        }
        return new EffectEstimate(
                influence.mean(),
                influence.deviation() / Math.sqrt(data.rows()),
                Double.POSITIVE_INFINITY,
                new EffectEstimate.Support(data.treatedRows(), data.controlRows(), clipping.share()));
    }

    private static double finite(double expected) {
        if (!Double.isFinite(expected)) {
            throw new IllegalArgumentException(
                    "The outcome model answered " + expected + "; an expected outcome is a finite number");
        }
        return expected;
    }
}
