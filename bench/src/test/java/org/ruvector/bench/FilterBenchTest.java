package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;
import org.ruvector.bench.FilterBench.Outcome;
import org.ruvector.bench.peer.HnswSettings;
import org.ruvector.bench.peer.HnswlibPeer;
import org.ruvector.bench.peer.Peers;

class FilterBenchTest {

    private final int[] labels = IntStream.range(0, 2000).map(row -> row % 10).toArray();

    @Test
    void aFilterMatchesItsShareOfTheRows() {
        for (FilterCase filter : FilterCase.of(labels, new double[] {0.5, 0.01}, 42)) {
            assertEquals(Math.round(filter.share() * 2000), filter.rows().length);
            assertEquals(
                    filter.rows().length,
                    Arrays.stream(filter.rows()).distinct().count());
        }
    }

    @Test
    void aClassFilterTakesWholeClassesBeforeTheNext() {
        List<FilterCase> filters = FilterCase.of(labels, new double[] {0.5, 0.1, 0.01}, 42);
        long[] classes = filters.stream()
                .mapToLong(filter -> Arrays.stream(filter.rows())
                        .map(row -> labels[row])
                        .distinct()
                        .count())
                .toArray();
        assertEquals(
                List.of("random 50%", "class 50%"),
                filters.stream().limit(2).map(FilterCase::label).toList());
        assertArrayEquals(new long[] {10, 5, 10, 1}, Arrays.copyOf(classes, 4));
        assertEquals(1, classes[5]);
    }

    @Test
    @SuppressWarnings("unchecked") // the shape of the JSON is what is tested
    void everybodyIsMeasuredWithEveryFilter() {
        Workload workload = Clustered.workload(2000, 50, 24, Metric.EUCLIDEAN);
        HnswlibPeer hnswlib;
        try {
            hnswlib = (HnswlibPeer)
                    Peers.of("hnswlib", new HnswSettings(16, 100, 42), () -> 16, Path.of("target", "peers"));
        } catch (UnavailableException e) {
            abort(e.getMessage());
            return;
        }
        PluginContestant flat = new PluginContestant("flat", BuildContext.of(Plugins.load()));
        Sweep sweep = Sweep.parse("ef=20,400", 10, List.of(1));
        FilterBench bench = new FilterBench(workload, sweep, new Harness.Effort(2, 1, 1, 0));
        List<FilterCase> filters = FilterCase.of(labels, new double[] {0.5, 0.01}, 42);
        List<Outcome> outcomes = bench.run(flat, flat, hnswlib, filters, Progress.NONE);
        assertEquals(4, outcomes.size());
        for (Outcome outcome : outcomes) {
            // hnswlib is not asked again once it has found enough.
            assertTrue(outcome.records().size() >= 4 && outcome.records().size() <= 5);
            for (Measurement m : outcome.records().subList(0, 3)) {
                assertEquals(1, m.recall(), m.subject().name());
            }
            assertTrue(outcome.ratio() > 0, FilterBench.table(List.of(outcome)).plain());
        }
        assertTrue(FilterBench.table(outcomes).plain().contains("random 1%"));
        Map<String, Object> json = (Map<String, Object>)
                JsonReader.read(FilterBench.json(Provenance.of("test", workload, 42, List.of("test")), outcomes));
        assertEquals(4, ((List<Object>) json.get("ratios")).size());
        assertEquals(
                outcomes.stream().mapToInt(o -> o.records().size()).sum(), ((List<Object>) json.get("records")).size());
    }
}
