package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.causal.PlantedTruth.Study;

/** Confounded data whose effect is known: which estimators find it. */
final class PlantedTruthTest {

    private static final long SEED = 1;
    private static final int RUNS = 200;

    /**
     * Fewer runs than the study has, in bands that fit. With 2,000 runs of 4,000 rows, effect 1, seed 1, they were: mean (its standard error),
     * coverage:
     *
     * <pre>
     * difference in means       1.2484 (0.0014)   2.2 %
     * IPW, right                0.9995 (0.0012)  97.8 %
     * IPW, wrong                1.2492 (0.0010)   0.6 %
     * AIPW, both right          1.0003 (0.0007)  94.8 %
     * AIPW, outcome right       1.0003 (0.0007)  94.5 %
     * AIPW, propensity right    0.9998 (0.0007)  99.4 %
     * AIPW, both wrong          1.2492 (0.0010)   0.0 %
     * </pre>
     */
    @Test
    void theAugmentedEstimateIsRightIfEitherModelIs() {
        PlantedTruth truth = new PlantedTruth(4000, 1);
        Map<String, Study> studies = truth.study(PlantedTruth.estimators(), RUNS, SEED);
        studies.forEach((name, study) -> {
            String told = "seed " + SEED + ", " + name + ": " + study;
            assertEquals(RUNS, study.runs(), told);
            boolean right = name.endsWith("right");
            if (right) {
                assertTrue(Math.abs(study.effect() - 1) < 3 * study.error(), told);
            } else {
                assertTrue(Math.abs(study.effect() - 1) > 20 * study.error(), told);
                assertTrue(study.coverage() < 0.1, told);
            }
        });
        double coverage = studies.get("AIPW, both right").coverage();
        // Three standard errors of a share of 0.95 in 200 runs.
        assertEquals(0.95, coverage, 0.046, "seed " + SEED);
    }

    @Test
    void aDrawIsRepeatable() {
        PlantedTruth truth = new PlantedTruth(50, -2);
        TreatmentData one = truth.draw(7);
        TreatmentData other = truth.draw(7);
        for (int i = 0; i < 50; i++) {
            assertEquals(one.outcome(i), other.outcome(i));
            assertEquals(one.treated(i), other.treated(i));
        }
        assertTrue(one.outcome(0) != truth.draw(8).outcome(0));
        assertThrows(IllegalArgumentException.class, () -> new PlantedTruth(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new PlantedTruth(9, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> truth.study(Map.of(), 1, 1));
    }
}
