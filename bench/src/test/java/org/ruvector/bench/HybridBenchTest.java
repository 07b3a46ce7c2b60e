package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;

class HybridBenchTest {

    private final BuildContext context = BuildContext.of(Plugins.load());

    @Test
    void theTruthGrowsWithTheRows() {
        for (Metric metric : new Metric[] {Metric.EUCLIDEAN, Metric.COSINE, Metric.INNER_PRODUCT}) {
            Workload workload = Clustered.workload(400, 20, 12, metric);
            GrowingTruth truth = new GrowingTruth(workload, 100, 10, context);
            for (int rows = 100; rows <= 400; rows++) {
                int[][] neighbours =
                        Clustered.truth(workload, IntStream.range(0, rows).toArray(), 11);
                for (int q = 0; q < 20; q++) {
                    assertEquals(1, truth.recall(q, rows, neighbours[q], 0, 10), metric + " of " + rows);
                    assertEquals(0.9, truth.recall(q, rows, neighbours[q], 1, 11), metric + " of " + rows);
                }
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked") // the shape of the JSON is what is tested
    void anExactHybridMissesNothingWhileItRetrains() {
        Workload workload = Clustered.workload(600, 30, 16, Metric.EUCLIDEAN);
        HybridBench.Result result =
                HybridBench.run(workload, "hybrid:segment=flat,delta=flat", Parameters.none(), 0.02, context);
        assertEquals(300, result.inserts());
        assertEquals(0, result.lost());
        assertEquals(0, result.notFound());
        assertEquals(1, result.staticRecall());
        HybridReport report = new HybridReport(result, Provenance.of("test", workload, 42, List.of("test")));
        assertEquals(1, report.leastRecall());
        assertTrue(!result.switches().isEmpty() && report.leastShare() >= 0.1, report.text());
        Map<String, Object> json = (Map<String, Object>) JsonReader.read(report.json());
        assertEquals(HybridBench.WINDOWS, ((List<Object>) json.get("windows")).size());
        assertTrue(report.markdown().contains("| until s"), report.markdown());
    }

    @Test
    void anIndexThatDoesNotChangeIsRefused() {
        Workload workload = Clustered.workload(60, 5, 4, Metric.EUCLIDEAN);
        assertThrows(
                IllegalArgumentException.class,
                () -> HybridBench.run(workload, "ml-index", Parameters.none(), 0.01, context));
        assertThrows(
                IllegalArgumentException.class,
                () -> HybridBench.run(workload, "hybrid", Parameters.none(), 0, context));
    }
}
