package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SizeCorrelationsTest {

    @Test
    void theReferenceValuesAreReproduced() throws IOException {
        JsonObject golden = golden();
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(golden.get("n").getAsInt());
        int time = 0;
        for (JsonElement edge : golden.getAsJsonArray("edges_in_time_order")) {
            temporal.addEvent(
                    time++,
                    edge.getAsJsonArray().asList().stream()
                            .mapToInt(JsonElement::getAsInt)
                            .toArray());
        }
        int steps = time;
        SizeCorrelations counts = temporal.read(view -> SizeCorrelations.ofCounts(view, new TimeSteps(0, 1, steps)));
        assertArrayEquals(new int[] {2, 3, 4, 5}, counts.sizes());
        JsonObject expected = golden.getAsJsonObject("autocorrelation of indicator size==d at lag 1..4");
        assertEquals(4, expected.size());
        for (Map.Entry<String, JsonElement> bySize : expected.entrySet()) {
            int size = Integer.parseInt(bySize.getKey());
            JsonArray lags = bySize.getValue().getAsJsonArray();
            assertEquals(4, lags.size());
            for (int lag = 1; lag <= 4; lag++) {
                assertEquals(
                        lags.get(lag - 1).getAsDouble(),
                        counts.correlation(size, size, lag),
                        1e-12,
                        "size " + size + ", lag " + lag);
            }
        }
    }

    private static JsonObject golden() throws IOException {
        try (InputStream in = SizeCorrelationsTest.class.getResourceAsStream(
                        "/org/ruvector/hypergraph/hypergraph_golden.json");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    /** The definition with full matrices. */
    @Property(tries = 100, seed = "1")
    void correlationsOfPairsAreTracesOfCorrelationMatrices(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int steps = random.nextInt(2, 12);
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(6);
        double[][][][] pairs = new double[5][steps][6][6];
        double[][][][] counts = new double[5][steps][1][1];
        for (int i = 0; i < 30; i++) {
            int[] nodes =
                    random.ints(0, 6).distinct().limit(random.nextInt(2, 5)).toArray();
            int from = random.nextInt(-20, 10 * steps);
            int until = from + (random.nextBoolean() ? 0 : random.nextInt(30));
            temporal.addFact(new Validity(from, until), nodes);
            for (int t = 0; t < steps; t++) {
                if (new Validity(from, until).meets(10L * t, 10L * t + 10)) {
                    counts[nodes.length][t][0][0]++;
                    for (int a : nodes) {
                        for (int b : nodes) {
                            pairs[nodes.length][t][a][b] += a == b ? 0 : 1;
                        }
                    }
                }
            }
        }
        TimeSteps cut = new TimeSteps(0, 10, steps);
        requireTraces(pairs, temporal.read(view -> SizeCorrelations.ofPairs(view, cut, 4)));
        requireTraces(counts, temporal.read(view -> SizeCorrelations.ofCounts(view, cut)));
    }

    private static void requireTraces(double[][][][] dense, SizeCorrelations correlations) {
        int steps = dense[0].length;
        for (int d : correlations.sizes()) {
            for (int e : correlations.sizes()) {
                double scale = Math.sqrt(trace(dense[d], dense[d], 0) * trace(dense[e], dense[e], 0));
                for (int lag = 0; lag < steps; lag++) {
                    double actual = correlations.correlation(d, e, lag);
                    if (scale > 1e-9) {
                        double expected = trace(dense[d], dense[e], lag) / scale;
                        double reversed = trace(dense[e], dense[d], lag) / scale;
                        assertEquals(expected, actual, 1e-9);
                        assertEquals((expected - reversed) / 2, correlations.gap(d, e, lag), 1e-9);
                    } else {
                        assertTrue(Double.isNaN(actual));
                    }
                }
            }
        }
    }

    private static double trace(double[][][] a, double[][][] b, int lag) {
        int steps = a.length;
        double sum = 0;
        for (int i = 0; i < a[0].length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                double meanA = 0;
                double meanB = 0;
                for (int t = 0; t < steps; t++) {
                    meanA += a[t][i][j] / steps;
                    meanB += b[t][i][j] / steps;
                }
                for (int t = 0; t + lag < steps; t++) {
                    sum += (a[t][i][j] - meanA) * (b[t + lag][i][j] - meanB);
                }
            }
        }
        return sum / (steps - lag);
    }

    /** Pairs to which a third comes in the next step, among groups that mean nothing. */
    private static TemporalHypergraph growing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(30);
        for (int t = 0; t < 300; t++) {
            int[] three = random.ints(0, 30).distinct().limit(3).toArray();
            if (random.nextInt(3) == 0) {
                temporal.addEvent(t, three[0], three[1]);
                temporal.addEvent(t + 1, three);
            }
            temporal.addEvent(t, random.ints(0, 30).distinct().limit(2).toArray());
            temporal.addEvent(t, random.ints(0, 30).distinct().limit(3).toArray());
        }
        return temporal;
    }

    @Test
    void groupsThatGrowAreFoundAndItIsSaidWhichComesFirst() {
        SizeCorrelations pairs = growing(1).read(view -> SizeCorrelations.ofPairs(view, new TimeSteps(0, 1, 301), 3));
        List<LagCorrelation> tests = pairs.testCorrelations(2, 3, 3, 199, 7);
        assertEquals(List.of(1, 2, 3), tests.stream().map(LagCorrelation::lag).toList());
        LagCorrelation grown = tests.getFirst();
        assertEquals(pairs.correlation(2, 3, 1), grown.value());
        assertEquals(2.0 / 200, grown.pValue());
        assertTrue(grown.value() > grown.high() && grown.low() < grown.mean() && grown.mean() < grown.high());
        assertTrue(tests.get(1).pValue() > 0.05, tests::toString);
        LagCorrelation gap = pairs.testGaps(2, 3, 1, 199, 7).getFirst();
        assertEquals(2.0 / 200, gap.pValue());
        assertEquals(pairs.gap(2, 3, 1), gap.value(), 1e-15);
        assertTrue(gap.value() > gap.high());
        assertEquals(-gap.value(), pairs.gap(3, 2, 1), 1e-15);
        assertEquals(tests, pairs.testCorrelations(2, 3, 3, 199, 7), "seeded");
    }

    @Test
    void withoutMemoryFewTestsAreSignificant() {
        int significant = 0;
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TemporalHypergraph temporal = new TemporalHypergraph();
            temporal.addNodes(4);
            for (int t = 0; t < 60; t++) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    temporal.addEvent(t, random.nextBoolean() ? new int[] {0, 1} : new int[] {1, 2, 3});
                }
            }
            SizeCorrelations counts = temporal.read(view -> SizeCorrelations.ofCounts(view, new TimeSteps(0, 1, 60)));
            significant += counts.testCorrelations(2, 3, 1, 99, seed).getFirst().pValue() <= 0.05 ? 1 : 0;
        }
        // 15 of 300 are expected, and 4 standard deviations are 15.
        assertTrue(significant >= 2 && significant <= 30, significant + " of 300");
    }

    @Test
    void whatDoesNotVaryHasNoCorrelation() {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(3);
        temporal.addFact(Validity.since(-5), 0, 1);
        temporal.addEvent(3, 0, 1, 2);
        SizeCorrelations counts = temporal.read(view -> SizeCorrelations.ofCounts(view, new TimeSteps(0, 1, 10)));
        assertTrue(Double.isNaN(counts.correlation(2, 3, 1)));
        assertTrue(
                Double.isNaN(counts.testCorrelations(2, 2, 1, 10, 1).getFirst().pValue()));
        assertEquals(1, counts.correlation(3, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> counts.correlation(4, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> counts.correlation(2, 3, 10));
        assertThrows(IllegalArgumentException.class, () -> counts.correlation(2, 3, -1));
        assertThrows(IllegalArgumentException.class, () -> counts.testGaps(2, 3, 0, 10, 1));
        assertThrows(IllegalArgumentException.class, () -> counts.testGaps(2, 3, 1, 0, 1));
    }

    @Test
    void stepsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TimeSteps(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TimeSteps(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TimeSteps(Long.MAX_VALUE - 5, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new TimeSteps(Long.MIN_VALUE, Long.MAX_VALUE, 2));
        assertEquals(Long.MAX_VALUE, new TimeSteps(1, (Long.MAX_VALUE - 1) / 2, 2).until());
    }
}
