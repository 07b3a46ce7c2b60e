package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;

class OpenBenchTest {

    @Test
    void aSavedIndexAnswersLikeTheUnsavedOneHereAndInAFreshMachine(@TempDir Path folder) throws IOException {
        Workload workload = Clustered.workload(500, 30, 16, Metric.EUCLIDEAN);
        PluginContestant flat = new PluginContestant("flat", BuildContext.of(Plugins.load()));
        OpenBench.Result result = OpenBench.run(workload, flat, folder, 1);
        assertEquals(30, result.compared());
        assertTrue(result.fileBytes() > 500 * 64, "the file has " + result.fileBytes() + " bytes");
        assertTrue(result.warmMillis()[0] > 0);
        assertTrue(result.freshMillis()[0] > 0);
    }
}
