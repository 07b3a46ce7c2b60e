package org.ruvector.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

final class KMeansTest {
    private static final BuildContext CONTEXT = BuildContext.of(Plugins.none());
    private static final VectorRows DIGITS = RealData.digits().base(ElementType.FLOAT32);

    private static VectorRows rows(Corpus.Content content, int dimension, int count) {
        return new Corpus(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), content, dimension, count, 1).rows();
    }

    private static double distance(VectorRows points, int row, float[] centroids, int c) {
        double sum = 0;
        for (int i = 0; i < points.dimension(); i++) {
            double difference = points.segment().get(VectorRows.FLOAT, row * points.stride() + 4L * i)
                    - (double) centroids[c * points.dimension() + i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Every point is with its nearest centroid, and the inertia is the sum of their distances. */
    private static void requireConsistent(VectorRows points, Clustering found) {
        int k = found.centroids().count();
        float[] centroids = found.centroids().toArray();
        assertEquals(points.count(), found.assignments().length);
        double inertia = 0;
        for (int row = 0; row < points.count(); row++) {
            double own = distance(points, row, centroids, found.assignments()[row]);
            for (int c = 0; c < k; c++) {
                double other = distance(points, row, centroids, c);
                assertTrue(own <= other * (1 + 1e-5), "point " + row + " is nearer to centroid " + c);
            }
            inertia += own;
        }
        assertEquals(inertia, found.inertia(), 1e-5 * inertia);
    }

    private static int clusters(Clustering found) {
        return (int) Arrays.stream(found.assignments()).distinct().count();
    }

    @ParameterizedTest
    @EnumSource
    void anyContentIsClustered(Corpus.Content content) {
        for (int dimension : new int[] {1, 2, 3, 17, 128}) {
            for (int count : new int[] {1, 2, 30, 1100}) {
                for (int k : new int[] {1, 2, 5, 40}) {
                    VectorRows points = rows(content, dimension, count);
                    Clustering found = new KMeans(k, 10, 0, 7).cluster(points, CONTEXT);
                    requireConsistent(points, found);
                    assertTrue(found.centroids().count() <= Math.min(k, count));
                    assertTrue(found.iterations() <= 10);
                }
            }
        }
    }

    @Test
    void theInertiaNeverRises() {
        for (long seed = 0; seed < 5; seed++) {
            double before = Double.POSITIVE_INFINITY;
            for (int iterations = 0; iterations <= 20; iterations++) {
                Clustering found = new KMeans(30, iterations, 0, seed).cluster(DIGITS, CONTEXT);
                assertTrue(
                        found.inertia() <= before * (1 + 1e-6),
                        "seed " + seed + ", iteration " + iterations + ": " + before + " to " + found.inertia());
                before = found.inertia();
            }
        }
    }

    @Test
    void centroidsAreTheMeansOfTheirPointsOnceNothingMoves() {
        Clustering found = new KMeans(10, 1000, 0, 1).cluster(DIGITS, CONTEXT);
        assertTrue(found.iterations() < 1000);
        requireConsistent(DIGITS, found);
        double[][] sums = new double[10][64];
        int[] sizes = new int[10];
        for (int row = 0; row < DIGITS.count(); row++) {
            int c = found.assignments()[row];
            sizes[c]++;
            for (int i = 0; i < 64; i++) {
                sums[c][i] += DIGITS.segment().get(VectorRows.FLOAT, row * DIGITS.stride() + 4L * i);
            }
        }
        float[] centroids = found.centroids().toArray();
        for (int c = 0; c < 10; c++) {
            for (int i = 0; i < 64; i++) {
                assertEquals(sums[c][i] / sizes[c], centroids[c * 64 + i], 1e-5);
            }
        }
    }

    /** 3,000 points: several chunks, the last one short. */
    @Test
    void theNumberOfThreadsChangesNothing() {
        VectorRows points = rows(Corpus.Content.NORMAL, 20, 3000);
        KMeans kMeans = new KMeans(50, 12, 0, 3);
        Clustering alone = kMeans.cluster(points, CONTEXT);
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                Clustering together = kMeans.cluster(points, CONTEXT.on(executor, threads));
                assertArrayEquals(
                        alone.centroids().toArray(), together.centroids().toArray());
                assertArrayEquals(alone.assignments(), together.assignments());
                assertEquals(alone.inertia(), together.inertia());
                assertEquals(alone.iterations(), together.iterations());
            }
        }
    }

    @Test
    void theSeedDecides() {
        float[] one =
                new KMeans(10, 2, 0, 1).cluster(DIGITS, CONTEXT).centroids().toArray();
        assertArrayEquals(
                one,
                new KMeans(10, 2, 0, 1).cluster(DIGITS, CONTEXT).centroids().toArray());
        assertTrue(!Arrays.equals(
                one,
                new KMeans(10, 2, 0, 2).cluster(DIGITS, CONTEXT).centroids().toArray()));
    }

    @Property(tries = 100, seed = "4")
    void fewDistinctPointsHaveAsManyClusters(
            @ForAll @IntRange(min = 1, max = 12) int distinct,
            @ForAll @IntRange(min = 1, max = 20) int k,
            @ForAll @IntRange(min = 1, max = 9) int copies,
            @ForAll long seed) {
        float[] values = new float[distinct * copies];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % distinct * 3 - 5;
        }
        Clustering found = new KMeans(k, 20, 0, seed).cluster(VectorRows.ofFloats(values, 1), CONTEXT);
        assertEquals(Math.min(k, distinct), found.centroids().count());
        assertEquals(Math.min(k, distinct), clusters(found));
        if (k >= distinct) {
            assertEquals(0, found.inertia());
        }
    }

    /** Two centroids of four equal ones are without points; they go where the error is largest. */
    @Test
    void aCentroidWithoutPointsMovesToTheFarthestPoint() {
        VectorRows points = VectorRows.ofFloats(new float[] {0, 1, 2, 3, 100, 1000}, 1);
        Columns start = new Columns(new float[] {0, 0, 0, 0}, 1);
        Clustering found = new KMeans(4, 50, 0, 0).refine(points, start, CONTEXT);
        requireConsistent(points, found);
        assertEquals(4, clusters(found));
        assertEquals(1, found.inertia(), 1e-6);
    }

    @Test
    void refiningStartsWhereItIsTold() {
        Clustering three = new KMeans(10, 3, 0, 9).cluster(DIGITS, CONTEXT);
        Clustering more = new KMeans(10, 4, 0, 0).refine(DIGITS, three.centroids(), CONTEXT);
        Clustering seven = new KMeans(10, 7, 0, 9).cluster(DIGITS, CONTEXT);
        assertArrayEquals(seven.centroids().toArray(), more.centroids().toArray());
        assertArrayEquals(seven.assignments(), more.assignments());
    }

    /** Squares of these leave single precision; there is still an answer. */
    @Test
    void distancesThatOverflowDoNoHarm() {
        VectorRows points = VectorRows.ofFloats(new float[] {-3e38f, -2.9e38f, 2.9e38f, 3e38f, 0}, 1);
        Clustering found = new KMeans(3, 5, 0, 1).cluster(points, CONTEXT);
        assertEquals(3, found.centroids().count());
        for (float centroid : found.centroids().toArray()) {
            assertTrue(Float.isFinite(centroid));
        }
    }

    @Test
    void progressIsToldAndMayCancel() {
        AtomicInteger calls = new AtomicInteger();
        BuildContext told = CONTEXT.progress((stage, done, total) -> {
            assertTrue(stage.equals("k-means++") || stage.equals("k-means"), stage);
            assertTrue(done >= 0 && done <= total);
            calls.incrementAndGet();
            return true;
        });
        int iterations = new KMeans(5, 4, 0, 1).cluster(DIGITS, told).iterations();
        assertEquals(4 + iterations, calls.get());
        for (int allowed : new int[] {0, 3, 6}) {
            AtomicInteger left = new AtomicInteger(allowed);
            BuildContext cancels = CONTEXT.progress((stage, done, total) -> left.getAndDecrement() > 0);
            assertThrows(CancellationException.class, () -> new KMeans(5, 4, 0, 1).cluster(DIGITS, cancels));
        }
    }

    @Test
    void whatCannotBeClusteredIsRefused() {
        KMeans kMeans = KMeans.of(2);
        float[] bad = new float[12];
        bad[7] = Float.NaN;
        assertEquals(
                "Row 2 holds NaN at position 1; every coordinate must be a finite number",
                refused(() -> kMeans.cluster(VectorRows.ofFloats(bad, 3), CONTEXT)));
        assertEquals(
                "There are no points; at least one is needed",
                refused(() -> kMeans.cluster(VectorRows.empty(ElementType.FLOAT32, 3), CONTEXT)));
        assertEquals(
                "The points are int8; k-means takes float32, whose means it can hold",
                refused(() -> kMeans.cluster(VectorRows.ofBytes(new byte[4], 2), CONTEXT)));
        assertEquals(
                "The points have 64 coordinates, the centroids 2; both must have as many",
                refused(() -> kMeans.refine(DIGITS, new Columns(new float[4], 2), CONTEXT)));
        assertEquals("k is 0; it must be at least 1", refused(() -> KMeans.of(0)));
        assertEquals("iterations is -1; it must not be negative", refused(() -> new KMeans(1, -1, 0, 0)));
        for (double tolerance : new double[] {-0.1, 1.1, Double.NaN}) {
            refused(() -> new KMeans(1, 1, tolerance, 0));
        }
    }

    /** k-means++ alone expects at most 8 (ln k + 2) times the least inertia; the best of many runs stands for that. */
    @Test
    void theFirstCentroidsAreGoodAlready() {
        double best = IntStream.range(0, 10)
                .mapToDouble(seed ->
                        new KMeans(10, 100, 0, seed).cluster(DIGITS, CONTEXT).inertia())
                .min()
                .orElseThrow();
        double mean = IntStream.range(0, 50)
                .mapToDouble(seed ->
                        new KMeans(10, 0, 0, seed).cluster(DIGITS, CONTEXT).inertia())
                .average()
                .orElseThrow();
        assertTrue(mean <= 8 * (Math.log(10) + 2) * best && mean < 2.2 * best, "mean " + mean + ", best " + best);
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
