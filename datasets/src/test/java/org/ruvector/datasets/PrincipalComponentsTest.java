package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

class PrincipalComponentsTest {

    /** Points on a plane in five dimensions, away from the origin, along two directions at right angles. */
    private static VectorRows plane(int n) {
        SplittableRandom random = new SplittableRandom(42);
        float[] all = new float[5 * n];
        for (int i = 0; i < n; i++) {
            double far = 10 * random.nextGaussian();
            double near = random.nextGaussian();
            for (int j = 0; j < 5; j++) {
                all[5 * i + j] = (float) (3 + far * (j < 4 ? 0.5 : 0) + near * (j < 4 ? 0.5 * (j % 2 * 2 - 1) : 0));
            }
        }
        return VectorRows.ofFloats(all, 5);
    }

    private static float[] row(VectorRows rows, int i) {
        return ((Query.Floats) rows.query(i)).vector();
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void distances_survive_if_the_points_have_no_more_dimensions_than_there_are_components() {
        VectorRows rows = plane(200);
        VectorRows reduced = PrincipalComponents.of(rows, 2).project(rows);
        assertEquals(2, reduced.dimension());
        for (int i = 1; i < 200; i++) {
            double before = distance(row(rows, 0), row(rows, i));
            assertEquals(before, distance(row(reduced, 0), row(reduced, i)), 1e-4 * (1 + before));
        }
    }

    @Test
    void the_first_component_is_the_one_with_the_most_variance_and_means_are_zero() {
        VectorRows rows = plane(2000);
        VectorRows reduced = PrincipalComponents.of(rows, 2).project(rows);
        double[] mean = new double[2];
        double[] square = new double[2];
        for (int i = 0; i < 2000; i++) {
            float[] x = row(reduced, i);
            for (int j = 0; j < 2; j++) {
                mean[j] += x[j] / 2000;
                square[j] += x[j] * x[j] / 2000;
            }
        }
        assertEquals(0, mean[0], 1e-3);
        assertEquals(0, mean[1], 1e-3);
        assertEquals(100, square[0], 10);
        assertEquals(1, square[1], 0.1);
    }

    @Test
    void what_cannot_be_projected_is_refused() {
        VectorRows rows = plane(10);
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(rows, 0));
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(rows, 6));
        PrincipalComponents two = PrincipalComponents.of(rows, 2);
        assertThrows(IllegalArgumentException.class, () -> two.project(VectorRows.ofFloats(new float[6], 3)));
    }
}
