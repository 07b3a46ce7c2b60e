package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.QuantizerBench;
import org.ruvector.bench.QuantizerReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures quantizers. */
@Command(
        name = "bench-quantizers",
        description =
                "Measures quantizers: bytes per vector, recall@10 of a scan of the codes, alone and with exact re-ranking,"
                        + " training time, encoding throughput, and the time to score a code beside the exact kernel's.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-quantizers --dataset wordnet-minilm --queries 1000 --markdown quantizers.md",
            "  ruvector bench-quantizers --dataset fashion-mnist --limit 20000 --queries 200 \\",
            "      --quantizer pq:m=48,bits=8 --quantizer rabitq:bits=4 --rerank 50"
        })
final class BenchQuantizersCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--quantizer",
            paramLabel = "SPEC",
            description = "A quantizer to measure, as name or name:parameter=value,...; may be repeated."
                    + " By default all kinds, each with usual settings.")
    private List<String> quantizers = QuantizerBench.USUAL;

    @Option(
            names = "--rerank",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "How many of the nearest codes are re-ranked by exact distances, by default ${DEFAULT-VALUE}.")
    private int rerank;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private JsonOption json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table as Markdown.")
    private Path markdown;

    BenchQuantizersCommand() {}

    @Override
    public Integer call() throws IOException {
        Effort thoroughly = effort.effort();
        Console console = ruvector.console();
        QuantizerReport report;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context = effort.context(ruvector.plugins(), progress);
            Trial trial = data.load(ruvector, context, QuantizerBench.K);
            QuantizerBench bench = new QuantizerBench(trial.workload(), trial.truth(), rerank, thoroughly);
            report = bench.report(trial.provenance(context.seed(), ruvector.typed()), quantizers, context);
        }
        json.write(console, report.table().plain(), report.json());
        if (markdown != null) {
            console.write(markdown, report.markdown());
        }
        return 0;
    }
}
