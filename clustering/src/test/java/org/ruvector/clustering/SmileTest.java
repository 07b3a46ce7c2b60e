package org.ruvector.clustering;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.testkit.RealData;
import smile.math.MathEx;

/** Beside the k-means of Smile 2.6, on real data. One run differs from the next by two percent at k = 10, so that many are needed. */
final class SmileTest {
    @ParameterizedTest
    @CsvSource({"10, 100", "50, 20"})
    void theMeanInertiaIsAsLow(int k, int seeds) {
        VectorRows digits = RealData.digits().base(ElementType.FLOAT32);
        double[][] points = new double[digits.count()][digits.dimension()];
        for (int row = 0; row < points.length; row++) {
            for (int i = 0; i < points[row].length; i++) {
                points[row][i] = digits.segment().get(VectorRows.FLOAT, row * digits.stride() + 4L * i);
            }
        }
        double ours = 0;
        double theirs = 0;
        for (int seed = 0; seed < seeds; seed++) {
            ours += new KMeans(k, 100, 1e-4, seed)
                            .cluster(digits, BuildContext.of(Plugins.none()))
                            .inertia()
                    / seeds;
            MathEx.setSeed(seed + 1L);
            theirs += inertia(points, smile.clustering.KMeans.fit(points, k, 100, 1e-4).centroids) / seeds;
        }
        String message = String.format(Locale.ROOT, "k = %d: %.1f, Smile %.1f", k, ours, theirs);
        assertTrue(ours <= 1.01 * theirs, message);
    }

    private static double inertia(double[][] points, double[][] centroids) {
        double sum = 0;
        for (double[] point : points) {
            double least = Double.POSITIVE_INFINITY;
            for (double[] centroid : centroids) {
                least = Math.min(least, MathEx.squaredDistance(point, centroid));
            }
            sum += least;
        }
        return sum;
    }
}
