package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.Scorer;

/** What a filter rules out. */
final class CodeScorerTest {
    private static final int COUNT = 20_000;
    private static final int AT_ONCE = 16;

    private final float[] distances = new float[COUNT];
    private final float[] filterScores = new float[COUNT];

    private static Scorer of(float[] all) {
        return (ordinals, n, bound, out) -> {
            float best = Float.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                out[i] = all[ordinals[i]];
                best = Math.min(best, out[i]);
            }
            return best;
        };
    }

    /** Scores all in turn; returns how many of those within the bound got their distance, and how many of the others. */
    private int[] scored(CodeScorer scorer, float bound) {
        int[] count = new int[2];
        float[] out = new float[AT_ONCE];
        for (int from = 0; from < COUNT; from += AT_ONCE) {
            int[] slots = IntStream.range(from, from + AT_ONCE).toArray();
            float best = scorer.score(slots, AT_ONCE, bound, out);
            float least = Float.POSITIVE_INFINITY;
            for (int i = 0; i < AT_ONCE; i++) {
                least = Math.min(least, out[i]);
                if (out[i] < Float.POSITIVE_INFINITY) {
                    assertEquals(distances[slots[i]], out[i]);
                    count[distances[slots[i]] <= bound ? 0 : 1]++;
                }
            }
            assertEquals(least, best);
        }
        return count;
    }

    /** Distances 10 ± 2, of which the filter knows half of the variance, on a scale of its own. */
    private void noisyFilter() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < COUNT; i++) {
            double known = random.nextGaussian();
            distances[i] = (float) (10 + Math.sqrt(2) * (known + random.nextGaussian()));
            filterScores[i] = (float) (300 + 40 * known);
        }
    }

    @Test
    void aFilterThatKnowsHalfRulesOutMostOfWhatIsFarAndNextToNothingOfWhatIsNear() {
        noisyFilter();
        CodeScorer scorer = new CodeScorer(of(distances), of(filterScores));
        float bound = 7.5f;
        int[] scored = scored(scorer, bound);
        long near = IntStream.range(0, COUNT).filter(i -> distances[i] <= bound).count();
        assertTrue(scored[0] >= 0.95 * near, scored[0] + " of " + near);
        assertTrue(scored[1] <= 0.6 * (COUNT - near), scored[1] + " of " + (COUNT - near));
        assertEquals(COUNT + scored[0] + scored[1], scorer.computed());
    }

    @Test
    void withoutABoundOrWithAFilterThatKnowsNothingAllAreScored() {
        noisyFilter();
        CodeScorer unbounded = new CodeScorer(of(distances), of(filterScores));
        assertEquals(
                COUNT, Arrays.stream(scored(unbounded, Float.POSITIVE_INFINITY)).sum());
        CodeScorer constant = new CodeScorer(of(distances), of(new float[COUNT]));
        assertEquals(COUNT, Arrays.stream(scored(constant, 7.5f)).sum());
    }

    @Test
    void afterAnInfiniteDistanceTheFilterRulesNothingOut() {
        noisyFilter();
        Arrays.fill(distances, 0, AT_ONCE, Float.POSITIVE_INFINITY);
        CodeScorer scorer = new CodeScorer(of(distances), of(filterScores));
        assertEquals(COUNT - AT_ONCE, Arrays.stream(scored(scorer, 7.5f)).sum());
    }

    @Test
    void withoutAFilterCodesAreScoredAsTheyAre() {
        noisyFilter();
        CodeScorer scorer = new CodeScorer(of(distances), null);
        float[] out = new float[COUNT];
        scorer.score(IntStream.range(0, COUNT).toArray(), COUNT, 1, out);
        assertArrayEquals(distances, out);
        assertEquals(COUNT, scorer.computed());
    }
}
