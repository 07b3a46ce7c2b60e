package org.ruvector.hypergraph.causal;

import java.util.function.ToDoubleFunction;

/** A linear function of covariates, as a regression finds it. Immutable. */
public final class LinearPredictor implements ToDoubleFunction<double[]> {

    private final double level;
    private final double[] centre;
    private final double[] slopes;

    // Kept about the centre: an intercept at 0 may lie far from all data, and cancel digits.
    LinearPredictor(double level, double[] centre, double[] slopes) {
        this.level = level;
        this.centre = centre;
        this.slopes = slopes;
    }

    /** The value for a row of covariates. */
    @Override
    public double applyAsDouble(double[] covariates) {
        if (covariates.length != slopes.length) {
            throw new IllegalArgumentException(
                    "The row has " + covariates.length + " covariates; the model was fitted to " + slopes.length);
        }
        double value = level;
        for (int j = 0; j < slopes.length; j++) {
            value += slopes[j] * (covariates[j] - centre[j]);
        }
        return value;
    }

    /** The intercept, then a slope for each covariate; the caller owns the array. */
    public double[] coefficients() {
        double[] coefficients = new double[slopes.length + 1];
        coefficients[0] = level;
        for (int j = 0; j < slopes.length; j++) {
            coefficients[0] -= slopes[j] * centre[j];
            coefficients[j + 1] = slopes[j];
        }
        return coefficients;
    }
}
