package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.Scorer;

/** The contract of codes and of the distances to them, on real vectors and on awkward ones. */
public interface QuantizerScoringContract extends QuantizerFixture {

    /** Asymmetric scoring is the distance from the query to the decoded vector; where scores only rank, from the query's own code. */
    @Test
    default void scoringAQueryIsTheDistanceToTheDecodedVector() {
        RealData data = RealData.digits();
        VectorRows base = data.base(ElementType.FLOAT32).slice(0, 100);
        for (Metric metric : metrics()) {
            Encoded encoded = Encoded.of(train(base, metric), base);
            for (int i = 0; i < 10; i++) {
                requireScores(encoded, data.queries(ElementType.FLOAT32).query(i));
            }
            requireScores(encoded, Corpus.zero(ElementType.FLOAT32, 64));
        }
    }

    /** Symmetric scoring is the distance between decoded vectors; where scores only rank, between codes. */
    @Test
    default void scoringACodeIsTheDistanceBetweenDecodedVectors() {
        VectorRows base = RealData.digits().base(ElementType.FLOAT32).slice(0, 100);
        for (Metric metric : metrics()) {
            Encoded encoded = Encoded.of(train(base, metric), base);
            for (int ordinal = 0; ordinal < 10; ordinal++) {
                requireSymmetricScores(encoded, ordinal, base);
            }
        }
    }

    /** Every dimension works, and one vector is sample enough. */
    @Test
    default void anyDimensionWillDo() {
        for (Metric metric : metrics()) {
            Space space = new Space(metric, ElementType.FLOAT32);
            for (int dimension : new int[] {1, 2, 3, 7, 8, 9, 16, 17, 64, 100, 129, 768, 4096}) {
                for (int count : new int[] {1, 20}) {
                    VectorRows rows = new Corpus(space, Corpus.Content.NORMAL, dimension, count, 1).rows();
                    requireScores(Encoded.of(train(rows, metric), rows), rows.query(0));
                }
            }
        }
    }

    /**
     * Zeros, ties, duplicates and constant vectors, and coordinates of up to 10¹⁸ and down to 10⁻³⁰, whose squares single precision
     * does not hold: equal vectors have equal codes, decoded vectors are finite, scores are the distances to them and never NaN,
     * infinite at most where the distance does not fit, and a saved and opened quantizer is the same.
     */
    @Property(tries = 200, seed = "41")
    default void awkwardVectorsHaveCodesAndDistances(@ForAll("awkward") Corpus corpus) throws IOException {
        Metric metric = corpus.space().metric();
        VectorRows rows = extreme(corpus);
        Quantizer quantizer = train(rows, metric);
        Encoded encoded = Encoded.of(quantizer, rows);
        int size = quantizer.codeBytes();
        byte[] codes = encoded.bytes();
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < i; j++) {
                if (rows.query(i).equals(rows.query(j))) {
                    assertArrayEquals(
                            Arrays.copyOfRange(codes, i * size, (i + 1) * size),
                            Arrays.copyOfRange(codes, j * size, (j + 1) * size),
                            "codes of equal vectors, " + i + " and " + j);
                }
            }
        }
        for (int i = 0; i < Math.min(3, rows.count()); i++) {
            requireScores(encoded, rows.query(i));
            requireSymmetricScores(encoded, i, rows);
        }
        requireScores(encoded, Corpus.zero(ElementType.FLOAT32, rows.dimension()));
        MemorySections file = new MemorySections();
        quantizer.save(file, "q-");
        IndexSpec index = new IndexSpec("none", Parameters.none(), metric, rows.type(), rows.dimension());
        try (MemorySections.Reader reader = file.reader(index)) {
            Encoded.requireSame(quantizer, provider().open(reader, "q-", quantizer.spec()), rows);
        }
    }

    /** Few vectors with every content, mostly of few dimensions: quantizers may take long to train. */
    @Provide
    default Arbitrary<Corpus> awkward() {
        return Combinators.combine(
                        Arbitraries.of(metrics()),
                        Arbitraries.of(Corpus.Content.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.of(1)),
                                Tuple.of(6, Arbitraries.integers().between(1, 40)),
                                Tuple.of(1, Arbitraries.of(63, 64, 65, 129, 384))),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((metric, content, dimension, count, seed) ->
                        new Corpus(new Space(metric, ElementType.FLOAT32), content, dimension, count, seed))
                .withoutEdgeCases();
    }

    /** Its vectors, the huge ones huger and the tiny ones tinier, and in every third case with all coordinates the same. */
    private static VectorRows extreme(Corpus corpus) {
        float scale = switch (corpus.content()) {
            case HUGE -> 1e3f;
            case TINY -> 1e-15f;
            default -> 1;
        };
        boolean level = corpus.seed() % 3 == 0;
        float[] all = new float[corpus.count() * corpus.dimension()];
        for (int i = 0; i < corpus.count(); i++) {
            float[] vector = ((Query.Floats) corpus.vector(i)).vector();
            for (int j = 0; j < vector.length; j++) {
                all[i * vector.length + j] = scale * vector[level ? 0 : j];
            }
        }
        return VectorRows.ofFloats(all, corpus.dimension());
    }

    private void requireSymmetricScores(Encoded encoded, int ordinal, VectorRows rows) {
        Query vector = encoded.quantizer().estimatesDistances() ? encoded.decoded(ordinal) : rows.query(ordinal);
        requireScores(encoded.quantizer().scorer(ordinal, encoded.codes()), encoded, vector);
    }

    private void requireScores(Encoded encoded, Query query) {
        requireScores(encoded.quantizer().scorer(query, encoded.codes()), encoded, query);
    }

    private void requireScores(Scorer scorer, Encoded encoded, Query query) {
        float[] all = encoded.scores(scorer);
        double[] tolerances = new double[all.length];
        Query longest = IntStream.range(0, all.length)
                .mapToObj(encoded::decoded)
                .max(Comparator.comparingDouble(Distances::length))
                .orElseThrow();
        Metric metric = encoded.quantizer().spec().metric();
        Query zero = Corpus.zero(query.type(), query.dimension());
        int[] hamming = encoded.quantizer().estimatesDistances() ? null : hamming(encoded, query);
        float[] toZero = estimates() ? encoded.scores(zero) : null;
        // With the products of vectors of such lengths some part of a distance may not fit a float.
        boolean overflows =
                Distances.length(longest) * Math.max(Distances.length(query), Distances.length(longest)) > 1e37;
        for (int i = 0; i < all.length; i++) {
            Query vector = encoded.decoded(i);
            double expected;
            if (hamming != null) {
                expected = hamming[i];
            } else if (estimates()) {
                expected = Distances.estimate(metric, query, vector)
                        - Distances.estimate(metric, zero, vector)
                        + toZero[i];
                // Codes are relative to the mean, so that rounding depends on how far away the others are.
                tolerances[i] = Distances.estimateRounding(metric, query, longest);
            } else {
                expected = Distances.distance(metric, query, vector);
                // Decoding and scoring may each round; tables add their terms in another order.
                tolerances[i] = 4 * Distances.rounding(metric, query, vector);
            }
            if (overflows && metric != Metric.COSINE && hamming == null) {
                boolean far = metric == Metric.EUCLIDEAN && expected > 4 * Float.MAX_VALUE;
                assertTrue(far ? all[i] == Float.POSITIVE_INFINITY : !Float.isNaN(all[i]), metric + " gives " + all[i]);
            } else {
                assertEquals(expected, all[i], tolerances[i], metric + " to code " + i);
            }
        }
        requireBounds(scorer, all, tolerances);
    }

    /** Scores of some codes are those of all of them as far as the bound goes. */
    private static void requireBounds(Scorer scorer, float[] all, double[] tolerances) {
        SplittableRandom random = new SplittableRandom(all.length);
        float[] sorted = all.clone();
        Arrays.sort(sorted);
        float[] bounds = {Float.NEGATIVE_INFINITY, sorted[sorted.length / 2], Float.POSITIVE_INFINITY};
        for (int n : new int[] {0, 1, 2, 3, 4, 5, 8, 9, 33}) {
            int[] some = random.ints(n, 0, all.length).toArray();
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
    private static int[] hamming(Encoded encoded, Query query) {
        int size = encoded.quantizer().codeBytes();
        byte[] all = encoded.bytes();
        VectorRows row = Corpus.pack(List.of(query), query.type(), query.dimension());
        byte[] own = Encoded.of(encoded.quantizer(), row).bytes();
        int[] differing = new int[encoded.codes().count()];
        for (int i = 0; i < all.length; i++) {
            differing[i / size] += Integer.bitCount((all[i] ^ own[i % size]) & 0xff);
        }
        return differing;
    }
}
