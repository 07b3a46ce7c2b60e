package org.ruvector.hypergraph.causal;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Some observations, as models take them. */
record Rows(double[][] covariates, boolean[] treated, double[] outcome) {

    static Rows of(TreatmentData data, int[] rows) {
        double[][] covariates = new double[rows.length][];
        boolean[] treated = new boolean[rows.length];
        double[] outcome = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            covariates[i] = data.row(rows[i]);
            treated[i] = data.treated(rows[i]);
            outcome[i] = data.outcome(rows[i]);
        }
        return new Rows(covariates, treated, outcome);
    }

    static Rows of(TreatmentData data, IntPredicate which) {
        return of(data, IntStream.range(0, data.rows()).filter(which).toArray());
    }
}
