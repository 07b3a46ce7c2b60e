package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MultipleTestsTest {

    /** The fifteen p-values of the paper's example (section 4), of which it rejects four at 0.05; adjusted as R's p.adjust does. */
    @Test
    void thePapersExampleRejectsFour() {
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.000
        };
        double[] expected = {
            0.0015,
            0.003,
            0.0095,
            0.035625,
            0.0603,
            0.0298 * 15 / 7,
            0.0298 * 15 / 7,
            0.0645,
            0.0765,
            0.486,
            0.4262 * 15 / 11,
            0.714875,
            0.6528 * 15 / 13,
            0.7590 * 15 / 14,
            1
        };
        double[] adjusted = BenjaminiHochberg.adjust(p);
        assertArrayEquals(expected, adjusted, 1e-12);
        assertEquals(4, Arrays.stream(adjusted).filter(x -> x <= 0.05).count());
    }

    @Test
    void tiesStayEqualAndTheOrderIsKept() {
        assertArrayEquals(
                new double[] {0.04, 0.025, 0.025, 0.025, 0.04},
                BenjaminiHochberg.adjust(0.04, 0.01, 0.015, 0.015, 0.035),
                1e-12);
        assertArrayEquals(new double[0], BenjaminiHochberg.adjust());
        assertThrows(IllegalArgumentException.class, () -> BenjaminiHochberg.adjust(0.5, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> BenjaminiHochberg.adjust(1.01));
    }

    @Property(tries = 200)
    void adjustingKeepsTheOrderAndLowersNothing(
            @ForAll @Size(max = 30) List<@DoubleRange(min = 0, max = 1) Double> values) {
        double[] p = values.stream().mapToDouble(Double::doubleValue).toArray();
        double[] adjusted = BenjaminiHochberg.adjust(p);
        for (int i = 0; i < p.length; i++) {
            assertTrue(adjusted[i] >= p[i] && adjusted[i] <= 1);
            for (int j = 0; j < p.length; j++) {
                assertTrue(p[i] > p[j] || adjusted[i] <= adjusted[j]);
            }
        }
    }

    /** All 20 ways to choose 3 of 6: only the observed one and its mirror image are as extreme, so p tends to 1/10. */
    @Test
    void aPermutationTestCountsAllArrangementsThatAreAsExtreme() {
        TreatmentData data = EstimatorsTest.arms(new double[] {7, 8, 9}, new double[] {1, 2, 3});
        double p = new PermutationTest(20_000, 3).pValue(data);
        assertEquals(0.1, p, 0.01);
        assertEquals(p, new PermutationTest(20_000, 3).pValue(data));
        TreatmentData equal = EstimatorsTest.arms(new double[] {0.1, 0.2, 0.3}, new double[] {0.3, 0.2, 0.1});
        assertEquals(1, new PermutationTest(100, 3).pValue(equal));
        assertEquals(1, new PermutationTest(9, 3).pValue(EstimatorsTest.arms(new double[] {1}, new double[0])));
        assertThrows(IllegalArgumentException.class, () -> new PermutationTest(0, 1));
    }

    @Test
    void underNoEffectThePermutationPValueIsUniform() {
        SplittableRandom random = new SplittableRandom(17);
        int runs = 1000;
        int[] deciles = new int[10];
        for (int run = 0; run < runs; run++) {
            double[] one = random.doubles(8).map(Math::exp).toArray();
            double[] other = random.doubles(13).map(Math::exp).toArray();
            double p = new PermutationTest(199, run).pValue(EstimatorsTest.arms(one, other));
            deciles[(int) Math.ceil(p * 10 - 1e-9) - 1]++;
        }
        double chiSquare = 0;
        for (int count : deciles) {
            chiSquare += (count - runs / 10.0) * (count - runs / 10.0) / (runs / 10.0);
        }
        // The 99.9 % quantile with 9 degrees of freedom.
        assertTrue(chiSquare < 27.9, "seed 17: " + Arrays.toString(deciles));
    }

    @Test
    void whatMovesTreatmentAndOutcomeIsAConfounder() {
        SplittableRandom random = new SplittableRandom(23);
        int n = 1500;
        double[][] x = new double[n][];
        boolean[] treated = new boolean[n];
        double[] outcome = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = new double[] {
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), 3
            };
            treated[i] = random.nextDouble() < 1 / (1 + Math.exp(-x[i][0] - x[i][1]));
            outcome[i] = (treated[i] ? 5 : 0) + x[i][0] + x[i][2] + random.nextGaussian();
        }
        TreatmentData data = new TreatmentData(x, treated, outcome);
        List<String> names = List.of("both", "treatment", "outcome", "neither", "constant");
        List<Confounders.Candidate> found = Confounders.of(data, names, 0.01);
        assertEquals("both", found.getFirst().covariate());
        assertTrue(found.stream()
                .noneMatch(one -> List.of("outcome", "neither", "constant").contains(one.covariate())));
        assertTrue(found.getFirst().meanDifference() > 0.5);
        assertTrue(found.getFirst().outcomeCorrelation() > 0.3);
        assertThrows(IllegalArgumentException.class, () -> Confounders.of(data, List.of("one"), 0.01));
        assertThrows(IllegalArgumentException.class, () -> Confounders.of(data, names, 0));
        TreatmentData none = new TreatmentData(new double[0][], new boolean[0], new double[0]);
        assertEquals(List.of(), Confounders.of(none, names, 0.05));
    }
}
