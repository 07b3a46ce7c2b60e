package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.QuantizerOutcome.Measured;
import org.ruvector.bench.QuantizerOutcome.Refused;

class QuantizerBenchTest {

    /** Not a multiple of a block of ordinals. */
    private static final int ROWS = 1500;

    private static final Effort QUICK = new Effort(2, 2, 2, 0);

    private final BuildContext context = BuildContext.of(Plugins.load());

    private static QuantizerBench bench(Workload workload, int rerank) {
        int[] all = IntStream.range(0, workload.base().count()).toArray();
        return new QuantizerBench(workload, Clustered.truth(workload, all, QuantizerBench.K), rerank, QUICK);
    }

    private static Workload clustered(Metric metric) {
        return Clustered.workload(ROWS, 30, 24, metric);
    }

    private Measured measured(QuantizerBench bench, String spec) {
        return assertInstanceOf(
                Measured.class, bench.run(List.of(spec), context).getFirst());
    }

    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT"})
    void finerCodesFindMoreAndReRankingNeverFindsLess(Metric metric) {
        QuantizerBench bench = bench(clustered(metric), 100);
        double before = 0;
        for (String spec : List.of("rabitq:bits=1", "rabitq:bits=4", "sq8")) {
            Measured m = measured(bench, spec);
            assertTrue(m.recall().ofCodes() > before, m.toString());
            assertTrue(m.recall().reranked() >= m.recall().ofCodes(), m.toString());
            assertTrue(m.speed().trainingSeconds() > 0 && m.speed().encodedPerSecond() > 0, m.toString());
            assertTrue(m.speed().scoreNanos() > 0 && m.speed().exactNanos() > 0, m.toString());
            before = m.recall().ofCodes();
        }
        assertTrue(before > 0.95, "sq8: " + before);
    }

    @Test
    void reRankingAllRowsFindsAllNeighboursWhateverTheCodes() {
        Measured m = measured(bench(clustered(Metric.EUCLIDEAN), 2 * ROWS), "hyperplanes:bits=32");
        assertEquals(1, m.recall().reranked());
        assertTrue(m.recall().ofCodes() < 0.9, m.toString());
        assertEquals(8, m.codes().bytes());
        assertEquals(false, m.codes().estimatesDistances());
    }

    @Test
    void reRankingAsManyAsAreWantedKeepsTheRecallOfTheCodes() {
        Measured m = measured(bench(clustered(Metric.EUCLIDEAN), QuantizerBench.K), "sq4");
        assertEquals(m.recall().ofCodes(), m.recall().reranked());
    }

    @Test
    void duplicatesCountAsFoundWhicheverOfThemACodeChooses() {
        float[] values = new float[40 * 3];
        Arrays.fill(values, 20 * 3, 40 * 3, 1);
        VectorRows rows = VectorRows.ofFloats(values, 3);
        Workload workload = new Workload(rows, rows.slice(19, 21), Metric.EUCLIDEAN);
        // The truth names the last of the twenty duplicates, a scan of codes finds the first.
        int[][] truth = {
            IntStream.range(10, 20).toArray(), IntStream.range(30, 40).toArray()
        };
        Measured m = measured(new QuantizerBench(workload, truth, 10, QUICK), "sq8");
        assertEquals(1, m.recall().ofCodes());
    }

    @Test
    void whatDoesNotFitTheDataSaysWhyInItsRowAndTheOthersAreMeasured() {
        QuantizerBench bench = bench(clustered(Metric.EUCLIDEAN), 100);
        List<QuantizerOutcome> outcomes = bench.run(List.of("pq:m=48,bits=8", "sq8:colour=red", "sq8"), context);
        Refused tooMany = assertInstanceOf(Refused.class, outcomes.get(0));
        assertTrue(tooMany.reason().contains("dimension, which is 24"), tooMany.reason());
        assertTrue(assertInstanceOf(Refused.class, outcomes.get(1)).reason().contains("colour"));
        assertInstanceOf(Measured.class, outcomes.get(2));
        Refused metric = assertInstanceOf(
                Refused.class,
                bench(clustered(Metric.MANHATTAN), 100)
                        .run(List.of("sq8"), context)
                        .getFirst());
        assertEquals("'sq8' knows cosine, euclidean, inner-product only, not manhattan", metric.reason());
    }

    @Test
    void anUnknownNameIsRefusedBeforeAnythingIsMeasured() {
        List<String> stages = new ArrayList<>();
        BuildContext told = context.progress((stage, done, total) -> stages.add(stage));
        QuantizerBench bench = bench(clustered(Metric.EUCLIDEAN), 100);
        PluginException e = assertThrows(PluginException.class, () -> bench.run(List.of("sq8", "sq9"), told));
        assertTrue(e.getMessage().contains("'sq9'"), e.getMessage());
        assertEquals(List.of(), stages);
    }

    @Test
    void aMeasurementThatIsNotWantedAnyMoreEnds() {
        QuantizerBench bench = bench(clustered(Metric.EUCLIDEAN), 100);
        for (String stage : List.of("training", "encoding", "search", "scoring")) {
            BuildContext impatient = context.progress((now, done, total) -> !now.equals("sq8: " + stage));
            assertThrows(CancellationException.class, () -> bench.run(List.of("sq8"), impatient), stage);
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        Workload workload = clustered(Metric.EUCLIDEAN);
        assertThrows(IllegalArgumentException.class, () -> bench(workload, QuantizerBench.K - 1));
        VectorRows bytes = VectorRows.ofBytes(new byte[40], 4);
        Workload ofBytes = new Workload(bytes, bytes, Metric.EUCLIDEAN);
        int[][] truth = new int[10][0];
        assertThrows(IllegalArgumentException.class, () -> new QuantizerBench(ofBytes, truth, 100, QUICK));
    }

    @Test
    void theUsualQuantizersAreThereAndFitTheUsualDimensions() {
        Workload workload = Clustered.workload(20, 2, 384, Metric.COSINE);
        int[] all = IntStream.range(0, 20).toArray();
        Effort least = new Effort(2, 1, 1, 0);
        QuantizerBench bench = new QuantizerBench(workload, Clustered.truth(workload, all, 10), 10, least);
        for (QuantizerOutcome outcome : bench.run(QuantizerBench.USUAL, context)) {
            assertInstanceOf(Measured.class, outcome, outcome.toString());
        }
    }

    @Test
    @SuppressWarnings("unchecked") // the shape of the JSON is what is tested
    void theReportHasARowAndARecordForEachAndSaysWhereTheyComeFrom() {
        Workload workload = clustered(Metric.EUCLIDEAN);
        Provenance provenance = Provenance.of("test", workload, 42, List.of("./ruvector test"));
        QuantizerReport report =
                bench(workload, 50).report(provenance, List.of("rabitq:bits=2", "binary", "pq:m=48"), context);
        Map<String, Object> json = (Map<String, Object>) JsonReader.read(report.json());
        List<Map<String, Object>> records = (List<Map<String, Object>>) json.get("records");
        assertEquals(
                List.of("rabitq:bits=2", "binary", "pq:m=48"),
                records.stream().map(r -> r.get("quantizer")).toList());
        assertEquals("bits=2,seed=42", records.getFirst().get("params"));
        assertEquals(false, records.get(1).get("estimatesDistances"));
        assertTrue(records.get(2).containsKey("refused"));
        Map<String, Object> facts = (Map<String, Object>) json.get("provenance");
        assertEquals(50, ((Number) facts.get("rerank")).intValue());
        assertEquals(context.kernel().describe(), facts.get("kernel"));
        assertTrue(facts.containsKey("baseSha256"));
        String table = report.table().plain();
        assertTrue(table.contains("recall@10 rerank 50"), table);
        assertTrue(table.contains("scores only rank") && table.contains("refused: m is 48"), table);
        String markdown = report.markdown();
        assertTrue(markdown.startsWith("# Quantizers on test\n\n| quantizer"), markdown);
        assertTrue(markdown.contains("- command: `./ruvector test`\n"), markdown);
    }
}
