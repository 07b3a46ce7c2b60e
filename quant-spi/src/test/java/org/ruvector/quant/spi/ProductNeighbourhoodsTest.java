package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.RealData;

final class ProductNeighbourhoodsTest {
    private static final int D = 64;
    private static final int WIDTH = NeighbourhoodCodec.WIDTH;

    private static float[] row(VectorRows rows, int row) {
        return ((Query.Floats) rows.query(row)).vector();
    }

    /** Under cosine at unit length, as indexes hold them. */
    private static VectorRows rows(VectorRows raw, Metric metric) {
        float[] all = new float[raw.count() * D];
        for (int i = 0; i < raw.count(); i++) {
            float[] row = row(raw, i);
            double length = metric == Metric.COSINE ? Math.sqrt(dot(row, row)) : 1;
            for (int j = 0; j < D; j++) {
                all[i * D + j] = (float) (row[j] / length);
            }
        }
        return VectorRows.ofFloats(all, D);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double distance(Metric metric, float[] a, float[] b) {
        return switch (metric) {
            case EUCLIDEAN -> dot(a, a) - 2 * dot(a, b) + dot(b, b);
            case COSINE -> 1 - dot(a, b);
            default -> -dot(a, b);
        };
    }

    private static Quantizer train(QuantizerProvider provider, String parameters, Metric metric, VectorRows rows) {
        QuantizerSpec spec = new QuantizerSpec(provider.name(), Parameters.parse(parameters), metric, D);
        return provider.train(rows, spec, BuildContext.of(Plugins.none()));
    }

    private static MemorySegment block(NeighbourhoodCodec codec, byte fill) {
        return Arena.ofAuto().allocate(codec.blockBytes(), 64).fill(fill);
    }

    /**
     * The estimate is what its formula says, and beats the codes alone, because the reference takes part of the error away; with
     * 30 sub-spaces, which leaves two of the last group empty. With a rotation some entries are beyond the last step.
     */
    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT"})
    void estimatesAreThoseOfTheFormulaAndBetterThanCodesAlone(Metric metric) {
        VectorRows base = rows(RealData.digits().base(ElementType.FLOAT32), metric);
        VectorRows queries = rows(RealData.digits().queries(ElementType.FLOAT32), metric);
        for (QuantizerProvider provider : new QuantizerProvider[] {new PqProvider(), new OpqProvider()}) {
            Quantizer quantizer = train(provider, "bits=4,m=30", metric, base);
            NeighbourhoodCodec codec = quantizer.neighbourhoods().orElseThrow();
            assertEquals(0, codec.blockBytes() % 64);
            MemorySegment own = Arena.ofAuto().allocate((long) base.count() * quantizer.codeBytes(), 64);
            quantizer.encode(base, own);
            Codes codes = new Codes(own, quantizer.codeBytes(), base.count());
            double ours = 0;
            double alone = 0;
            for (int q = 0; q < queries.count(); q++) {
                float[] query = row(queries, q);
                double[] distances = IntStream.range(0, base.count())
                        .mapToDouble(row -> distance(metric, query, row(base, row)))
                        .toArray();
                int[] near = IntStream.range(0, distances.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> distances[row]))
                        .limit(1 + WIDTH)
                        .mapToInt(row -> row)
                        .toArray();
                float[] p = row(base, near[0]);
                int[] ordinals = IntStream.of(near).skip(1).toArray();
                MemorySegment block = block(codec, (byte) 0);
                codec.encode(p, base, ordinals, 0, WIDTH, block);
                float[] out = new float[WIDTH];
                float[] plain = new float[WIDTH];
                codec.scorer(queries.query(q)).score(block, 0, 0, Float.POSITIVE_INFINITY, out);
                quantizer.scorer(queries.query(q), codes).score(ordinals, WIDTH, Float.POSITIVE_INFINITY, plain);
                float[] u = new float[D];
                for (int i = 0; i < WIDTH; i++) {
                    float[] x = row(base, ordinals[i]);
                    quantizer.decode(codes, ordinals[i], u);
                    double exact = distance(metric, query, x);
                    double leftOut = 0;
                    for (int j = 0; j < D; j++) {
                        leftOut += ((double) query[j] - p[j]) * ((double) u[j] - x[j]);
                    }
                    double expected = exact - (metric == Metric.EUCLIDEAN ? 2 : 1) * leftOut;
                    // Half a step of 63 for each sub-space, whose terms are at most the lengths allow.
                    double tolerance = 30 * 0.5 / 63 * (dot(query, query) + dot(x, x)) / 6;
                    if (provider instanceof PqProvider) {
                        assertEquals(expected, out[i], tolerance, "query " + q + ", place " + i);
                    }
                    ours += Math.abs(out[i] - exact);
                    alone += Math.abs(plain[i] - exact);
                }
            }
            assertTrue(
                    ours < 0.8 * alone, provider.name() + ": " + ours + " with the reference, " + alone + " without");
        }
    }

    @Test
    void placesAreEncodedOneByOneAndBoundsTellWhichAreNearer() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32);
        NeighbourhoodCodec codec = train(new PqProvider(), "bits=4", Metric.EUCLIDEAN, base)
                .neighbourhoods()
                .orElseThrow();
        int[] ordinals = IntStream.range(100, 100 + WIDTH).toArray();
        float[] reference = row(base, 7);
        MemorySegment whole = block(codec, (byte) 0);
        codec.encode(reference, base, ordinals, 0, WIDTH, whole);
        MemorySegment parts = block(codec, (byte) 0);
        for (int from : new int[] {20, 5, 0, 31}) {
            int to = from == 20 ? 31 : from == 5 ? 20 : from == 0 ? 5 : 32;
            codec.encode(reference, base, ordinals, from, to, parts);
        }
        assertEquals(-1, whole.mismatch(parts));
        // Overwritten places leave the others as they were.
        codec.encode(reference, base, IntStream.range(200, 200 + WIDTH).toArray(), 3, 4, parts);
        codec.encode(reference, base, ordinals, 3, 4, parts);
        assertEquals(-1, whole.mismatch(parts));
        float[] out = new float[WIDTH];
        NeighbourhoodCodec.NeighbourhoodScorer scorer = codec.scorer(base.query(3));
        assertEquals(-1, scorer.score(whole, 0, 0, Float.POSITIVE_INFINITY, out));
        float[] sorted = out.clone();
        Arrays.sort(sorted);
        for (float bound : new float[] {sorted[0], sorted[9], sorted[31], Math.nextUp(sorted[31])}) {
            int expected = 0;
            for (int i = 0; i < WIDTH; i++) {
                expected |= out[i] < bound ? 1 << i : 0;
            }
            assertEquals(expected, scorer.score(whole, 0, 0, bound, out));
        }
        // Where a block begins does not matter.
        MemorySegment second = Arena.ofAuto().allocate(3L * codec.blockBytes(), 64);
        MemorySegment.copy(whole, 0, second, codec.blockBytes(), codec.blockBytes());
        float[] again = new float[WIDTH];
        scorer.score(second, codec.blockBytes(), 0, Float.POSITIVE_INFINITY, again);
        assertArrayEquals(out, again);
        assertEquals(0, second.get(ValueLayout.JAVA_BYTE, 2L * codec.blockBytes()));
    }

    @Test
    void codesOfEightBitsHaveNoBlocks() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 20);
        assertEquals(
                Optional.empty(),
                train(new PqProvider(), "", Metric.EUCLIDEAN, base).neighbourhoods());
    }
}
