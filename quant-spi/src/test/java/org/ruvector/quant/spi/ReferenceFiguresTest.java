package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
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
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

/** Recall on the digits beside the figures of independent implementations, in {@code quant_recall.json}. */
final class ReferenceFiguresTest {
    private static final RealData DIGITS = RealData.digits();
    private static final VectorRows BASE = DIGITS.base(ElementType.FLOAT32);
    private static final VectorRows QUERIES = DIGITS.queries(ElementType.FLOAT32);
    private static final List<List<Hit>> TRUTH = DIGITS.truth(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32));
    static final int SEEDS = 20;

    /** Of a method: recall of codes alone, and after re-ranking the 100 nearest. */
    record Recall(double codes, double reranked) {}

    private static double reference(String method, String figure) {
        try (InputStream in = ReferenceFiguresTest.class.getResourceAsStream("quant_recall.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Pattern pattern = Pattern.compile(Pattern.quote("\"" + method + "\"") + "[^}]*?"
                    + Pattern.quote("\"" + figure + "\"") + ": ([-0-9.e]+)");
            Matcher matcher = pattern.matcher(text);
            assertTrue(matcher.find(), method + ", " + figure);
            return Double.parseDouble(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Quantizer train(QuantizerProvider provider, String parameters, long seed) {
        QuantizerSpec spec = new QuantizerSpec(provider.name(), Parameters.parse(parameters), Metric.EUCLIDEAN, 64);
        return provider.train(BASE, spec, BuildContext.of(Plugins.none()).seed(seed));
    }

    private static Codes encode(Quantizer quantizer) {
        MemorySegment block = Arena.ofAuto().allocate((long) BASE.count() * quantizer.codeBytes(), 64);
        quantizer.encode(BASE, block);
        return new Codes(block, quantizer.codeBytes(), BASE.count());
    }

    static Recall recall(Quantizer quantizer) {
        Codes codes = encode(quantizer);
        int[] all = IntStream.range(0, BASE.count()).toArray();
        float[] distances = new float[all.length];
        double alone = 0;
        double reranked = 0;
        for (int q = 0; q < QUERIES.count(); q++) {
            Scorer scorer = quantizer.scorer(QUERIES.query(q), codes);
            scorer.score(all, all.length, Float.POSITIVE_INFINITY, distances);
            List<Integer> nearest = IntStream.range(0, all.length)
                    .boxed()
                    .sorted((a, b) -> Float.compare(distances[a], distances[b]))
                    .limit(100)
                    .toList();
            float tenth = TRUTH.get(q).get(9).distance();
            Query query = QUERIES.query(q);
            // Whoever is as near as the tenth counts, and re-ranking finds every candidate that does.
            alone += nearest.stream()
                            .limit(10)
                            .filter(row -> exact(query, row) <= tenth)
                            .count()
                    / 10.0;
            reranked += Math.min(
                            10,
                            nearest.stream()
                                    .filter(row -> exact(query, row) <= tenth)
                                    .count())
                    / 10.0;
        }
        return new Recall(alone / QUERIES.count(), reranked / QUERIES.count());
    }

    private static float exact(Query query, int row) {
        float[] q = ((Query.Floats) query).vector();
        float sum = 0;
        for (int i = 0; i < q.length; i++) {
            float d = q[i] - BASE.segment().get(VectorRows.FLOAT, row * BASE.stride() + 4L * i);
            sum += d * d;
        }
        return sum;
    }

    static void require(String method, List<Quantizer> seeds) {
        List<Recall> recalls = seeds.stream().map(ReferenceFiguresTest::recall).toList();
        double codes = recalls.stream().mapToDouble(Recall::codes).average().orElseThrow();
        double reranked =
                recalls.stream().mapToDouble(Recall::reranked).average().orElseThrow();
        String found = String.format(Locale.ROOT, "%s: %.4f alone, %.4f re-ranked", method, codes, reranked);
        assertTrue(codes >= reference(method, "recall10@10") - 0.02, found);
        assertTrue(reranked >= reference(method, "recall 10@100 cand + rerank") - 0.02, found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SQ8 per-dimension min/max | per=dimension
                    SQ8 uniform (one range)   | per=vector
                    """)
    void eightBitsReachTheReference(String method, String parameters) {
        require(method, List.of(train(new Sq8Provider(), parameters, 42)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SQ4 per-dimension | per=dimension
                    SQ4 per-dimension | per=vector
                    """)
    void fourBitsReachTheReference(String method, String parameters) {
        require(method, List.of(train(new Sq4Provider(), parameters, 42)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RaBitQ 1 bit | bits=1
                    RaBitQ 2 bit | bits=2
                    RaBitQ 4 bit | bits=4
                    RaBitQ 7 bit | bits=7
                    """)
    void rabitqReachesTheReference(String method, String parameters) {
        List<Quantizer> seeds = LongStream.range(0, SEEDS)
                .mapToObj(seed -> train(new RabitqProvider(), parameters, seed))
                .toList();
        require(method, seeds);
        double cosine = seeds.stream()
                .mapToDouble(ReferenceFiguresTest::cosine)
                .average()
                .orElseThrow();
        double expected = reference(method, "mean <o,o_bar>");
        if (parameters.equals("bits=2")) {
            // The reference tries fewer scales.
            assertTrue(cosine > expected - 0.003, () -> "mean <o, ō> " + cosine);
        } else {
            assertEquals(expected, cosine, 0.003, "mean <o, ō>");
        }
        double bias =
                seeds.stream().mapToDouble(ReferenceFiguresTest::bias).average().orElseThrow();
        assertTrue(Math.abs(bias) < 0.001, () -> "mean signed relative error " + bias);
    }

    @Test
    void signsAfterARotationReachTheReference() {
        require(
                "sign(random rotation)",
                LongStream.range(0, SEEDS)
                        .mapToObj(seed -> train(new RotationalProvider(), "bits=1", seed))
                        .toList());
    }

    /** The mean of {@code |y| / |decoded|}: decoded vectors are longer by the cosine between the vector and its code. */
    private static double cosine(Quantizer quantizer) {
        Codes codes = encode(quantizer);
        float[] mean = Sample.toTrainOn(BASE, quantizer.spec()).mean();
        float[] decoded = new float[64];
        double sum = 0;
        for (int row = 0; row < BASE.count(); row++) {
            quantizer.decode(codes, row, decoded);
            double own = 0;
            double other = 0;
            for (int i = 0; i < 64; i++) {
                double y = BASE.segment().get(VectorRows.FLOAT, row * BASE.stride() + 4L * i) - mean[i];
                own += y * y;
                other += (decoded[i] - mean[i]) * (decoded[i] - mean[i]);
            }
            sum += Math.sqrt(own / other);
        }
        return sum / BASE.count();
    }

    /** The mean signed relative error of the distances between all queries and all codes. */
    private static double bias(Quantizer quantizer) {
        Codes codes = encode(quantizer);
        int[] all = IntStream.range(0, BASE.count()).toArray();
        float[] distances = new float[all.length];
        double sum = 0;
        for (int q = 0; q < QUERIES.count(); q++) {
            Query query = QUERIES.query(q);
            quantizer.scorer(query, codes).score(all, all.length, Float.POSITIVE_INFINITY, distances);
            for (int row = 0; row < all.length; row++) {
                double exact = exact(query, row);
                sum += (distances[row] - exact) / exact;
            }
        }
        return sum / QUERIES.count() / all.length;
    }
}
