package org.ruvector.hypergraph.causal;

import java.util.function.ToDoubleFunction;

/** Learns the expected outcome, given covariates. Implementations are immutable. */
@FunctionalInterface
public interface OutcomeModel {

    /**
     * Learns from observations.
     *
     * @param covariates one row for each, at least one; neither changed nor kept
     * @param outcome    for each; neither changed nor kept
     * @return the expected outcome for a row of covariates, finite
     */
    ToDoubleFunction<double[]> fit(double[][] covariates, double[] outcome);

    /** This model seeing only some of the covariates, by number. */
    default OutcomeModel seeing(int... columns) {
        int[] seen = columns.clone();
        return (covariates, outcome) -> {
            ToDoubleFunction<double[]> fitted = fit(Columns.of(covariates, seen), outcome);
            return row -> fitted.applyAsDouble(Columns.of(row, seen));
        };
    }
}
