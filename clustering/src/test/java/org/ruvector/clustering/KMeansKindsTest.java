package org.ruvector.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

/** {@link SphericalKMeans} and {@link MiniBatchKMeans}, and what is compared in groups. */
final class KMeansKindsTest {
    private static final BuildContext CONTEXT = BuildContext.of(Plugins.none());
    private static final VectorRows DIGITS = RealData.digits().base(ElementType.FLOAT32);

    private static VectorRows rows(Corpus.Content content, int dimension, int count) {
        return new Corpus(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), content, dimension, count, 1).rows();
    }

    private static double length(float[] vectors, int from, int dimension) {
        double squares = 0;
        for (int i = from; i < from + dimension; i++) {
            squares += (double) vectors[i] * vectors[i];
        }
        return Math.sqrt(squares);
    }

    @Test
    void centroidsComparedInGroupsAreTheSame() {
        VectorRows points = rows(Corpus.Content.GRID, 600, 70);
        Columns centroids = new Columns(centroids(rows(Corpus.Content.GRID, 600, 500)), 600);
        int[] nearest = new int[70];
        float[] distances = new float[70];
        assertTrue(new NearestCentroids(centroids).find(points, CONTEXT, nearest, distances) > 0);
        assertEquals(0, new NearestCentroids(centroids).find(points, CONTEXT, nearest, distances));
        float[] toAll = new float[500];
        float[] all = centroids(points);
        for (int i = 0; i < 70; i++) {
            int expected = centroids.nearest(all, i * 600, toAll);
            assertEquals(expected, nearest[i]);
            assertEquals(toAll[expected], distances[i]);
        }
    }

    private static float[] centroids(VectorRows rows) {
        float[] all = new float[rows.count() * rows.dimension()];
        java.lang.foreign.MemorySegment.copy(rows.segment(), VectorRows.FLOAT, 0, all, 0, all.length);
        return all;
    }

    @Test
    void theSumOfCosinesNeverFalls() {
        for (long seed = 0; seed < 3; seed++) {
            double before = Double.POSITIVE_INFINITY;
            for (int iterations = 0; iterations <= 12; iterations++) {
                Clustering found = new SphericalKMeans(30, iterations, 0, seed).cluster(DIGITS, CONTEXT);
                assertTrue(found.inertia() <= before * (1 + 1e-6), "seed " + seed + ", iteration " + iterations);
                before = found.inertia();
                float[] centroids = found.centroids().toArray();
                for (int c = 0; c < 30; c++) {
                    assertEquals(1, length(centroids, 64 * c, 64), 1e-5);
                }
            }
        }
    }

    @Test
    void theLengthOfPointsIsNothingToASphericalClustering() {
        float[] scaled = centroids(DIGITS);
        for (int i = 0; i < scaled.length; i++) {
            // Powers of two round nothing.
            scaled[i] *= 1 << (i / 64 % 5);
        }
        SphericalKMeans kMeans = new SphericalKMeans(20, 5, 0, 1);
        assertArrayEquals(
                kMeans.cluster(DIGITS, CONTEXT).assignments(),
                kMeans.cluster(VectorRows.ofFloats(scaled, 64), CONTEXT).assignments());
    }

    @ParameterizedTest
    @EnumSource
    void anyContentIsClustered(Corpus.Content content) {
        for (int count : new int[] {1, 3, 200}) {
            VectorRows points = rows(content, 17, count);
            for (Clustering found : new Clustering[] {
                new SphericalKMeans(8, 6, 0, 1).cluster(points, CONTEXT),
                new MiniBatchKMeans(8, 32, 6, 1).cluster(points, CONTEXT)
            }) {
                assertTrue(found.centroids().count() <= Math.min(8, count));
                for (float x : found.centroids().toArray()) {
                    assertTrue(Float.isFinite(x));
                }
            }
        }
    }

    @Test
    void aMiniBatchClusteringIsNearlyAsGood() {
        double lloyd = new KMeans(20, 30, 0, 1).cluster(DIGITS, CONTEXT).inertia();
        double start = new KMeans(20, 0, 0, 1).cluster(DIGITS, CONTEXT).inertia();
        double batches =
                new MiniBatchKMeans(20, 256, 60, 1).cluster(DIGITS, CONTEXT).inertia();
        assertTrue(batches < 1.05 * lloyd && batches < start, batches + ", Lloyd " + lloyd + ", start " + start);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        VectorRows points = rows(Corpus.Content.NORMAL, 20, 5000);
        for (Function<BuildContext, Clustering> kind : java.util.List.<Function<BuildContext, Clustering>>of(
                context -> new SphericalKMeans(40, 6, 0, 3).cluster(points, context),
                context -> new MiniBatchKMeans(40, 3000, 6, 3).cluster(points, context))) {
            Clustering alone = kind.apply(CONTEXT);
            try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
                Clustering together = kind.apply(CONTEXT.on(executor, 3));
                assertArrayEquals(
                        alone.centroids().toArray(), together.centroids().toArray());
                assertArrayEquals(alone.assignments(), together.assignments());
                assertEquals(alone.inertia(), together.inertia());
            }
        }
    }

    @Test
    void theSeedDecides() {
        float[] one = new MiniBatchKMeans(10, 100, 2, 1)
                .cluster(DIGITS, CONTEXT)
                .centroids()
                .toArray();
        assertArrayEquals(
                one,
                new MiniBatchKMeans(10, 100, 2, 1)
                        .cluster(DIGITS, CONTEXT)
                        .centroids()
                        .toArray());
        assertFalse(Arrays.equals(
                one,
                new MiniBatchKMeans(10, 100, 2, 2)
                        .cluster(DIGITS, CONTEXT)
                        .centroids()
                        .toArray()));
    }

    @Test
    void zeroVectorsHaveNoDirection() {
        Clustering found = new SphericalKMeans(3, 5, 0, 1).cluster(VectorRows.ofFloats(new float[12], 3), CONTEXT);
        assertEquals(1, found.centroids().count());
        assertArrayEquals(new float[3], found.centroids().toArray());
    }

    @Test
    void progressMayCancelAndWhatIsOutOfRangeIsRefused() {
        BuildContext unwilling = CONTEXT.progress((stage, done, total) -> false);
        assertThrows(CancellationException.class, () -> new MiniBatchKMeans(5, 10, 4, 1).cluster(DIGITS, unwilling));
        assertThrows(CancellationException.class, () -> new SphericalKMeans(5, 10, 0, 1).cluster(DIGITS, unwilling));
        for (int[] bad : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, -1}}) {
            assertThrows(IllegalArgumentException.class, () -> new MiniBatchKMeans(bad[0], bad[1], bad[2], 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new SphericalKMeans(0, 1, 0, 0));
        VectorRows none = VectorRows.empty(ElementType.FLOAT32, 3);
        assertThrows(IllegalArgumentException.class, () -> new SphericalKMeans(2, 1, 0, 0).cluster(none, CONTEXT));
        assertThrows(IllegalArgumentException.class, () -> new MiniBatchKMeans(2, 1, 0, 0).cluster(none, CONTEXT));
    }
}
