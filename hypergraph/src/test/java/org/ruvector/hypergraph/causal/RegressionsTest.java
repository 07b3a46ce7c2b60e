package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RegressionsTest {

    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
    }

    /** The example of the article "Logistic regression" of the English Wikipedia: hours of study, and passing an exam. */
    @Test
    void logisticRegressionGivesThePublishedFit() {
        double[][] hours = column(
                0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50,
                4.75, 5.00, 5.50);
        int[] passed = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
        boolean[] pass = new boolean[20];
        for (int i = 0; i < 20; i++) {
            pass[i] = passed[i] == 1;
        }
        LogisticRegression.Fit fit = new LogisticRegression().fit(hours, pass);
        assertTrue(fit.converged());
        assertArrayEquals(new double[] {-4.0777, 1.5046}, fit.logit().coefficients(), 1e-4);
        assertEquals(0.61, fit.applyAsDouble(new double[] {3}), 0.005);
    }

    @Test
    void aRidgeKeepsSeparableDataFinite() {
        double[][] x = column(1, 2, 3, 4, 5, 6);
        boolean[] t = {false, false, false, true, true, true};
        LogisticRegression.Fit fit = new LogisticRegression().fit(x, t);
        assertTrue(fit.converged());
        assertTrue(fit.applyAsDouble(new double[] {1}) < 1e-3);
        assertTrue(fit.applyAsDouble(new double[] {6}) > 1 - 1e-3);
        assertFalse(new LogisticRegression(1e-6, 2).fit(x, t).converged());
        LogisticRegression.Fit all =
                new LogisticRegression().fit(x, new boolean[] {true, true, true, true, true, true});
        assertTrue(all.applyAsDouble(new double[] {3}) > 0.999);
    }

    @Test
    void aConstantCovariateChangesNothing() {
        double[][] x = {{1, 7}, {2, 7}, {3, 7}, {4, 7}, {5, 7}};
        double[] y = {1, 3, 2, 5, 4};
        assertArrayEquals(
                new double[] {0.6, 0.8, 0}, new LinearRegression().fit(x, y).coefficients(), 1e-6);
        boolean[] t = {false, true, false, true, true};
        assertEquals(
                new LogisticRegression().fit(column(1, 2, 3, 4, 5), t).applyAsDouble(new double[] {2}),
                new LogisticRegression().fit(x, t).applyAsDouble(new double[] {2, 7}),
                1e-6);
    }

    @Test
    void collinearCovariatesShareTheSlope() {
        double[][] x = {{1, 2}, {2, 4}, {3, 6}, {4, 8}};
        LinearPredictor line = new LinearRegression().fit(x, new double[] {3, 5, 7, 9});
        assertEquals(21, line.applyAsDouble(new double[] {10, 20}), 1e-5);
        LinearPredictor few = new LinearRegression().fit(new double[][] {{1, 2, 3}, {2, 1, 3}}, new double[] {4, 6});
        assertEquals(4, few.applyAsDouble(new double[] {1, 2, 3}), 1e-5);
    }

    /** Times since 1970 lie far from zero; an intercept there would cancel digits. */
    @Test
    void covariatesFarFromZeroLoseNoDigits() {
        double[][] x = column(1.7e12, 1.7e12 + 1, 1.7e12 + 2, 1.7e12 + 3);
        LinearPredictor line = new LinearRegression().fit(x, new double[] {0, 1, 2, 3});
        assertEquals(2.5, line.applyAsDouble(new double[] {1.7e12 + 2.5}), 1e-6);
    }

    @Test
    void withoutCovariatesTheMeanIsPredicted() {
        assertEquals(
                2,
                new LinearRegression()
                        .fit(new double[3][0], new double[] {1, 2, 3})
                        .applyAsDouble(new double[0]));
        assertEquals(
                1 / 3.0,
                new LogisticRegression()
                        .fit(new double[3][0], new boolean[] {true, false, false})
                        .applyAsDouble(new double[0]),
                1e-6);
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LinearRegression(0));
        assertThrows(IllegalArgumentException.class, () -> new LogisticRegression(Double.NaN, 5));
        assertThrows(IllegalArgumentException.class, () -> new LogisticRegression(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LinearRegression().fit(new double[0][], new double[0]));
        assertThrows(
                IllegalArgumentException.class, () -> new LogisticRegression().fit(new double[1][1], new boolean[2]));
        LinearPredictor line = new LinearRegression().fit(column(1, 2), new double[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> line.applyAsDouble(new double[2]));
    }
}
