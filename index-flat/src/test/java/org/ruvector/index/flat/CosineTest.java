package org.ruvector.index.flat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.Scorer;

final class CosineTest {

    @Test
    void noFiniteVectorOverflowsOrVanishesWhenScaled() {
        for (int dimension : new int[] {1, 3, 4096, 65_536}) {
            for (float x : new float[] {Float.MAX_VALUE, 1, Float.MIN_NORMAL, Float.MIN_VALUE, -Float.MIN_VALUE}) {
                float[] vector = new float[dimension];
                Arrays.fill(vector, x);
                float[] expected = new float[dimension];
                Arrays.fill(expected, (float) (Math.signum(x) / Math.sqrt(dimension)));
                assertArrayEquals(expected, UnitLength.scale(vector), 1e-7f);
            }
        }
        assertArrayEquals(new float[7], UnitLength.scale(new float[7]));
        assertArrayEquals(new float[] {0, 1, 0}, UnitLength.scale(new float[] {Float.MIN_VALUE, 3e38f, 0}));
    }

    @Property(tries = 500, seed = "42")
    void noRowWithinTheBoundIsGivenUpForRounding(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] products = new float[100];
        for (int i = 0; i < products.length; i++) {
            products[i] = random.nextInt(10) == 0 ? 0 : (float) random.nextDouble(-1.000001, 1.000001);
        }
        Scorer all = (ordinals, n, bound, out) -> score(products, n, Float.POSITIVE_INFINITY, out);
        Scorer givingUp = (ordinals, n, bound, out) -> score(products, n, bound, out);
        float[] expected = new float[100];
        float best = new CosineScorer(all).score(null, 100, Float.POSITIVE_INFINITY, expected);
        float[] sorted = expected.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[0], best);
        assertTrue(sorted[0] >= 0 && sorted[99] <= 2);
        for (float bound : new float[] {sorted[0], sorted[10], Math.nextDown(sorted[50]), sorted[99], 0, 2, 1e30f}) {
            float[] out = new float[100];
            new CosineScorer(givingUp).score(null, 100, bound, out);
            for (int i = 0; i < out.length; i++) {
                assertTrue(out[i] == expected[i] || (expected[i] > bound && out[i] > bound));
            }
        }
    }

    private static float score(float[] products, int n, float bound, float[] out) {
        float best = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            // What is given up looks as near as it may.
            out[i] = products[i] > bound ? Math.nextUp(bound) : products[i];
            best = Math.min(best, out[i]);
        }
        return best;
    }
}
