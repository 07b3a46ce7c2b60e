package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Comparison;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.PluginContestant;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.UsualSweep;
import org.ruvector.bench.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Compares all families of indexes. */
@Command(
        name = "compare",
        description =
                "Compares every family of indexes, by vectors and by the codes of every quantizer that it takes, one after another: build"
                        + " time, bytes, throughput at recall 0.9, 0.95 and 0.99, and the best recall. What cannot be combined is"
                        + " said, and left out.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector compare --dataset fashion-mnist --limit 10000 --queries 500 --repetitions 1 --seconds 0.1 \\",
            "      --csv compare.csv --png compare.png --markdown compare.md",
            "  ruvector compare --dataset digits --index hnsw --index ivf:nlist=32 --quantizer sq8 --quantizer rabitq:bits=2"
        })
final class CompareCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            description =
                    "A family, as name or name:parameter=value,...; may be repeated. By default every index that there is.")
    private List<String> indexes = List.of();

    @Option(
            names = "--quantizer",
            paramLabel = "SPEC",
            description =
                    "Codes, as name or name:parameter=value,...; may be repeated. By default every quantizer that there is.")
    private List<String> quantizers = List.of();

    @Option(
            names = "--sweep",
            paramLabel = "NAME=V,V",
            description =
                    "Search parameters to vary, as ef=10,20,40; may be repeated for indexes that know different ones; by default"
                            + " the usual ones of each index. Where nearly all is found, larger ones are left out.")
    private List<String> sweeps = List.of();

    @Option(names = "--k", paramLabel = "K", defaultValue = "10", description = "Neighbours wanted, by default 10.")
    private int k;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private ReportOptions output;

    private static final List<Integer> ONE_THREAD = List.of(1);
    private static final double NEARLY_ALL = 0.9995;

    CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        Optional<Sweep> asked =
                sweeps.stream().map(text -> Sweep.parse(text, k, ONE_THREAD)).reduce(Sweep::and);
        Effort thoroughly = effort.effort();
        Console console = ruvector.console();
        Comparison.Outcome outcome;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context = effort.context(ruvector.plugins(), progress);
            Trial trial = data.load(ruvector, context, k);
            Workload workload = trial.workload();
            List<String> families = indexes.isEmpty() ? Comparison.indexes(workload, context) : indexes;
            List<PluginContestant> alone = families.stream()
                    .map(spec -> new PluginContestant(spec, context))
                    .toList();
            Sweep sweep = asked.orElseGet(() -> UsualSweep.of(alone, workload, k, ONE_THREAD));
            outcome = new Comparison(workload, trial.truth(), sweep.until(NEARLY_ALL), thoroughly)
                    .run(
                            trial.provenance(context.seed(), ruvector.typed()),
                            families,
                            quantizers.isEmpty() ? Comparison.quantizers(workload, context) : quantizers,
                            context);
        }
        output.write(console, outcome.report(), outcome.table().plain(), outcome.markdown());
        return 0;
    }
}
