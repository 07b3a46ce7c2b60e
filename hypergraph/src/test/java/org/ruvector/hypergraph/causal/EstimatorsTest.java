package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Estimators against published figures, figures worked by hand, and laws. */
final class EstimatorsTest {

    /** Student's sleep data, as R has it: extra hours of sleep by two drugs for ten patients. */
    private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    static TreatmentData arms(double[] treated, double[] control) {
        int n = treated.length + control.length;
        boolean[] arm = new boolean[n];
        double[] outcome = new double[n];
        for (int i = 0; i < n; i++) {
            arm[i] = i < treated.length;
            outcome[i] = arm[i] ? treated[i] : control[i - treated.length];
        }
        return new TreatmentData(new double[n][0], arm, outcome);
    }

    @Test
    void welchGivesWhatRGivesOnStudentsSleepData() {
        EffectEstimate estimate = new DifferenceInMeans().estimate(arms(FIRST, SECOND));
        assertEquals(-1.58, estimate.effect(), 1e-12);
        assertEquals(-1.8608, estimate.effect() / estimate.standardError(), 5e-5);
        assertEquals(17.776, estimate.degreesOfFreedom(), 5e-4);
        assertEquals(0.07939, estimate.pValue(), 5e-6);
        assertEquals(-3.3654832, estimate.interval(0.95).low(), 5e-7);
        assertEquals(0.2054832, estimate.interval(0.95).high(), 5e-7);
    }

    @Test
    void pairsGiveWhatRGivesOnStudentsSleepData() {
        EffectEstimate estimate = PairedExperiment.estimate(FIRST, SECOND);
        assertEquals(-4.0621, estimate.effect() / estimate.standardError(), 5e-5);
        assertEquals(9, estimate.degreesOfFreedom());
        assertEquals(0.002833, estimate.pValue(), 5e-7);
        assertEquals(-2.4598858, estimate.interval(0.95).low(), 5e-7);
        assertEquals(-0.7001142, estimate.interval(0.95).high(), 5e-7);
    }

    @Test
    void pairsThatAreTooFewOrMalformedClaimNothing() {
        assertFalse(PairedExperiment.estimate(new double[0], new double[0]).known());
        EffectEstimate one = PairedExperiment.estimate(new double[] {3}, new double[] {1});
        assertEquals(2, one.effect());
        assertFalse(one.known());
        assertThrows(
                IllegalArgumentException.class, () -> PairedExperiment.estimate(new double[] {1}, new double[] {1, 2}));
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedExperiment.estimate(new double[] {Double.NaN}, new double[] {1}));
    }

    /** Five of eight treated where x is 1, two of eight where it is 0; so the propensity is that share. */
    private static TreatmentData strata() {
        double[][] x = new double[16][];
        boolean[] treated = new boolean[16];
        double[] outcome = new double[16];
        for (int i = 0; i < 16; i++) {
            boolean high = i < 8;
            x[i] = new double[] {high ? 1 : 0};
            treated[i] = high ? i < 5 : i < 10;
            outcome[i] = (treated[i] ? 3 : 0) + (high ? 10 : 0) + (i % 2);
        }
        return new TreatmentData(x, treated, outcome);
    }

    @Test
    void weightingByStrataIsTheMeanOfTheStrata() {
        TreatmentData data = strata();
        PropensityModel shares = (x, t) -> row -> row[0] == 1 ? 5.0 / 8 : 2.0 / 8;
        EffectEstimate estimate = new InversePropensityWeighting(shares, 0.01).estimate(data);
        double high = (13 + 14 + 13 + 14 + 13) / 5.0 - (11 + 10 + 11) / 3.0;
        double low = (3 + 4) / 2.0 - (0 + 1 + 0 + 1 + 0 + 1) / 6.0;
        assertEquals((high + low) / 2, estimate.effect(), 1e-12);
        // The influence function, term by term.
        double mean1 = (13.4 + 3.5) / 2;
        double mean0 = (32.0 / 3 + 0.5) / 2;
        double squares = 0;
        for (int i = 0; i < 16; i++) {
            double e = data.covariate(i, 0) == 1 ? 5.0 / 8 : 2.0 / 8;
            double phi = data.treated(i) ? (data.outcome(i) - mean1) / e : -(data.outcome(i) - mean0) / (1 - e);
            squares += phi * phi;
        }
        assertEquals(Math.sqrt(squares) / 16, estimate.standardError(), 1e-12);
        assertEquals(0, estimate.support().clipped());
    }

    @Test
    void fittedPropensitiesOfStrataAreTheirShares() {
        TreatmentData data = strata();
        Rows rows = Rows.of(data, i -> true);
        LogisticRegression.Fit fit = new LogisticRegression().fit(rows.covariates(), rows.treated());
        assertTrue(fit.converged());
        assertEquals(5.0 / 8, fit.applyAsDouble(new double[] {1}), 1e-6);
        assertEquals(2.0 / 8, fit.applyAsDouble(new double[] {0}), 1e-6);
        assertEquals(
                new InversePropensityWeighting((x, t) -> row -> row[0] == 1 ? 5.0 / 8 : 2.0 / 8, 0.01)
                        .estimate(data)
                        .effect(),
                new InversePropensityWeighting().estimate(data).effect(),
                1e-5);
    }

    @Test
    void clippedPropensitiesAreReported() {
        TreatmentData data = strata();
        PropensityModel bold = (x, t) -> row -> row[0] == 1 ? 0.999 : 0.5;
        assertEquals(
                0.5,
                new InversePropensityWeighting(bold, 0.05)
                        .estimate(data)
                        .support()
                        .clipped());
        OutcomeModel mean = new LinearRegression();
        assertEquals(
                0.5,
                new AugmentedInversePropensityWeighting(bold, mean, 0.05, new CrossFitting(2, 1))
                        .estimate(data)
                        .support()
                        .clipped());
    }

    @Test
    void knownModelsMakeTheAugmentedEstimateTheMeanOfItsInfluence() {
        TreatmentData data = strata();
        PropensityModel half = (x, t) -> row -> 0.5;
        OutcomeModel ten = (x, y) -> row -> 10 * row[0];
        EffectEstimate estimate =
                new AugmentedInversePropensityWeighting(half, ten, 0.1, new CrossFitting(3, 7)).estimate(data);
        double[] psi = new double[16];
        for (int i = 0; i < 16; i++) {
            double left = data.outcome(i) - 10 * data.covariate(i, 0);
            psi[i] = data.treated(i) ? 2 * left : -2 * left;
        }
        Moments moments = Moments.of(psi);
        assertEquals(moments.mean(), estimate.effect(), 1e-12);
        assertEquals(moments.deviation() / 4, estimate.standardError(), 1e-12);
    }

    @Test
    void noModelIsAskedAboutWhatItSaw() {
        TreatmentData data = new PlantedTruth(101, 1).draw(5);
        PropensityModel suspicious = (x, t) -> {
            List<double[]> seen = List.of(x);
            return row -> {
                assertTrue(seen.stream().noneMatch(one -> Arrays.equals(one, row)));
                return 0.5;
            };
        };
        OutcomeModel wary = (x, y) -> {
            List<double[]> seen = List.of(x);
            return row -> {
                assertTrue(seen.stream().noneMatch(one -> Arrays.equals(one, row)));
                return 0;
            };
        };
        assertTrue(new AugmentedInversePropensityWeighting(suspicious, wary)
                .estimate(data)
                .known());
    }

    @Test
    void foldsAreAlikeAndRepeatable() {
        TreatmentData data = new PlantedTruth(103, 1).draw(9);
        int[] folds = new CrossFitting(4, 11).folds(data);
        assertArrayEquals(folds, new CrossFitting(4, 11).folds(data));
        int[][] counts = new int[2][4];
        for (int i = 0; i < folds.length; i++) {
            counts[data.treated(i) ? 1 : 0][folds[i]]++;
        }
        for (int[] arm : counts) {
            assertTrue(
                    arm[0] - arm[3] <= 1 && arm[3] >= 1,
                    () -> List.of(arm[0], arm[1], arm[2], arm[3]).toString());
        }
    }

    @Test
    void tooFewObservationsMakeNoNumberUp() {
        TreatmentData none = new TreatmentData(new double[0][], new boolean[0], new double[0]);
        TreatmentData oneArm = arms(new double[] {1, 2, 3}, new double[0]);
        TreatmentData three = arms(new double[] {1, 2, 3}, new double[] {1, 5, 4});
        PlantedTruth.estimators().forEach((name, estimator) -> {
            assertFalse(estimator.estimate(none).known(), name);
            assertFalse(estimator.estimate(oneArm).known(), name);
            assertEquals(1, estimator.estimate(oneArm).pValue(), name);
        });
        assertFalse(new AugmentedInversePropensityWeighting().estimate(three).known());
        EffectEstimate single = new DifferenceInMeans().estimate(arms(new double[] {4}, new double[] {1, 2}));
        assertEquals(2.5, single.effect());
        assertFalse(single.known());
    }

    @Property(tries = 30)
    void estimatesFollowShiftsAndScalesOfTheOutcome(
            @ForAll @LongRange(min = 0, max = 1000) long seed,
            @ForAll @DoubleRange(min = -50, max = 50) double shift,
            @ForAll @DoubleRange(min = 0.1, max = 20) double scale) {
        TreatmentData data = new PlantedTruth(120, 0.5).draw(seed);
        boolean[] treated = new boolean[data.rows()];
        double[] outcome = new double[data.rows()];
        double[][] covariates = new double[data.rows()][];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = data.treated(i);
            outcome[i] = shift + scale * data.outcome(i);
            covariates[i] = data.row(i).clone();
            covariates[i][1] = covariates[i][1] * 1000 - 4;
        }
        TreatmentData moved = new TreatmentData(covariates, treated, outcome);
        for (Map.Entry<String, EffectEstimator> entry :
                PlantedTruth.estimators().entrySet()) {
            EffectEstimate before = entry.getValue().estimate(data);
            EffectEstimate after = entry.getValue().estimate(moved);
            double tolerance = 1e-5 * scale * before.standardError() + 1e-9;
            assertEquals(scale * before.effect(), after.effect(), tolerance, entry.getKey());
            assertEquals(scale * before.standardError(), after.standardError(), tolerance, entry.getKey());
            assertEquals(before.pValue(), after.pValue(), 1e-4, entry.getKey());
        }
    }

    @Test
    void anAnswerThatIsNoProbabilityIsRefused() {
        TreatmentData data = strata();
        PropensityModel wild = (x, t) -> row -> Double.NaN;
        OutcomeModel lost = (x, y) -> row -> Double.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> new InversePropensityWeighting(wild, 0.1).estimate(data));
        EffectEstimator augmented = new AugmentedInversePropensityWeighting(new LogisticRegression(), lost);
        assertThrows(IllegalArgumentException.class, () -> augmented.estimate(data));
        assertThrows(IllegalArgumentException.class, () -> new InversePropensityWeighting(wild, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new CrossFitting(1, 0));
    }

    @Test
    void malformedDataAreRefused() {
        double[][] two = {{1}, {2}};
        boolean[] treated = {true, false};
        double[] fine = {1, 2};
        assertThrows(IllegalArgumentException.class, () -> new TreatmentData(two, treated, new double[] {1}));
        assertThrows(
                IllegalArgumentException.class, () -> new TreatmentData(two, treated, new double[] {1, Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> new TreatmentData(two, treated, new double[] {1, 1e80}));
        assertThrows(
                IllegalArgumentException.class, () -> new TreatmentData(new double[][] {{1}, {2, 3}}, treated, fine));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TreatmentData(new double[][] {{1}, {Double.NEGATIVE_INFINITY}}, treated, fine));
        TreatmentData copied = new TreatmentData(two, treated, fine);
        two[0][0] = 9;
        fine[0] = 9;
        assertEquals(1, copied.covariate(0, 0));
        assertEquals(1, copied.outcome(0));
    }

    @Test
    void aSlopeGivenCovariatesIsThatOfTheFullRegression() {
        double[] cause = {1, 2, 4, 3, 7, 8, 6, 9};
        double[][] covariates = {{0}, {1}, {0}, {2}, {1}, {3}, {2}, {1}};
        double[] outcome = {3.1, 4.9, 9.2, 6.8, 15.3, 15.9, 13.1, 19.4};
        double[][] both = new double[8][];
        for (int i = 0; i < 8; i++) {
            both[i] = new double[] {cause[i], covariates[i][0]};
        }
        EffectEstimate slope = PartialRegression.slope(covariates, cause, outcome);
        assertEquals(new LinearRegression().fit(both, outcome).coefficients()[1], slope.effect(), 1e-6);
        assertEquals(5, slope.degreesOfFreedom());
        assertTrue(slope.interval(0.95).contains(2));
        double[][] same = new double[8][];
        for (int i = 0; i < 8; i++) {
            same[i] = new double[] {3 * cause[i] - 2};
        }
        assertFalse(PartialRegression.slope(same, cause, outcome).known());
        assertFalse(PartialRegression.slope(new double[8][0], new double[8], outcome)
                .known());
    }

    @Test
    void modelsMaySeeSomeCovariatesOnly() {
        double[][] x = {{9, 1}, {8, 2}, {-3, 3}, {5, 4}};
        double[] y = {2, 4, 6, 8};
        ToDoubleFunction<double[]> second = new LinearRegression().seeing(1).fit(x, y);
        assertEquals(20, second.applyAsDouble(new double[] {123, 10}), 1e-6);
    }
}
