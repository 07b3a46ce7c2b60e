package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.Scorer;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

final class ProductQuantizerTest {
    private static final BuildContext CONTEXT = BuildContext.of(Plugins.none());
    private static final VectorRows BASE = RealData.digits().base(ElementType.FLOAT32);
    private static final VectorRows QUERIES = RealData.digits().queries(ElementType.FLOAT32);

    private static QuantizerSpec spec(QuantizerProvider provider, String parameters, Metric metric, int dimension) {
        return new QuantizerSpec(provider.name(), Parameters.parse(parameters), metric, dimension);
    }

    private static Quantizer train(QuantizerProvider provider, String parameters, VectorRows rows) {
        return provider.train(rows, spec(provider, parameters, Metric.EUCLIDEAN, rows.dimension()), CONTEXT);
    }

    private static Codes encode(Quantizer quantizer, VectorRows rows) {
        MemorySegment block = Arena.ofAuto().allocate((long) rows.count() * quantizer.codeBytes(), 64);
        quantizer.encode(rows, block);
        return new Codes(block, quantizer.codeBytes(), rows.count());
    }

    private static double error(Quantizer quantizer, VectorRows rows) {
        Codes codes = encode(quantizer, rows);
        float[] decoded = new float[rows.dimension()];
        double error = 0;
        for (int row = 0; row < rows.count(); row++) {
            quantizer.decode(codes, row, decoded);
            for (int i = 0; i < decoded.length; i++) {
                double lost = rows.segment().get(VectorRows.FLOAT, row * rows.stride() + 4L * i) - decoded[i];
                error += lost * lost;
            }
        }
        return error;
    }

    private static VectorRows normal(int dimension, int count, long seed) {
        return new Corpus(
                        new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), Corpus.Content.NORMAL, dimension, count, seed)
                .rows();
    }

    @Test
    void defaultsAreOneBitPerCoordinate() {
        BuildContext seed = CONTEXT.seed(5);
        QuantizerProvider pq = new PqProvider();
        assertEquals(
                "bits=8,iterations=15,m=3,sample=32768,seed=5",
                pq.train(normal(17, 9, 1), spec(pq, "", Metric.COSINE, 17), seed)
                        .spec()
                        .parameters()
                        .toString());
        assertEquals(
                "bits=4,iterations=15,m=5,sample=32768,seed=5",
                pq.train(normal(17, 9, 1), spec(pq, "bits=4", Metric.COSINE, 17), seed)
                        .spec()
                        .parameters()
                        .toString());
        QuantizerProvider opq = new OpqProvider();
        assertEquals(
                "alternations=8,bits=8,iterations=15,m=3,sample=32768,seed=5",
                opq.train(normal(17, 9, 1), spec(opq, "", Metric.COSINE, 17), seed)
                        .spec()
                        .parameters()
                        .toString());
    }

    /** With as many centroids as distinct vectors nothing is lost, however the dimension divides. */
    @Property(tries = 150, seed = "6")
    void anySplitOfTheDimensionDecodesWhatItKnows(
            @ForAll @IntRange(min = 1, max = 40) int dimension,
            @ForAll @IntRange(min = 0, max = 39) int less,
            @ForAll boolean fourBits,
            @ForAll long seed) {
        int m = Math.max(1, dimension - less);
        VectorRows rows = normal(dimension, 15, seed);
        Quantizer quantizer = train(new PqProvider(), "m=" + m + ",bits=" + (fourBits ? 4 : 8), rows);
        assertEquals(fourBits ? (m + 1) / 2 : m, quantizer.codeBytes());
        assertEquals(0, error(quantizer, rows));
    }

    @Test
    void theFirstSubspaceOfFourBitsIsInTheLowBits() {
        VectorRows rows = VectorRows.ofFloats(new float[] {0, 0, 0, 0, 0, 7, 0, 5, 0, 3, 0, 0}, 3);
        Quantizer quantizer = train(new PqProvider(), "m=3,bits=4", rows);
        byte[] codes = encode(quantizer, rows).segment().toArray(ValueLayout.JAVA_BYTE);
        assertEquals(8, codes.length);
        for (int row = 0; row < 4; row++) {
            assertEquals(0, codes[2 * row + 1] >> 4, "nothing is in the spare bits");
        }
        assertTrue((codes[0] & 15) != (codes[6] & 15) && (codes[0] & 15) == (codes[2] & 15), "coordinate 0");
        assertTrue((codes[0] & 0xf0) != (codes[4] & 0xf0) && (codes[0] & 0xf0) == (codes[2] & 0xf0), "coordinate 1");
        assertTrue(codes[1] != codes[3] && codes[1] == codes[5], "coordinate 2");
    }

    @Test
    void moreSubspacesLoseLess() {
        double before = Double.POSITIVE_INFINITY;
        for (int m : new int[] {2, 4, 8, 16, 32}) {
            double error = error(train(new PqProvider(), "m=" + m, BASE), BASE);
            assertTrue(error < before, m + " sub-spaces: " + error + " after " + before);
            before = error;
        }
    }

    @Test
    void aRotationThatIsLearntLosesLess() {
        double before = error(train(new PqProvider(), "m=8", BASE), BASE);
        for (int alternations : new int[] {0, 2, 8, 30}) {
            double error = error(train(new OpqProvider(), "m=8,alternations=" + alternations, BASE), BASE);
            assertTrue(error < before * 1.001, alternations + " alternations: " + error + " after " + before);
            before = error;
        }
    }

    /** Correlated coordinates in one sub-space each is what a rotation can mend: without it the error is several times as large. */
    @Test
    void aRotationMendsAnUnevenSplit() {
        VectorRows normal = normal(8, 2000, 3);
        float[] vectors = normal.segment().toArray(VectorRows.FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] *= i % 8 < 4 ? 10 : 0.1f;
        }
        VectorRows uneven = VectorRows.ofFloats(vectors, 8);
        double pq = error(train(new PqProvider(), "m=2", uneven), uneven);
        double opq = error(train(new OpqProvider(), "m=2", uneven), uneven);
        assertTrue(opq < 0.4 * pq, opq + " with a rotation, " + pq + " without");
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        for (QuantizerProvider provider : new QuantizerProvider[] {new PqProvider(), new OpqProvider()}) {
            QuantizerSpec spec = spec(provider, "m=10,sample=900", Metric.COSINE, 64);
            Quantizer alone = provider.train(BASE, spec, CONTEXT);
            byte[] expected = encode(alone, BASE).segment().toArray(ValueLayout.JAVA_BYTE);
            for (int threads : new int[] {2, 5}) {
                try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                    Quantizer together = provider.train(BASE, spec, CONTEXT.on(executor, threads));
                    assertArrayEquals(expected, encode(together, BASE).segment().toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
    }

    @Test
    void aTrainingCanBeCancelled() {
        for (QuantizerProvider provider : new QuantizerProvider[] {new PqProvider(), new OpqProvider()}) {
            QuantizerSpec spec = spec(provider, "m=8", Metric.EUCLIDEAN, 64);
            AtomicInteger calls = new AtomicInteger();
            provider.train(BASE, spec, CONTEXT.progress((stage, done, total) -> {
                assertTrue(stage.equals("train " + provider.name()) || stage.equals("train pq"), stage);
                assertTrue(done >= 0 && done <= total, stage);
                return calls.incrementAndGet() > 0;
            }));
            for (int allowed : new int[] {0, calls.get() / 2, calls.get() - 1}) {
                AtomicInteger left = new AtomicInteger(allowed);
                BuildContext cancels = CONTEXT.progress((stage, done, total) -> left.getAndDecrement() > 0);
                assertThrows(CancellationException.class, () -> provider.train(BASE, spec, cancels));
            }
        }
    }

    @Test
    void oppositeInfinitiesAreInfinitelyFar() {
        float[] vector = new float[400];
        Arrays.fill(vector, 0, 200, 2e18f);
        Arrays.fill(vector, 200, 400, -2e18f);
        VectorRows rows = VectorRows.ofFloats(vector, 400);
        QuantizerProvider pq = new PqProvider();
        Quantizer quantizer = pq.train(rows, spec(pq, "m=2", Metric.INNER_PRODUCT, 400), CONTEXT);
        Arrays.fill(vector, 2e18f);
        float[] out = new float[1];
        float best = quantizer.scorer(Query.of(vector), encode(quantizer, rows)).score(new int[1], 1, 0, out);
        assertEquals(Float.POSITIVE_INFINITY, out[0]);
        assertEquals(Float.POSITIVE_INFINITY, best);
    }

    /** Scored together or alone, a code has the same distance, to the bit. */
    @Test
    void groupsChangeNothing() {
        for (String parameters : new String[] {"m=8", "m=11", "m=32", "m=5,bits=4", "m=36,bits=4"}) {
            Quantizer quantizer = train(new PqProvider(), parameters, BASE);
            Codes codes = encode(quantizer, BASE);
            int[] all = IntStream.range(0, 103).toArray();
            float[] together = new float[103];
            float[] alone = new float[1];
            Scorer scorer = quantizer.scorer(QUERIES.query(3), codes);
            scorer.score(all, 103, Float.POSITIVE_INFINITY, together);
            for (int ordinal : all) {
                scorer.score(new int[] {ordinal}, 1, Float.POSITIVE_INFINITY, alone);
                assertEquals(together[ordinal], alone[0], parameters);
            }
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertEquals("m is 65; it must be from 1 to the dimension, which is 64", refused(new PqProvider(), "m=65"));
        assertEquals("m is 0; it must be from 1 to the dimension, which is 64", refused(new PqProvider(), "m=0"));
        assertEquals("bits is 6; it must be 8 or 4", refused(new PqProvider(), "bits=6"));
        assertEquals(
                "iterations is 0, sample is 32768; both must be at least 1", refused(new PqProvider(), "iterations=0"));
        refused(new PqProvider(), "sample=0");
        assertEquals("alternations is -1; it must be from 0 to 1000", refused(new OpqProvider(), "alternations=-1"));
        assertEquals(
                "Unknown parameter alternations; known are: m, bits, iterations, sample, seed",
                refused(new PqProvider(), "alternations=1"));
        QuantizerProvider opq = new OpqProvider();
        QuantizerSpec wide = spec(opq, "", Metric.EUCLIDEAN, 8193);
        assertEquals(
                "The dimension is 8193; opq learns a full matrix and takes at most 8192: use pq",
                assertThrows(IllegalArgumentException.class, () -> opq.train(normal(8193, 1, 1), wide, CONTEXT))
                        .getMessage());
    }

    private static String refused(QuantizerProvider provider, String parameters) {
        return assertThrows(IllegalArgumentException.class, () -> train(provider, parameters, BASE))
                .getMessage();
    }
}
