package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RotationTest {

    private static float[] vector(int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[] rotated(Rotation rotation, float[] vector) {
        float[] rotated = new float[rotation.rotatedDimension()];
        rotation.rotate(vector, rotated);
        return rotated;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static void requireOrthogonal(Rotation rotation, long seed) {
        int dimension = rotation.dimension();
        float[] a = vector(dimension, seed);
        float[] b = vector(dimension, seed + 1);
        float[] before = a.clone();
        double scale = Math.sqrt(dot(a, a) * dot(b, b));
        assertEquals(dot(a, b), dot(rotated(rotation, a), rotated(rotation, b)), 1e-5 * scale);
        assertEquals(dot(a, a), dot(rotated(rotation, a), rotated(rotation, a)), 1e-5 * dot(a, a));
        float[] back = new float[dimension];
        rotation.unrotate(rotated(rotation, a), back);
        assertArrayEquals(a, back, 1e-4f);
        assertArrayEquals(before, a, "the vector itself stays as it is");
    }

    @Property(tries = 60, seed = "1")
    void aHadamardRotationKeepsInnerProductsAndIsUndone(
            @ForAll @IntRange(min = 1, max = 1100) int dimension, @ForAll long seed) {
        HadamardRotation rotation = new HadamardRotation(dimension, seed);
        assertTrue(rotation.rotatedDimension() >= dimension && rotation.rotatedDimension() < dimension + 64);
        requireOrthogonal(rotation, seed);
    }

    @Property(tries = 15, seed = "2")
    void aDenseRotationKeepsInnerProductsAndIsUndone(
            @ForAll @IntRange(min = 1, max = 130) int dimension, @ForAll long seed) {
        requireOrthogonal(DenseRotation.random(dimension, seed), seed);
    }

    /** Of a vector with one coordinate, none keeps more than a few times its share. */
    @Test
    void oneCoordinateIsSpreadOverAll() {
        for (int dimension : new int[] {64, 100, 384, 784, 1000}) {
            for (Rotation rotation : new Rotation[] {
                new HadamardRotation(dimension, 3), DenseRotation.random(Math.min(dimension, 200), 3)
            }) {
                float[] vector = new float[rotation.dimension()];
                vector[dimension / 3 % vector.length] = 1;
                float[] spread = rotated(rotation, vector);
                float share = (float) (1 / Math.sqrt(spread.length));
                for (float x : spread) {
                    assertTrue(Math.abs(x) < 6 * share, () -> rotation.getClass() + " of " + dimension + ": " + x);
                }
            }
        }
    }

    @Test
    void seedsDecide() {
        float[] vector = vector(100, 5);
        assertArrayEquals(rotated(new HadamardRotation(100, 1), vector), rotated(new HadamardRotation(100, 1), vector));
        assertFalse(Arrays.equals(
                rotated(new HadamardRotation(100, 1), vector), rotated(new HadamardRotation(100, 2), vector)));
        assertArrayEquals(
                DenseRotation.random(20, 1).matrix(),
                DenseRotation.random(20, 1).matrix());
        assertEquals(
                "The matrix has 5 elements; it must be square",
                assertThrows(IllegalArgumentException.class, () -> new DenseRotation(new float[5]))
                        .getMessage());
    }
}
