package org.ruvector.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

    private static float[] floats(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    @Property(tries = 200, seed = "1")
    void distancesProductsAndTheNearestAreThoseOfTheDefinition(
            @ForAll @IntRange(min = 1, max = 70) int dimension,
            @ForAll @IntRange(min = 1, max = 70) int count,
            @ForAll @IntRange(min = 0, max = 5) int at,
            @ForAll long seed) {
        float[] vectors = floats(count * dimension, seed);
        float[] x = floats(at + dimension, seed + 1);
        Columns columns = new Columns(vectors, dimension);
        float[] distances = new float[count + 1];
        float[] products = new float[count + 1];
        distances[count] = -77;
        products[count] = -77;
        int nearest = columns.nearest(x, at, distances);
        columns.products(x, at, products);
        for (int j = 0; j < count; j++) {
            double distance = 0;
            double product = 0;
            double lengths = 0;
            for (int i = 0; i < dimension; i++) {
                double v = vectors[j * dimension + i];
                distance += (x[at + i] - v) * (x[at + i] - v);
                product += x[at + i] * v;
                lengths += Math.abs(x[at + i] * v);
            }
            double rounding = 4 * Math.ulp(1f) * dimension;
            assertEquals(distance, distances[j], rounding * distance, "distance " + j);
            assertEquals(product, products[j], rounding * lengths, "product " + j);
            assertTrue(distances[nearest] <= distances[j], "the nearest");
            assertTrue(j >= nearest || distances[nearest] < distances[j], "the first of several");
        }
        assertEquals(-77, distances[count]);
        assertEquals(-77, products[count]);
        assertArrayEquals(vectors, columns.toArray());
    }

    @Test
    void whatDistancesOverflowIsStillAnswered() {
        Columns columns = new Columns(new float[] {-3e38f, 3e38f, 0}, 1);
        float[] distances = new float[3];
        assertEquals(0, columns.nearest(new float[] {1e38f}, 0, distances));
        assertEquals(Float.POSITIVE_INFINITY, distances[0]);
    }

    @Test
    void vectorsOfWrongSizeAreRefused() {
        assertEquals(
                "7 floats are not one or more vectors of 2 coordinates; the dimension must be at least 1 and divide their number",
                assertThrows(IllegalArgumentException.class, () -> new Columns(new float[7], 2))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Columns(new float[0], 2));
        assertThrows(IllegalArgumentException.class, () -> new Columns(new float[2], 0));
    }
}
