package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Json;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.ScanBench;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Counts what searches compare. */
@Command(
        name = "bench-scanned",
        description = "Counts which share of the vectors searches compare, and the recall that this buys. No times: the"
                + " figures are the same on every machine, but for the seconds that building takes.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-scanned --dataset fashion-mnist --components 8 --index ml-index",
            "  ruvector bench-scanned --dataset wordnet-minilm --index ivf-flat:nlist=256 --index ivf-learned:nlist=256 \\",
            "    --sweep nprobe=1,2,4,8,16"
        })
final class BenchScannedCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            required = true,
            description = "An index to measure, as name or name:parameter=value,...; may be repeated.")
    private List<String> indexes;

    @Option(
            names = "--sweep",
            paramLabel = "NAME=VALUES",
            defaultValue = "",
            description =
                    "Search-time parameters to vary, as in nprobe=1,2,4; by default none. An index that does not know them is"
                            + " asked without.")
    private String sweep;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "10",
            description = "Neighbours wanted, by default ${DEFAULT-VALUE}.")
    private int k;

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

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table as Markdown.")
    private Path markdown;

    BenchScannedCommand() {}

    @Override
    public Integer call() throws IOException {
        Console console = ruvector.console();
        List<ScanBench.Scan> scans = new ArrayList<>();
        Provenance provenance;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).seed(seed).progress(progress);
            Sweep points = Sweep.parse(sweep, k, List.of(1));
            Trial trial = data.load(ruvector, context, k);
            provenance = points.addTo(trial.provenance(seed, ruvector.typed()));
            for (String index : indexes) {
                scans.addAll(ScanBench.measure(trial.workload(), trial.truth(), index, points, context));
            }
        }
        TextTable table = ScanBench.table(scans, k);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provenance", provenance.facts());
        all.put("records", scans.stream().map(ScanBench.Scan::fields).toList());
        json.write(console, table.plain(), Json.write(all));
        if (markdown != null) {
            console.write(markdown, table.markdown() + "\n" + provenance.markdown());
        }
        return 0;
    }
}
