package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 499, 500, 600})
    void theNearestAreThoseOfSortingAll(int most) {
        SplittableRandom random = new SplittableRandom(5);
        // Few different values, so that many rows tie.
        float[] distances = new float[500];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = random.nextInt(-20, 20) / 8f;
        }
        NearestRows nearest = new NearestRows(most);
        int[] order = random.ints(0, 500).distinct().limit(500).toArray();
        for (int row : order) {
            nearest.offer(row, distances[row]);
        }
        int[] sorted = IntStream.range(0, 500)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> distances[row])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
        assertArrayEquals(sorted, nearest.rows());
    }

    @Test
    void zerosOfBothSignsAreEqualAndInfinityIsFarthest() {
        NearestRows nearest = new NearestRows(4);
        float[] distances = {Float.POSITIVE_INFINITY, 0f, -0f, -Float.MIN_VALUE, Float.MAX_VALUE};
        for (int row = 0; row < distances.length; row++) {
            nearest.offer(row, distances[row]);
        }
        assertArrayEquals(new int[] {3, 1, 2, 4}, nearest.rows());
    }
}
