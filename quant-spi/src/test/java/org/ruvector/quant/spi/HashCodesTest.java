package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.MemorySections;
import org.ruvector.testkit.Space;

/** Laws of all quantizers whose codes are bits. */
final class HashCodesTest {

    private static final Method BINARY = new Method(new BinaryProvider(), "");
    /** The bits of some end within a word. */
    private static final List<Method> METHODS = List.of(
            BINARY,
            new Method(new HyperplanesProvider(), "bits=77"),
            new Method(new ItqProvider(), ""),
            new Method(new NeuralHashProvider(), "bits=65,epochs=2"));

    /** A quantizer and parameters to train it with. */
    record Method(QuantizerProvider provider, String parameters) {

        QuantizerSpec spec(Metric metric, int dimension) {
            return new QuantizerSpec(provider.name(), Parameters.parse(parameters), metric, dimension);
        }

        Quantizer train(VectorRows rows, Metric metric) {
            return provider.train(rows, spec(metric, rows.dimension()), BuildContext.of(Plugins.none()));
        }
    }

    private static Codes encode(Quantizer quantizer, VectorRows rows) {
        MemorySegment block = Arena.ofAuto().allocate((long) rows.count() * quantizer.codeBytes(), 64);
        quantizer.encode(rows, block);
        return new Codes(block, quantizer.codeBytes(), rows.count());
    }

    private static byte[] bytes(Quantizer quantizer, VectorRows rows) {
        return encode(quantizer, rows).segment().toArray(ValueLayout.JAVA_BYTE);
    }

    private static float[] scores(Quantizer quantizer, Query query, Codes codes) {
        float[] scores = new float[codes.count()];
        int[] all = IntStream.range(0, scores.length).toArray();
        quantizer.scorer(query, codes).score(all, scores.length, Float.POSITIVE_INFINITY, scores);
        return scores;
    }

    @Provide
    Arbitrary<Method> methods() {
        return Arbitraries.of(METHODS);
    }

    @Provide
    Arbitrary<Metric> metrics() {
        return Arbitraries.of(Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT);
    }

    @Property(tries = 150, seed = "1")
    void awkwardVectorsHaveCodesThatStayTheSameWhenSavedAndOpened(
            @ForAll("methods") Method method,
            @ForAll Corpus.Content content,
            @ForAll("metrics") Metric metric,
            @ForAll @IntRange(min = 1, max = 90) int dimension,
            @ForAll @IntRange(min = 1, max = 40) int count)
            throws IOException {
        VectorRows rows = new Corpus(new Space(metric, ElementType.FLOAT32), content, dimension, count, 3).rows();
        Quantizer quantizer = method.train(rows, metric);
        assertFalse(quantizer.estimatesDistances());
        Codes codes = encode(quantizer, rows);
        for (int i = 0; i < count; i++) {
            float[] scores = scores(quantizer, rows.query(i), codes);
            assertEquals(0, scores[i], "a vector to its own code");
            for (int j = 0; j < count; j++) {
                assertTrue(scores[j] <= 8 * codes.codeBytes() && scores[j] == Math.rint(scores[j]), "a score");
                if (rows.query(i).equals(rows.query(j))) {
                    assertEquals(0, scores[j], "equal vectors");
                }
            }
            float[] decoded = new float[dimension];
            quantizer.decode(codes, i, decoded);
            Query.of(decoded); // Refuses what is not finite.
        }
        MemorySections file = new MemorySections();
        quantizer.save(file, "q-");
        IndexSpec index = new IndexSpec("none", Parameters.none(), metric, ElementType.FLOAT32, dimension);
        try (MemorySections.Reader reader = file.reader(index)) {
            Quantizer opened = method.provider.open(reader, "q-", quantizer.spec());
            assertArrayEquals(bytes(quantizer, rows), bytes(opened, rows));
            assertEquals(quantizer.spec(), opened.spec());
        }
    }

    /** Powers of two, so that the centred and scaled vectors are the same to the last bit. */
    @Property(tries = 60, seed = "2")
    void scalingAllVectorsChangesNoCode(
            @ForAll("methods") Method method,
            @ForAll @IntRange(min = -90, max = 90) int exponent,
            @ForAll @LongRange(max = 1000) long seed) {
        int dimension = 20;
        VectorRows rows = new Corpus(
                        new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), Corpus.Content.NORMAL, dimension, 30, seed)
                .rows();
        float[] scaled = new float[30 * dimension];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(rows.segment().getAtIndex(VectorRows.FLOAT, i), exponent);
        }
        VectorRows others = VectorRows.ofFloats(scaled, dimension);
        // Neighbours are found by distances whose squares must not overflow or vanish.
        Metric metric = method.provider() instanceof NeuralHashProvider && Math.abs(exponent) > 50
                ? Metric.COSINE
                : Metric.EUCLIDEAN;
        assertArrayEquals(bytes(method.train(rows, metric), rows), bytes(method.train(others, metric), others));
    }

    @Property(tries = 40, seed = "3")
    void theGreatestAndTheLeastFloatsHaveCodes(
            @ForAll("methods") Method method, @ForAll @LongRange(max = 1000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, 0, -0f, 1};
        float[] all = new float[200];
        for (int i = 0; i < all.length; i++) {
            all[i] = extremes[random.nextInt(extremes.length)];
        }
        VectorRows rows = VectorRows.ofFloats(all, 10);
        Quantizer quantizer = method.train(rows, Metric.EUCLIDEAN);
        Codes codes = encode(quantizer, rows);
        for (int i = 0; i < 20; i++) {
            assertEquals(0, scores(quantizer, rows.query(i), codes)[i]);
        }
    }

    @Property(tries = 40, seed = "4")
    void aSampleThatIsNotFiniteIsRefused(
            @ForAll("methods") Method method,
            @ForAll @IntRange(max = 59) int position,
            @ForAll @IntRange(max = 2) int kind) {
        float[] all = new float[60];
        all[position] = new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}[kind];
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> method.train(VectorRows.ofFloats(all, 6), Metric.EUCLIDEAN))
                .getMessage();
        assertTrue(message.startsWith("Row " + position / 6 + " holds " + all[position]), message);
    }

    @Test
    void aScaleThatIsNotPositiveIsRefused() throws IOException {
        Quantizer quantizer = BINARY.train(VectorRows.ofFloats(new float[] {1, 2, 3, 4}, 2), Metric.EUCLIDEAN);
        MemorySections file = new MemorySections();
        quantizer.save(file, "q-");
        file.sections().put("q-scale", new byte[4]);
        IndexSpec index = new IndexSpec("none", Parameters.none(), Metric.EUCLIDEAN, ElementType.FLOAT32, 2);
        try (MemorySections.Reader reader = file.reader(index)) {
            assertEquals(
                    "memory: section 'q-scale' holds 0.0; it must be above 0",
                    assertThrows(
                                    IndexFileException.class,
                                    () -> new BinaryProvider().open(reader, "q-", quantizer.spec()))
                            .getMessage());
        }
    }

    @Test
    void parametersOutOfRangeAreRefusedInASentence() {
        VectorRows rows = VectorRows.ofFloats(new float[20], 10);
        BuildContext context = BuildContext.of(Plugins.none());
        record Case(QuantizerProvider provider, String parameters, String message) {}
        for (Case wrong : List.of(
                new Case(new HyperplanesProvider(), "bits=31", "bits is 31; it must be from 32 to 4096"),
                new Case(new HyperplanesProvider(), "bits=4097", "bits is 4097; it must be from 32 to 4096"),
                new Case(
                        new ItqProvider(),
                        "bits=11",
                        "bits is 11; it must be from 1 to the dimension, 10: for longer codes take hyperplanes or"
                                + " neural-hash"),
                new Case(new ItqProvider(), "iterations=-1", "iterations is -1; it must be from 0 to 1000"),
                new Case(new ItqProvider(), "sample=0", "sample is 0; it must be at least 1"),
                new Case(new NeuralHashProvider(), "bits=63", "bits is 63; it must be from 64 to 512"),
                new Case(new NeuralHashProvider(), "epochs=1001", "epochs is 1001; it must be from 0 to 1000"),
                new Case(new NeuralHashProvider(), "sample=0", "sample is 0; it must be at least 1"))) {
            QuantizerSpec spec =
                    new QuantizerSpec(wrong.provider.name(), Parameters.parse(wrong.parameters), Metric.EUCLIDEAN, 10);
            assertEquals(
                    wrong.message,
                    assertThrows(IllegalArgumentException.class, () -> wrong.provider.train(rows, spec, context))
                            .getMessage());
        }
    }

    /** M. Charikar 2002: a bit differs with probability θ/π; four standard deviations are allowed. */
    @Test
    void theShareOfDifferingBitsIsTheAngle() {
        int bits = 4096;
        Corpus corpus = new Corpus(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32), Corpus.Content.NORMAL, 12, 30, 8);
        VectorRows rows = corpus.rows();
        QuantizerSpec spec =
                new QuantizerSpec("hyperplanes", Parameters.none().with("bits", bits), Metric.EUCLIDEAN, 12);
        Quantizer quantizer = new HyperplanesProvider().train(rows, spec, BuildContext.of(Plugins.none()));
        float[] mean = Sample.toTrainOn(rows, spec).mean();
        Codes codes = encode(quantizer, rows);
        for (int i = 0; i < 30; i++) {
            float[] scores = scores(quantizer, rows.query(i), codes);
            for (int j = 0; j < 30; j++) {
                double share = angle(rows, mean, i, j) / Math.PI;
                double deviation = Math.sqrt(share * (1 - share) / bits);
                assertEquals(share, scores[j] / bits, 4 * deviation + 1e-7, i + " and " + j);
            }
        }
    }

    private static double angle(VectorRows rows, float[] mean, int i, int j) {
        double dot = 0;
        double ii = 0;
        double jj = 0;
        for (int c = 0; c < mean.length; c++) {
            double a = rows.segment().get(VectorRows.FLOAT, i * rows.stride() + 4L * c) - (double) mean[c];
            double b = rows.segment().get(VectorRows.FLOAT, j * rows.stride() + 4L * c) - (double) mean[c];
            dot += a * b;
            ii += a * a;
            jj += b * b;
        }
        return Math.acos(Math.clamp(dot / Math.sqrt(ii * jj), -1, 1));
    }
}
