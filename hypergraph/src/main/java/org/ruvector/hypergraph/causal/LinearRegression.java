package org.ruvector.hypergraph.causal;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * Least squares with a small ridge, by QR decomposition of {@code [Z; √(ridge·n)·I]}, where {@code Z} holds the covariates moved
 * and scaled to mean 0 and deviation 1: the ridge does not depend on units, and keeps collinear covariates, and more covariates
 * than observations, solvable. The intercept has none. A constant covariate gets slope 0. Takes {@code O(n·p²)} time.
 *
 * @param ridge share of a standardised covariate's own weight, at least 0
 */
public record LinearRegression(double ridge) implements OutcomeModel {

    /** A ridge of 1e-8: too small to be seen unless covariates are collinear. */
    public LinearRegression() {
        this(1e-8);
    }

    /** Refuses a ridge that is not above 0 and finite. */
    public LinearRegression {
        requireRidge(ridge);
    }

    static void requireRidge(double ridge) {
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The ridge is " + ridge + "; it must be above 0 and finite");
        }
    }

    @Override
    public LinearPredictor fit(double[][] covariates, double[] outcome) {
        int n = outcome.length;
        if (n == 0 || covariates.length != n) {
            throw new IllegalArgumentException(covariates.length + " rows of covariates and " + n
                    + " outcomes were given; give as many of both, at least one");
        }
        Columns columns = Columns.of(covariates);
        int p = columns.width();
        double mean = Moments.of(outcome).mean();
        if (p == 0) {
            return columns.line(mean, new double[0]);
        }
        double[][] rows = new double[n + p][p];
        double[] target = new double[n + p];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                rows[i][j] = columns.standardised(covariates[i], j);
            }
            target[i] = outcome[i] - mean;
        }
        for (int j = 0; j < p; j++) {
            rows[n + j][j] = Math.sqrt(ridge * n);
        }
        double[] slopes = new QRDecomposition(new Array2DRowRealMatrix(rows, false))
                .getSolver()
                .solve(new ArrayRealVector(target, false))
                .toArray();
        return columns.line(mean, slopes);
    }
}
