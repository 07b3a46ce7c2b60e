package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;

/** How vectors lie in rows and are compared there. */
final class VectorLayoutTest {

    private static VectorLayout layout(Metric metric, ElementType type, int dimension) {
        return new VectorLayout(new IndexSpec("flat", Parameters.none(), metric, type, dimension), new ScalarKernels());
    }

    @Test
    void noFiniteVectorOverflowsOrVanishesWhenScaled() {
        for (int dimension : new int[] {1, 3, 4096, 65_536}) {
            for (float x : new float[] {Float.MAX_VALUE, 1, Float.MIN_NORMAL, Float.MIN_VALUE, -Float.MIN_VALUE}) {
                float[] vector = new float[dimension];
                Arrays.fill(vector, x);
                float[] expected = new float[dimension];
                Arrays.fill(expected, (float) (Math.signum(x) / Math.sqrt(dimension)));
                assertArrayEquals(expected, VectorLayout.scaled(vector, new float[dimension]), 1e-7f);
            }
        }
        assertArrayEquals(new float[7], VectorLayout.scaled(new float[7], new float[7]));
        float[] mixed = {Float.MIN_VALUE, 3e38f, 0};
        assertArrayEquals(new float[] {0, 1, 0}, VectorLayout.scaled(mixed, mixed));
    }

    @Test
    void cosineOfTinyHugeAndZeroVectorsIsThatOfTheirDirections() {
        VectorLayout layout = layout(Metric.COSINE, ElementType.FLOAT32, 2);
        Query[] vectors = {
            Query.of(Float.MIN_VALUE, 0), Query.of(0, Float.MAX_VALUE), Query.of(0, 0), Query.of(-1e30f, 0)
        };
        float[][] expected = {{0, 1, 1, 2}, {1, 0, 1, 1}, {1, 1, 1, 1}, {2, 1, 1, 0}};
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(4 * layout.stride());
            for (int i = 0; i < 4; i++) {
                layout.write(vectors[i], rows, i);
            }
            RowScorer<?> scorer = layout.scorer(rows);
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(expected[i], score(scorer.to(vectors[i]), 0, 1, 2, 3));
                assertArrayEquals(expected[i], score(scorer.toRow(i), 0, 1, 2, 3));
            }
            assertEquals(Query.of(-1, 0), layout.read(rows, 3));
        }
    }

    @Test
    void everythingButFloatsUnderCosineIsStoredAsItIs() {
        VectorRows floats = VectorRows.ofFloats(new float[] {1, 2, 3, 4}, 2);
        VectorRows bytes = VectorRows.ofBytes(new byte[] {1, 2, 3, 4}, 2);
        VectorRows bits = VectorRows.ofBits(new long[] {1, 2}, 3);
        requireKept(layout(Metric.EUCLIDEAN, ElementType.FLOAT32, 2), floats);
        requireKept(layout(Metric.COSINE, ElementType.INT8, 2), bytes);
        requireKept(layout(Metric.HAMMING, ElementType.BIT, 3), bits);
    }

    private static void requireKept(VectorLayout layout, VectorRows source) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(2 * layout.stride());
            layout.writeAll(source, 1, 2, rows);
            assertEquals(source.query(1), layout.read(rows, 1));
            layout.write(source.query(1), rows, 0);
            assertEquals(source.query(1), layout.read(rows, 0));
            float[] expected = score(layout.scorer(source.segment()).to(source.query(0)), 1, 1);
            assertArrayEquals(expected, score(layout.scorer(rows).to(source.query(0)), 0, 1));
        }
    }

    @Test
    void vectorsOfAnotherShapeAreRefused() {
        VectorLayout layout = layout(Metric.EUCLIDEAN, ElementType.FLOAT32, 2);
        MemorySegment rows = Arena.ofAuto().allocate(layout.stride());
        assertThrows(IllegalArgumentException.class, () -> layout.write(Query.of(1, 2, 3), rows, 0));
        assertThrows(IllegalArgumentException.class, () -> layout.write(Query.of((byte) 1, (byte) 2), rows, 0));
    }

    @Property(tries = 500, seed = "42")
    void underCosineNoRowWithinTheBoundIsGivenUpForRounding(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] products = new float[100];
        for (int i = 0; i < products.length; i++) {
            products[i] = random.nextInt(10) == 0 ? 0 : (float) random.nextDouble(-1.000001, 1.000001);
        }
        float[] expected = new float[100];
        float best = cosine(products, false).score(null, 100, Float.POSITIVE_INFINITY, expected);
        float[] sorted = expected.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[0], best);
        assertTrue(sorted[0] >= 0 && sorted[99] <= 2);
        for (float bound : new float[] {sorted[0], sorted[10], Math.nextDown(sorted[50]), sorted[99], 0, 2, 1e30f}) {
            float[] out = new float[100];
            cosine(products, true).score(null, 100, bound, out);
            for (int i = 0; i < out.length; i++) {
                assertTrue(out[i] == expected[i] || (expected[i] > bound && out[i] > bound));
            }
        }
    }

    /** The scorer under cosine over a kernel that answers these negated products, and gives up where it may. */
    private static Scorer cosine(float[] products, boolean givesUp) {
        RowKernel<float[]> kernel = new RowKernel<>() {
            @Override
            public float distance(float[] query, MemorySegment rows, long offset) {
                throw new UnsupportedOperationException();
            }

            @Override
            public float distances(
                    float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float bound, float[] out) {
                float best = Float.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    // What is given up looks as near as it may.
                    out[i] = givesUp && products[i] > bound ? Math.nextUp(bound) : products[i];
                    best = Math.min(best, out[i]);
                }
                return best;
            }
        };
        return new RowScorer<>(kernel, MemorySegment.NULL, 4, new float[1], true);
    }

    private static float[] score(Scorer scorer, int... ordinals) {
        float[] out = new float[ordinals.length];
        scorer.score(ordinals, ordinals.length, Float.POSITIVE_INFINITY, out);
        return out;
    }
}
