package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.RealData;

/** Estimates of distances to the neighbours of digits beside the exact ones. */
final class RabitqNeighbourhoodsTest {
    private static final RealData DIGITS = RealData.digits();

    private static NeighbourhoodCodec codec(Metric metric, int dimension, int bits, long seed) {
        QuantizerSpec spec =
                new QuantizerSpec("rabitq", Parameters.none().with("bits", bits).with("seed", seed), metric, dimension);
        VectorRows nothing = VectorRows.ofFloats(new float[dimension], dimension);
        return new RabitqProvider()
                .train(nothing, spec, BuildContext.of(Plugins.none()))
                .neighbourhoods()
                .orElseThrow();
    }

    /** Rows of length 1 under cosine, as an index keeps them. */
    private static float[][] vectors(VectorRows rows, int count, Metric metric) {
        float[][] vectors = new float[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = ((Query.Floats) rows.query(i)).vector();
            if (metric == Metric.COSINE) {
                double norm = Math.sqrt(dot(vectors[i], vectors[i]));
                for (int j = 0; j < vectors[i].length; j++) {
                    vectors[i][j] = (float) (vectors[i][j] / norm);
                }
            }
        }
        return vectors;
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    private static double distance(Metric metric, float[] a, float[] b) {
        return switch (metric) {
            case COSINE -> 1 - dot(a, b);
            case INNER_PRODUCT -> -dot(a, b);
            default -> dot(a, a) + dot(b, b) - 2 * dot(a, b);
        };
    }

    private static VectorRows rows(float[][] vectors) {
        int d = vectors[0].length;
        float[] all = new float[vectors.length * d];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, all, i * d, d);
        }
        return VectorRows.ofFloats(all, d);
    }

    /** The mean over seeds, queries and neighbours of the error, and of its square, by the product of the lengths concerned. */
    @ParameterizedTest
    @CsvSource({
        "EUCLIDEAN, 1, 0.11", "EUCLIDEAN, 2, 0.06", "EUCLIDEAN, 4, 0.03",
        "COSINE, 1, 0.11", "COSINE, 2, 0.06", "COSINE, 4, 0.03",
        "INNER_PRODUCT, 1, 0.11", "INNER_PRODUCT, 2, 0.06", "INNER_PRODUCT, 4, 0.03"
    })
    void estimatesAreUnbiasedAndNear(Metric metric, int bits, double most) {
        float[][] base = vectors(DIGITS.base(ElementType.FLOAT32), 200, metric);
        float[][] queries = vectors(DIGITS.queries(ElementType.FLOAT32), 10, metric);
        VectorRows rows = rows(base);
        int[] neighbours = IntStream.range(0, NeighbourhoodCodec.WIDTH).toArray();
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (long seed = 0; seed < 20; seed++) {
            NeighbourhoodCodec codec = codec(metric, 64, bits, seed);
            for (int parent = 0; parent < 10; parent++) {
                int first = 15 * parent;
                MemorySegment block = Arena.ofAuto().allocate(codec.blockBytes(), 64);
                codec.encode(
                        base[199 - parent],
                        rows,
                        Arrays.stream(neighbours).map(i -> first + i).toArray(),
                        0,
                        32,
                        block);
                for (float[] query : queries) {
                    double near = distance(metric, query, base[199 - parent]);
                    float[] out = new float[NeighbourhoodCodec.WIDTH];
                    codec.scorer(Query.of(query)).score(block, 0, (float) near, Float.POSITIVE_INFINITY, out);
                    for (int i = 0; i < out.length; i++) {
                        float[] x = base[first + i];
                        double apart = Math.sqrt(distance(Metric.EUCLIDEAN, x, base[199 - parent]));
                        double away = metric == Metric.INNER_PRODUCT
                                ? Math.sqrt(dot(query, query))
                                : Math.sqrt(distance(Metric.EUCLIDEAN, query, base[199 - parent]));
                        double scale = (metric == Metric.EUCLIDEAN ? 2 : 1) * apart * away;
                        double error = (out[i] - distance(metric, query, x)) / scale;
                        sum += error;
                        squares += error * error;
                        count++;
                    }
                }
            }
        }
        double mean = sum / count;
        double deviation = Math.sqrt(squares / count);
        assertTrue(Math.abs(mean) < 0.005, () -> "mean error " + mean);
        assertTrue(deviation < most, () -> "root mean square error " + deviation);
    }

    @Test
    void placesAreEncodedOneByOneAsTogether() {
        VectorRows base = DIGITS.base(ElementType.FLOAT32);
        NeighbourhoodCodec codec = codec(Metric.EUCLIDEAN, 64, 3, 7);
        float[] reference = ((Query.Floats) base.query(100)).vector();
        int[] ordinals = IntStream.range(0, 32).toArray();
        MemorySegment together = Arena.ofAuto().allocate(codec.blockBytes(), 64);
        codec.encode(reference, base, ordinals, 0, 32, together);
        MemorySegment oneByOne = Arena.ofAuto().allocate(codec.blockBytes(), 64);
        for (int place = 31; place >= 0; place--) {
            codec.encode(reference, base, ordinals, place, place + 1, oneByOne);
        }
        assertEquals(-1, together.mismatch(oneByOne));
    }

    @Test
    void theBitsAreThePlacesBelowTheBound() {
        VectorRows base = DIGITS.base(ElementType.FLOAT32);
        NeighbourhoodCodec codec = codec(Metric.EUCLIDEAN, 64, 1, 7);
        float[] reference = ((Query.Floats) base.query(100)).vector();
        MemorySegment blocks = Arena.ofAuto().allocate(2L * codec.blockBytes(), 64);
        MemorySegment second = blocks.asSlice(codec.blockBytes());
        codec.encode(reference, base, IntStream.range(0, 32).toArray(), 0, 32, second);
        float[] out = new float[32];
        NeighbourhoodCodec.NeighbourhoodScorer scorer = codec.scorer(base.query(200));
        assertEquals(-1, scorer.score(blocks, codec.blockBytes(), 1000, Float.POSITIVE_INFINITY, out));
        float[] sorted = out.clone();
        Arrays.sort(sorted);
        int below = scorer.score(blocks, codec.blockBytes(), 1000, sorted[16], out);
        for (int place = 0; place < 32; place++) {
            assertEquals(out[place] < sorted[16], (below >>> place & 1) == 1, "place " + place);
        }
    }

    /** A neighbour equal to its reference is as far from the query. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "15", "16", "17", "100", "784", "5000"})
    void anyDimensionWillDo(int dimension) {
        SplittableRandom random = new SplittableRandom(dimension);
        float[] data = new float[2 * dimension];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
        }
        VectorRows rows = VectorRows.ofFloats(data, dimension);
        NeighbourhoodCodec codec = codec(Metric.EUCLIDEAN, dimension, 1, 1);
        assertEquals(0, codec.blockBytes() % 64);
        MemorySegment block = Arena.ofAuto().allocate(codec.blockBytes(), 64);
        codec.encode(((Query.Floats) rows.query(0)).vector(), rows, new int[] {0, 1}, 0, 2, block);
        float[] out = new float[NeighbourhoodCodec.WIDTH];
        codec.scorer(rows.query(1)).score(block, 0, 77, 1000, out);
        assertEquals(77, out[0]);
        assertTrue(Float.isFinite(out[1]));
    }
}
