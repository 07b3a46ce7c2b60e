package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;

class PluginContestantTest {

    private final Workload workload = Clustered.workload(1000, 40, 24, Metric.EUCLIDEAN);
    private final BuildContext context = BuildContext.of(Plugins.load());
    private final Sweep sweep = Sweep.parse("oversample=1,20", 10, List.of(1));

    @Test
    void oversamplingFindsMoreByCodes() {
        int[][] truth = Clustered.truth(workload, IntStream.range(0, 1000).toArray(), 10);
        List<Measurement> all = new Harness(workload, truth, sweep, new Harness.Effort(1, 1, 1, 0))
                .run(List.of(new PluginContestant("flat:quantizer=binary,rerank=1", context)), Progress.NONE);
        assertTrue(all.get(0).recall() < 0.9 && all.get(1).recall() > 0.95, all.toString());
    }

    @Test
    void oversamplingIsUnknownWhereVectorsAreCompared() {
        for (String spec : List.of("flat", "hnsw")) {
            try (BuiltIndex index = new PluginContestant(spec, context).build(workload, 1)) {
                assertFalse(index.accepts(sweep.points().getFirst()), spec);
            }
        }
    }
}
