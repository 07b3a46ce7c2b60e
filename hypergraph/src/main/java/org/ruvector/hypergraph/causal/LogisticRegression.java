package org.ruvector.hypergraph.causal;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Logistic regression by iteratively reweighted least squares (P. McCullagh and J. Nelder, "Generalized Linear Models", 1989) with
 * a small ridge. With {@code Z} a column of ones and the covariates moved and scaled to mean 0 and deviation 1, it maximises
 * {@code Σ (tᵢ·ηᵢ − log(1 + exp ηᵢ)) − ridge/2·|β|²}, {@code η = Zβ}: {@code β ← β + (ZᵀWZ + ridge·I)⁻¹ (Zᵀ(t − μ) − ridge·β)}, halving a step
 * that makes it worse. The ridge keeps coefficients finite where a line separates the two kinds. Takes {@code O(n·p²)} time an
 * iteration.
 *
 * @param ridge      above 0
 * @param iterations the most, at least 1
 */
public record LogisticRegression(double ridge, int iterations) implements PropensityModel {

    private static final double TOLERANCE = 1e-9;

    /**
     * What was learned.
     *
     * @param logit      the logarithm of the odds
     * @param converged  whether the last step was negligible; if not, more iterations would change the probabilities
     * @param iterations how many there were
     */
    public record Fit(LinearPredictor logit, boolean converged, int iterations) implements ToDoubleFunction<double[]> {

        /** The probability for a row of covariates. */
        @Override
        public double applyAsDouble(double[] covariates) {
            return probability(logit.applyAsDouble(covariates));
        }
    }

    /** A ridge of 1e-6, which changes coefficients in the sixth digit or later, and at most 50 iterations. */
    public LogisticRegression() {
        this(1e-6, 50);
    }

    /** Refuses what is out of range. */
    public LogisticRegression {
        LinearRegression.requireRidge(ridge);
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations is " + iterations + "; it must be at least 1");
        }
    }

    @Override
    public Fit fit(double[][] covariates, boolean[] treated) {
        int n = treated.length;
        if (n == 0 || covariates.length != n) {
            throw new IllegalArgumentException(covariates.length + " rows of covariates and " + n
                    + " treatments were given; give as many of both, at least one");
        }
        Columns columns = Columns.of(covariates);
        double[][] z = new double[n][columns.width() + 1];
        for (int i = 0; i < n; i++) {
            z[i][0] = 1;
            for (int j = 1; j < z[i].length; j++) {
                z[i][j] = columns.standardised(covariates[i], j - 1);
            }
        }
        double[] beta = new double[columns.width() + 1];
        double value = objective(z, treated, beta);
        boolean converged = false;
        int done = 0;
        while (!converged && done < iterations) {
            done++;
            double[] step = step(z, treated, beta);
            converged = size(step) <= TOLERANCE * (1 + size(beta));
            double[] next = moved(beta, step, 1);
            double better = objective(z, treated, next);
            // A negligible step may seem to make it worse, by rounding.
            for (double share = 0.5; better < value && !converged; share /= 2) {
                next = moved(beta, step, share);
                better = objective(z, treated, next);
                converged = share < TOLERANCE;
            }
            beta = next;
            value = better;
        }
        double[] slopes = new double[columns.width()];
        System.arraycopy(beta, 1, slopes, 0, slopes.length);
        return new Fit(columns.line(beta[0], slopes), converged, done);
    }

    private double[] step(double[][] z, boolean[] treated, double[] beta) {
        int p = beta.length;
        double[][] hessian = new double[p][p];
        double[] gradient = new double[p];
        for (int i = 0; i < z.length; i++) {
            double[] row = z[i];
            double mu = probability(dot(row, beta));
            double off = (treated[i] ? 1 : 0) - mu;
            double weight = mu * (1 - mu);
            for (int j = 0; j < p; j++) {
                gradient[j] += row[j] * off;
                for (int k = 0; k <= j; k++) {
                    hessian[j][k] += weight * row[j] * row[k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            gradient[j] -= ridge * beta[j];
            hessian[j][j] += ridge;
            for (int k = 0; k < j; k++) {
                hessian[k][j] = hessian[j][k];
            }
        }
        // No pivot is below the ridge but by rounding.
        return new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false), 1e-15, 0)
                .getSolver()
                .solve(new ArrayRealVector(gradient, false))
                .toArray();
    }

    private double objective(double[][] z, boolean[] treated, double[] beta) {
        double sum = -ridge / 2 * dot(beta, beta);
        double product = 1;
        for (int i = 0; i < z.length; i++) {
            double eta = dot(z[i], beta);
            sum += (treated[i] ? eta : 0) - Math.max(eta, 0);
            // One logarithm for many factors, each from 1 to 2.
            product *= 1 + Math.exp(-Math.abs(eta));
            if (product > 1e300) {
                sum -= Math.log(product);
                product = 1;
            }
        }
        return sum - Math.log(product);
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static double[] moved(double[] from, double[] step, double share) {
        double[] to = from.clone();
        for (int j = 0; j < to.length; j++) {
            to[j] += share * step[j];
        }
        return to;
    }

    private static double size(double[] vector) {
        double largest = 0;
        for (double x : vector) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
