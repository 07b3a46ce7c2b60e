package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
import org.ruvector.api.spi.Scorer;

/** The contract of quantizers. A quantizer's test implements it and inherits all tests. */
public interface QuantizerContract {

    /** The plugin under test. */
    QuantizerProvider provider();

    /** Most of the digits' variance that may be lost: {@code Σ|x − decoded(x)|² / Σ|x − mean|²}. */
    double distortion();

    /**
     * Whether a score is made from an estimate of the inner product with the query, not from the distance to the decoded vector; by
     * default not. The two may then differ by something that belongs to the code alone, such as the vector's exact length; and
     * under cosine the decoded vector counts as one of unit length.
     */
    default boolean estimates() {
        return false;
    }

    /** Parameters to train with; by default none. */
    default Parameters parameters() {
        return Parameters.none();
    }

    /** The plugin's metrics. */
    default List<Metric> metrics() {
        return provider().metrics().stream().sorted().toList();
    }

    /** Trains on one thread. */
    default Quantizer train(VectorRows sample, Metric metric) {
        QuantizerSpec spec = new QuantizerSpec(provider().name(), parameters(), metric, sample.dimension());
        return provider().train(sample, spec, BuildContext.of(Plugins.none()));
    }

    /** A quantizer tells what was trained, in parameters that train the same again. */
    @Test
    default void aQuantizerTellsWhatWasTrained() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32);
        for (Metric metric : metrics()) {
            Quantizer quantizer = train(base, metric);
            QuantizerSpec spec = quantizer.spec();
            assertEquals(provider().name(), spec.provider());
            assertEquals(metric, spec.metric());
            assertEquals(base.dimension(), spec.dimension());
            assertTrue(quantizer.codeBytes() >= 1);
            Quantizer again = provider().train(base, spec, BuildContext.of(Plugins.none()));
            assertEquals(spec, again.spec());
            assertArrayEquals(bytes(encode(quantizer, base)), bytes(encode(again, base)), "codes of two trainings");
        }
    }

    /** Decoded digits are as near to the originals as promised; under cosine, where lengths do not count, both at unit length. */
    @Test
    default void decodedVectorsAreNear() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32);
        for (Metric metric : metrics()) {
            Quantizer quantizer = train(base, metric);
            Codes codes = encode(quantizer, base);
            double[][] originals = new double[base.count()][];
            double[] mean = new double[base.dimension()];
            double lost = 0, all = 0;
            for (int row = 0; row < base.count(); row++) {
                originals[row] = compared(metric, base.query(row));
                double[] decoded = compared(metric, decoded(quantizer, codes, row));
                for (int i = 0; i < mean.length; i++) {
                    double d = originals[row][i] - decoded[i];
                    lost += d * d;
                    mean[i] += originals[row][i] / base.count();
                }
            }
            for (double[] original : originals) {
                for (int i = 0; i < mean.length; i++) {
                    all += (original[i] - mean[i]) * (original[i] - mean[i]);
                }
            }
            double share = lost / all;
            assertTrue(share <= distortion(), () -> metric + ": " + share + " of the variance is lost");
        }
    }

    private static double[] compared(Metric metric, Query vector) {
        float[] floats = ((Query.Floats) vector).vector();
        double squares = 0;
        for (float x : floats) {
            squares += (double) x * x;
        }
        double length = metric == Metric.COSINE && squares > 0 ? Math.sqrt(squares) : 1;
        return IntStream.range(0, floats.length)
                .mapToDouble(i -> floats[i] / length)
                .toArray();
    }

    /** Encoding slices gives the same codes as encoding everything, and writes nothing beyond them. */
    @Test
    default void encodingSlicesGivesTheSameCodes() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 200);
        Quantizer quantizer = train(base, metrics().getFirst());
        int size = quantizer.codeBytes();
        MemorySegment parts = Arena.ofAuto().allocate(200L * size + 64, 64).fill((byte) 0x5a);
        for (int from = 0; from < 200; from += 67) {
            int to = Math.min(200, from + 67);
            quantizer.encode(base.slice(from, to), parts.asSlice((long) from * size));
        }
        assertArrayEquals(
                bytes(encode(quantizer, base)), parts.asSlice(0, 200L * size).toArray(ValueLayout.JAVA_BYTE));
        for (int i = 0; i < 64; i++) {
            assertEquals(0x5a, parts.get(ValueLayout.JAVA_BYTE, 200L * size + i), "written beyond the codes");
        }
    }

    /** Asymmetric scoring is the distance from the query to the decoded vector; where scores only rank, from the query's own code. */
    @Test
    default void scoringAQueryIsTheDistanceToTheDecodedVector() {
        RealData data = RealData.digits();
        VectorRows base = data.base(ElementType.FLOAT32).slice(0, 100);
        for (Metric metric : metrics()) {
            Quantizer quantizer = train(base, metric);
            Codes codes = encode(quantizer, base);
            for (int i = 0; i < 10; i++) {
                Query query = data.queries(ElementType.FLOAT32).query(i);
                requireScores(quantizer.scorer(query, codes), quantizer, codes, query);
            }
            requireScores(
                    quantizer.scorer(Corpus.zero(ElementType.FLOAT32, 64), codes),
                    quantizer,
                    codes,
                    Corpus.zero(ElementType.FLOAT32, 64));
        }
    }

    /** Symmetric scoring is the distance between decoded vectors; where scores only rank, between codes. */
    @Test
    default void scoringACodeIsTheDistanceBetweenDecodedVectors() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 100);
        for (Metric metric : metrics()) {
            Quantizer quantizer = train(base, metric);
            Codes codes = encode(quantizer, base);
            for (int ordinal = 0; ordinal < 10; ordinal++) {
                Query vector =
                        quantizer.estimatesDistances() ? decoded(quantizer, codes, ordinal) : base.query(ordinal);
                requireScores(quantizer.scorer(ordinal, codes), quantizer, codes, vector);
            }
        }
    }

    /** Every dimension works, one vector is sample enough, and so are equal ones and zeros. */
    @Test
    default void anyDimensionAndAnySampleWillDo() {
        for (Metric metric : metrics()) {
            Space space = new Space(metric, ElementType.FLOAT32);
            for (int dimension : new int[] {1, 2, 3, 7, 8, 9, 16, 17, 64, 100, 129, 768, 4096}) {
                for (Corpus.Content content : List.of(
                        Corpus.Content.NORMAL, Corpus.Content.CONSTANT, Corpus.Content.ZEROS, Corpus.Content.GRID)) {
                    for (int count : new int[] {1, 20}) {
                        VectorRows rows = new Corpus(space, content, dimension, count, 1).rows();
                        Quantizer quantizer = train(rows, metric);
                        Codes codes = encode(quantizer, rows);
                        requireScores(quantizer.scorer(rows.query(0), codes), quantizer, codes, rows.query(0));
                    }
                }
            }
        }
    }

    /** A saved and opened quantizer encodes, decodes and scores identically, also where two share a file. */
    @Test
    default void anOpenedQuantizerIsTheSame() throws IOException {
        RealData data = RealData.digits();
        VectorRows base = data.base(ElementType.FLOAT32);
        for (Metric metric : metrics()) {
            Quantizer one = train(base, metric);
            Quantizer two = train(base.slice(0, 300), metric);
            MemorySections file = new MemorySections();
            file.section("something-else", MemorySegment.ofArray(new byte[5]));
            one.save(file, "first-");
            int sections = file.sections().size();
            two.save(file, "second-");
            assertTrue(sections > 1 && file.sections().size() > sections, "nothing was saved");
            file.sections().keySet().stream()
                    .filter(name -> !name.equals("something-else"))
                    .forEach(name -> assertTrue(name.startsWith("first-") || name.startsWith("second-"), name));
            try (MemorySections.Reader reader = file.reader(indexSpec(base))) {
                requireSame(one, provider().open(reader, "first-", one.spec()), base);
                requireSame(two, provider().open(reader, "second-", two.spec()), base);
                assertThrows(
                        IndexFileException.class,
                        () -> provider().open(reader, "third-", one.spec()).codeBytes());
            }
        }
    }

    /** Shortened sections are refused or did not matter. */
    @Test
    default void shortenedSectionsAreRefused() throws IOException {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 300);
        Quantizer quantizer = train(base, metrics().getFirst());
        MemorySections whole = new MemorySections();
        quantizer.save(whole, "q-");
        for (String name : List.copyOf(whole.sections().keySet())) {
            byte[] bytes = whole.sections().get(name);
            for (int left : new int[] {0, bytes.length / 2, Math.max(0, bytes.length - 1)}) {
                whole.sections().put(name, Arrays.copyOf(bytes, left));
                try (MemorySections.Reader reader = whole.reader(indexSpec(base))) {
                    requireSame(quantizer, provider().open(reader, "q-", quantizer.spec()), base);
                } catch (IndexFileException expected) {
                    assertTrue(!expected.getMessage().isBlank());
                }
            }
            whole.sections().put(name, bytes);
        }
    }

    /** What cannot be trained on or scored is refused in a sentence. */
    @Test
    default void whatDoesNotFitIsRefused() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 50);
        Metric metric = metrics().getFirst();
        BuildContext context = BuildContext.of(Plugins.none());
        Parameters unknown = parameters().with("no-such-parameter", 1);
        String message = refused(() -> provider()
                .train(base, new QuantizerSpec(provider().name(), unknown, metric, base.dimension()), context));
        assertTrue(message.startsWith("Unknown parameter no-such-parameter; "), message);
        message = refused(
                () -> provider().train(base, new QuantizerSpec(provider().name(), parameters(), metric, 65), context));
        assertTrue(message.contains("64") && message.contains("65"), message);
        float[] bad = new float[30];
        bad[17] = Float.NaN;
        assertEquals(
                "Row 1 holds NaN at position 7; every coordinate must be a finite number",
                refused(() -> train(VectorRows.ofFloats(bad, 10), metric)));
        refused(() -> train(VectorRows.empty(ElementType.FLOAT32, 10), metric));
        refused(() -> train(RealData.digits().base(ElementType.INT8), metric));
        Quantizer quantizer = train(base, metric);
        Codes codes = encode(quantizer, base);
        message = refused(() -> quantizer.scorer(Corpus.zero(ElementType.FLOAT32, 65), codes));
        assertTrue(message.contains("64") && message.contains("65"), message);
        refused(() -> quantizer.scorer(Corpus.zero(ElementType.INT8, 64), codes));
    }

    private void requireScores(Scorer scorer, Quantizer quantizer, Codes codes, Query query) {
        SplittableRandom random = new SplittableRandom(codes.count());
        float[] all = new float[codes.count()];
        double[] tolerances = new double[all.length];
        int[] ordinals = IntStream.range(0, all.length).toArray();
        scorer.score(ordinals, all.length, Float.POSITIVE_INFINITY, all);
        Metric metric = quantizer.spec().metric();
        Query zero = Corpus.zero(ElementType.FLOAT32, quantizer.spec().dimension());
        float[] toZero = new float[all.length];
        int[] hamming = quantizer.estimatesDistances() ? null : hamming(quantizer, codes, query);
        if (estimates()) {
            quantizer.scorer(zero, codes).score(ordinals, all.length, Float.POSITIVE_INFINITY, toZero);
        }
        for (int i = 0; i < all.length; i++) {
            Query vector = decoded(quantizer, codes, i);
            double expected;
            if (hamming != null) {
                expected = hamming[i];
            } else if (estimates()) {
                expected = Distances.estimate(metric, query, vector)
                        - Distances.estimate(metric, zero, vector)
                        + toZero[i];
                tolerances[i] = Distances.estimateRounding(metric, query, vector);
            } else {
                expected = Distances.distance(metric, query, vector);
                // Decoding and scoring may each round; tables add their terms in another order.
                tolerances[i] = 4 * Distances.rounding(metric, query, vector);
            }
            assertEquals(expected, all[i], tolerances[i], metric + " to code " + i);
        }
        float[] sorted = all.clone();
        Arrays.sort(sorted);
        float[] bounds = {Float.NEGATIVE_INFINITY, sorted[sorted.length / 2], Float.POSITIVE_INFINITY};
        for (int n : new int[] {0, 1, 2, 3, 4, 5, 8, 9, 33}) {
            int[] some = random.ints(n, 0, codes.count()).toArray();
            for (float bound : bounds) {
                float[] out = new float[n + 1];
                out[n] = -77;
                float best = scorer.score(some, n, bound, out);
                float smallest = Float.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    smallest = Math.min(smallest, out[i]);
                    float expected = all[some[i]];
                    double tolerance = tolerances[some[i]];
                    // Where rounding decides on which side of the bound a code is, either answer will do.
                    if (out[i] <= bound || expected <= bound - tolerance) {
                        assertEquals(expected, out[i], tolerance, "code " + some[i] + ", bound " + bound);
                    }
                }
                assertEquals(smallest, best, "the smallest of " + n);
                assertEquals(-77, out[n], "written beyond n");
            }
        }
    }

    /** Bits in which codes differ from that of the query; scores that only rank codes are nothing else so far. */
    private static int[] hamming(Quantizer quantizer, Codes codes, Query query) {
        int size = quantizer.codeBytes();
        byte[] all = bytes(codes);
        VectorRows row = Corpus.pack(List.of(query), query.type(), query.dimension());
        byte[] own = bytes(encode(quantizer, row));
        int[] differing = new int[codes.count()];
        for (int i = 0; i < all.length; i++) {
            differing[i / size] += Integer.bitCount((all[i] ^ own[i % size]) & 0xff);
        }
        return differing;
    }

    private static void requireSame(Quantizer expected, Quantizer actual, VectorRows rows) {
        assertEquals(expected.spec(), actual.spec());
        assertEquals(expected.codeBytes(), actual.codeBytes());
        Codes codes = encode(expected, rows);
        assertArrayEquals(bytes(codes), bytes(encode(actual, rows)));
        int[] all = IntStream.range(0, rows.count()).toArray();
        float[] a = new float[all.length];
        float[] b = new float[all.length];
        expected.scorer(rows.query(0), codes).score(all, all.length, Float.POSITIVE_INFINITY, a);
        actual.scorer(rows.query(0), codes).score(all, all.length, Float.POSITIVE_INFINITY, b);
        assertArrayEquals(a, b);
        for (int i = 0; i < 20; i++) {
            assertEquals(decoded(expected, codes, i), decoded(actual, codes, i));
        }
    }

    private static Codes encode(Quantizer quantizer, VectorRows rows) {
        MemorySegment block = Arena.ofAuto().allocate((long) rows.count() * quantizer.codeBytes(), 64);
        quantizer.encode(rows, block);
        return new Codes(block, quantizer.codeBytes(), rows.count());
    }

    private static Query decoded(Quantizer quantizer, Codes codes, int ordinal) {
        float[] vector = new float[quantizer.spec().dimension()];
        quantizer.decode(codes, ordinal, vector);
        return Query.of(vector);
    }

    private static byte[] bytes(Codes codes) {
        return codes.segment()
                .asSlice(0, (long) codes.count() * codes.codeBytes())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private static IndexSpec indexSpec(VectorRows rows) {
        return new IndexSpec("none", Parameters.none(), Metric.EUCLIDEAN, rows.type(), rows.dimension());
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
