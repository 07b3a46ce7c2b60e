package org.ruvector.hypergraph.causal;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Inverse-propensity weighting (D. Horvitz and D. Thompson, JASA 1952; P. Rosenbaum and D. Rubin, Biometrika 1983) with the weights of each arm
 * normalised to sum to one (J. Hájek, 1971): with the propensity {@code e(x)}, the probability of the treatment,
 *
 * <pre>{@code
 * effect = μ₁ − μ₀      μ₁ = Σ (tᵢyᵢ/eᵢ) / Σ (tᵢ/eᵢ)      μ₀ = Σ ((1 − tᵢ)yᵢ/(1 − eᵢ)) / Σ ((1 − tᵢ)/(1 − eᵢ))
 * }</pre>
 *
 * <p>The standard error is that of the influence function {@code φᵢ = tᵢ(yᵢ − μ₁)/eᵢ / mean(t/e) − (1 − tᵢ)(yᵢ − μ₀)/(1 − eᵢ) / mean((1 − t)/(1 − e))},
 * which takes the propensities for known: with fitted ones it is, in large samples, rather too large. Intervals are normal.
 *
 * <p>Right if the covariates hold whatever moves both treatment and outcome, if every kind of observation can be in either arm,
 * and if the propensity model is right. Propensities are clipped to {@code [clip, 1 − clip]}, which biases the estimate a little
 * where it keeps it from exploding; the share clipped is reported. Unknown with fewer than two observations in an arm.
 *
 * @param model the propensity model
 * @param clip  the least propensity, above 0 and below 0.5
 */
public record InversePropensityWeighting(PropensityModel model, double clip) implements EffectEstimator {

    /** Logistic regression, and propensities from 0.01 to 0.99. */
    public InversePropensityWeighting() {
        this(new LogisticRegression(), Clipping.DEFAULT);
    }

    /** Refuses a clip out of range. */
    public InversePropensityWeighting {
        Objects.requireNonNull(model, "model");
        Clipping.require(clip);
    }

    @Override
    public EffectEstimate estimate(TreatmentData data) {
        if (data.treatedRows() < 2 || data.controlRows() < 2) {
            return EffectEstimate.unknown(data.treatedRows(), data.controlRows());
        }
        int[] all = new int[data.rows()];
        Arrays.setAll(all, i -> i);
        Rows rows = Rows.of(data, all);
        ToDoubleFunction<double[]> fitted = model.fit(rows.covariates(), rows.treated());
        Clipping clipping = new Clipping(clip);
        double[] weight = new double[all.length];
        double weight1 = 0;
        double weight0 = 0;
        double sum1 = 0;
        double sum0 = 0;
        for (int i : all) {
            double e = clipping.clip(fitted.applyAsDouble(data.row(i)));
            if (data.treated(i)) {
                weight[i] = 1 / e;
                weight1 += weight[i];
                sum1 += weight[i] * data.outcome(i);
            } else {
                weight[i] = 1 / (1 - e);
                weight0 += weight[i];
                sum0 += weight[i] * data.outcome(i);
            }
        }
        double mean1 = sum1 / weight1;
        double mean0 = sum0 / weight0;
        double squares = 0;
        for (int i : all) {
            double share = weight[i] / (data.treated(i) ? weight1 : weight0);
            double influence = share * (data.outcome(i) - (data.treated(i) ? mean1 : mean0));
            squares += influence * influence;
        }
        return new EffectEstimate(
                mean1 - mean0,
                Math.sqrt(squares),
                Double.POSITIVE_INFINITY,
                new EffectEstimate.Support(data.treatedRows(), data.controlRows(), clipping.share()));
    }
}
