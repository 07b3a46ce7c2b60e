package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Hit;

final class NearestHitsTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @Property(tries = 300, seed = "42")
    void theKSmallestByDistanceAndIdAreKeptInWhateverOrderTheyCome(
            @ForAll @IntRange(min = 1, max = 40) int k,
            @ForAll @IntRange(max = 200) int offered,
            @ForAll @IntRange(min = 1, max = 30) int different,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float cutoff = random.nextBoolean() ? INFINITY : different / 2f;
        List<Hit> all = new ArrayList<>();
        NearestHits nearest = new NearestHits(random.nextInt(10) == 0 ? Integer.MAX_VALUE : k, cutoff);
        NearestHits bounded = new NearestHits(k, cutoff);
        for (int i = 0; i < offered; i++) {
            // Ids are distinct: an odd factor permutes the integers.
            Hit hit = new Hit(i * 0x9E3779B97F4A7C15L, random.nextInt(different));
            all.add(hit);
            nearest.offer(hit.id(), hit.distance());
            bounded.offer(hit.id(), hit.distance());
        }
        List<Hit> expected =
                all.stream().filter(hit -> hit.distance() <= cutoff).sorted().toList();
        List<Hit> first = expected.subList(0, Math.min(k, expected.size()));
        assertEquals(first, bounded.sorted());
        assertEquals(first, nearest.sorted().subList(0, first.size()));
        boolean full = first.size() == k;
        assertEquals(full ? first.getLast().distance() : cutoff, bounded.bound());
        assertEquals(full ? first.getLast().distance() : INFINITY, bounded.kthDistance());
    }

    @Test
    void bothZerosAreOneDistanceAndNaNIsInfinitelyFar() {
        NearestHits nearest = new NearestHits(3, INFINITY);
        nearest.offer(4, Float.NaN);
        nearest.offer(3, 0f);
        nearest.offer(2, -0f);
        nearest.offer(1, INFINITY);
        assertEquals(List.of(new Hit(2, 0f), new Hit(3, 0f), new Hit(1, INFINITY)), nearest.sorted());
        NearestHits within = new NearestHits(3, 5);
        within.offer(4, Float.NaN);
        within.offer(5, 5);
        assertEquals(List.of(new Hit(5, 5)), within.sorted());
    }

    @Test
    void theLargestKGrowsWithWhatIsFoundOnly() {
        NearestHits nearest = new NearestHits(Integer.MAX_VALUE, INFINITY);
        IntStream.range(0, 100_000).forEach(i -> nearest.offer(i, -i));
        assertEquals(99_999, nearest.sorted().getFirst().id());
        assertEquals(100_000, nearest.sorted().size());
    }

    @Test
    void distancesStandInTheOrderOfTheIds() {
        NearestHits nearest = new NearestHits(3, 100);
        for (int i = 0; i < 20; i++) {
            nearest.offer(i, 7 * i % 20);
        }
        assertEquals(3, nearest.distances().length);
        for (int i = 0; i < 3; i++) {
            assertEquals((float) (7 * nearest.ids()[i] % 20), nearest.distances()[i]);
        }
    }
}
