package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;
import org.ruvector.bench.HybridBench;
import org.ruvector.bench.HybridReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures searches while vectors come in and the index retrains. */
@Command(
        name = "bench-hybrid",
        description =
                "Measures recall@10 and latency of searches while an index takes inserts and retrains in the background. It is"
                        + " built on half of the vectors; the others are inserted at a steady rate, nine searches for each.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:something failed, or an inserted vector was lost",
            "2:called wrongly, or something that it needs is missing"
        },
        footer = {
            "%nExamples:",
            "  ruvector bench-hybrid --dataset wordnet-minilm --queries 1000 --index hybrid:segment=hnsw",
            "  ruvector bench-hybrid --dataset fashion-mnist --limit 5000 --queries 200 --minutes 0.2"
        })
final class BenchHybridCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            defaultValue = "hybrid",
            description =
                    "The index, as name or name:parameter=value,..., by default ${DEFAULT-VALUE}; one that can be changed.")
    private String index;

    @Option(
            names = "--search",
            paramLabel = "NAME=V,...",
            defaultValue = "",
            description = "Search parameters, as in segment.nprobe=8,delta.ef=50; by default none.")
    private String search;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "20",
            description = "How long vectors are inserted, by default ${DEFAULT-VALUE}.")
    private double minutes;

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

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the tables as Markdown.")
    private Path markdown;

    BenchHybridCommand() {}

    @Override
    public Integer call() throws IOException {
        Parameters parameters = Parameters.parse(search);
        Console console = ruvector.console();
        HybridReport report;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).seed(seed).progress(progress);
            Trial trial = data.load(ruvector, context, HybridBench.K);
            report = new HybridReport(
                    HybridBench.run(trial.workload(), index, parameters, minutes, context),
                    trial.provenance(seed, ruvector.typed()).with("minutes", minutes));
        }
        json.write(console, report.text(), report.json());
        if (markdown != null) {
            console.write(markdown, report.markdown());
        }
        return report.result().lost() == 0 ? 0 : 1;
    }
}
