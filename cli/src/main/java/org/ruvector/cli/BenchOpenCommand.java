package org.ruvector.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Json;
import org.ruvector.bench.OpenBench;
import org.ruvector.bench.PluginContestant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures how soon a saved index answers. */
@Command(
        name = "bench-open",
        description =
                "Measures the time from opening a saved index to its first answer, in a running and in a fresh virtual"
                        + " machine, and checks that it answers as the unsaved index does.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-open --dataset fashion-mnist --index hnsw:m=16,efConstruction=200"})
final class BenchOpenCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(names = "--index", paramLabel = "SPEC", required = true, description = "The index to measure.")
    private String index;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Openings here, and fresh virtual machines; by default 5 of each.")
    private int repetitions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Every random choice follows from it, by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private JsonOption json;

    BenchOpenCommand() {}

    @Override
    public Integer call() throws IOException {
        Console console = ruvector.console();
        OpenBench.Result result;
        Map<String, Object> fields;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).seed(seed).progress(progress);
            Trial trial = data.load(ruvector, context, 10);
            result = OpenBench.run(
                    trial.workload(), new PluginContestant(index, context), ruvector.cache(), repetitions);
            fields = new LinkedHashMap<>(result.fields());
            fields.put("provenance", trial.provenance(seed, ruvector.typed()).facts());
        }
        json.write(console, text(result, fields), Json.write(fields));
        return 0;
    }

    private static String text(OpenBench.Result result, Map<String, Object> fields) {
        return String.format(
                Locale.ROOT,
                "%s, %,d bytes%nopen to first answer, median of %d: %.1f ms here, %.1f ms in a fresh virtual machine"
                        + " (%.1f ms until open)%n%,d answers compared with the unsaved index: identical",
                result.index(),
                result.fileBytes(),
                result.warm().length,
                (Double) fields.get("warmMedianMillis"),
                (Double) fields.get("freshMedianMillis"),
                (Double) fields.get("freshMedianMillisUntilOpen"),
                result.compared());
    }
}
