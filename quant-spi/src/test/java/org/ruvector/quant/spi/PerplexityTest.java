package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PerplexityTest {

    private static float[] probabilities(double perplexity, int own, float... distances) {
        new Perplexity(perplexity).probabilities(distances, own);
        return distances;
    }

    @Property(tries = 100, seed = "1")
    void theEntropyIsAsWantedAndNearerIsLikelier(
            @ForAll @IntRange(min = 8, max = 300) int n,
            @ForAll @IntRange(min = -60, max = 60) int exponent,
            @ForAll @LongRange(max = 1000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] distances = new float[n];
        for (int i = 0; i < n; i++) {
            distances[i] = (float) Math.scalb(random.nextDouble(-1, 1), exponent);
        }
        int own = random.nextInt(n);
        float[] p = probabilities(5, own, distances.clone());
        double entropy = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            entropy -= p[i] > 0 ? p[i] * Math.log(p[i]) : 0;
            sum += p[i];
            for (int j = 0; j < n; j++) {
                assertTrue(i == own || j == own || distances[i] > distances[j] || p[i] >= p[j]);
            }
        }
        assertEquals(0, p[own]);
        assertEquals(1, sum, 1e-5);
        assertEquals(Math.log(5), entropy, 0.02);
    }

    @Test
    void awkwardDistancesHaveProbabilitiesToo() {
        float infinity = Float.POSITIVE_INFINITY;
        assertArrayEquals(new float[] {0}, probabilities(5, 0, 7));
        assertArrayEquals(new float[] {1, 0}, probabilities(5, 1, 7, 0));
        assertArrayEquals(new float[] {0.5f, 0, 0.5f}, probabilities(5, 1, 3, 0, 3));
        assertArrayEquals(new float[] {0.5f, 0, 0.5f}, probabilities(5, 1, infinity, 0, Float.NaN));
        assertArrayEquals(new float[] {0, 1, 0}, probabilities(1, 0, 0, -infinity, infinity), 0.01f);
    }
}
