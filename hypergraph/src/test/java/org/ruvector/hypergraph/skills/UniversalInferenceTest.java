package org.ruvector.hypergraph.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class UniversalInferenceTest {

    @Test
    void withoutTrialsThereIsNoEvidence() {
        assertEquals(0, UniversalInference.logEvidence(new Rate(0, 0), new Rate(0, 0)), 1e-12);
        assertEquals(0, UniversalInference.logLikelihood(new Rate(0, 0)));
    }

    @Test
    void aSmallTableIsAsByHand() {
        // One success each way of Jeffreys' mixture has probability 1/2; the largest likelihood at a common rate of 1/2
        // is 1/4.
        assertEquals(0, UniversalInference.logEvidence(new Rate(1, 1), new Rate(0, 1)), 1e-12);
        // Two of two under Jeffreys: 1/2 · 3/4 = 3/8, twice; at 1/2 all four have 1/16.
        assertEquals(Math.log(9.0 / 64 * 16), UniversalInference.logEvidence(new Rate(2, 2), new Rate(0, 2)), 1e-12);
    }

    @Property(tries = 300, seed = "1")
    void aRateThatIsNotAboveTheOtherHasNoEvidence(
            @ForAll @IntRange(max = 50) int failures,
            @ForAll @IntRange(max = 50) int others,
            @ForAll @IntRange(max = 50) int successes) {
        Rate low = new Rate(0, failures);
        assertTrue(UniversalInference.logEvidence(low, new Rate(successes, successes + others)) <= 1e-12);
    }

    /** All sequences of outcomes of 12 trials, and an agent that goes on as long as it wins: the worst for tests of fixed samples. */
    @Test
    void itsExpectationIsAtMostOneWhoeverChoosesByWhatHappened() {
        for (double p : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            double expectation = 0;
            double largest = 0;
            for (int outcomes = 0; outcomes < 1 << 12; outcomes++) {
                int[] trials = new int[2];
                int[] successes = new int[2];
                int arm = 0;
                double stopped = 0;
                for (int t = 0; t < 12 && stopped == 0; t++) {
                    int success = (outcomes >> t) & 1;
                    trials[arm]++;
                    successes[arm] += success;
                    arm = success == 1 ? arm : 1 - arm;
                    double evidence = Math.exp(UniversalInference.logEvidence(
                            new Rate(successes[0], trials[0]), new Rate(successes[1], trials[1])));
                    // Stops as soon as there is something to show, which is the worst time.
                    if (evidence > 1.2 || t == 11) {
                        stopped = evidence;
                    }
                }
                int wins = Integer.bitCount(outcomes);
                expectation += stopped * Math.pow(p, wins) * Math.pow(1 - p, 12 - wins);
                largest = Math.max(largest, stopped);
            }
            assertTrue(largest > 1.2, "evidence was possible");
            assertTrue(expectation <= 1, "expectation " + expectation + " at rate " + p);
        }
    }

    @Test
    void itRarelyCrossesTheLevelUnderTheNullAndSurelyWithAnEffect() {
        SplittableRandom random = new SplittableRandom(1);
        int falseAlarms = 0;
        int found = 0;
        for (int run = 0; run < 400; run++) {
            falseAlarms += crosses(random.split(), 0.4, 0.4) ? 1 : 0;
            found += crosses(random.split(), 0.8, 0.4) ? 1 : 0;
        }
        assertTrue(falseAlarms <= 20, falseAlarms + " of 400 crossed");
        assertTrue(found >= 395, found + " of 400 found");
    }

    private static boolean crosses(SplittableRandom random, double high, double low) {
        int[] trials = new int[2];
        int[] successes = new int[2];
        for (int t = 0; t < 300; t++) {
            int arm = random.nextInt(2);
            trials[arm]++;
            successes[arm] += random.nextDouble() < (arm == 0 ? high : low) ? 1 : 0;
            if (UniversalInference.logEvidence(new Rate(successes[0], trials[0]), new Rate(successes[1], trials[1]))
                    >= Math.log(20)) {
                return true;
            }
        }
        return false;
    }
}
