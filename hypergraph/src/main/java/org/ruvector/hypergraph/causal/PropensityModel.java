package org.ruvector.hypergraph.causal;

import java.util.function.ToDoubleFunction;

/** Learns how probable the treatment is, given covariates. Implementations are immutable. */
@FunctionalInterface
public interface PropensityModel {

    /**
     * Learns from observations.
     *
     * @param covariates one row for each; neither changed nor kept
     * @param treated    for each, both kinds present; neither changed nor kept
     * @return the probability of the treatment for a row of covariates, from 0 to 1
     */
    ToDoubleFunction<double[]> fit(double[][] covariates, boolean[] treated);

    /** This model seeing only some of the covariates, by number. */
    default PropensityModel seeing(int... columns) {
        int[] seen = columns.clone();
        return (covariates, treated) -> {
            ToDoubleFunction<double[]> fitted = fit(Columns.of(covariates, seen), treated);
            return row -> fitted.applyAsDouble(Columns.of(row, seen));
        };
    }
}
