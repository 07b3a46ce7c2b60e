package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.FilterBench;
import org.ruvector.bench.FilterBench.Outcome;
import org.ruvector.bench.FilterCase;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.PluginContestant;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.peer.HnswlibLibrary;
import org.ruvector.bench.peer.HnswlibPeer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures filtered search. */
@Command(
        name = "bench-filter",
        description =
                "Measures filtered search at recall 0.95 against an exact scan of the matching rows and hnswlib's filter;"
                        + " filters at random, and along the classes if the data have labels.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-filter --dataset fashion-mnist --queries 200 --index hnsw:m=16,efConstruction=200"
        })
final class BenchFilterCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(names = "--index", paramLabel = "SPEC", required = true, description = "The index to measure.")
    private String index;

    @Option(
            names = "--shares",
            paramLabel = "S",
            split = ",",
            defaultValue = "0.5,0.1,0.01,0.001",
            description = "Shares of the rows that match, by default ${DEFAULT-VALUE}.")
    private double[] shares;

    @Option(
            names = "--sweep",
            paramLabel = "NAME=V,V",
            defaultValue = "ef=10,20,40,80,160,320,640,1280",
            description = "Search parameters to vary, by default ${DEFAULT-VALUE}.")
    private String sweep;

    @Option(names = "--k", paramLabel = "K", defaultValue = "10", description = "Neighbours wanted, by default 10.")
    private int k;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private JsonOption json;

    BenchFilterCommand() {}

    @Override
    public Integer call() throws IOException {
        Sweep points = Sweep.parse(sweep, k, List.of(1));
        Effort thoroughly = effort.effort();
        Console console = ruvector.console();
        List<Outcome> outcomes;
        Provenance provenance;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context = effort.context(ruvector.plugins(), progress);
            HnswlibLibrary compiled = HnswlibLibrary.load(ruvector.cache().resolve("peers"));
            Trial trial = data.load(ruvector, context, k);
            outcomes = new FilterBench(trial.workload(), points, thoroughly)
                    .run(
                            new PluginContestant(index, context),
                            new PluginContestant("flat", context),
                            new HnswlibPeer(compiled, PeerSettings.like(List.of(index), context.seed())),
                            filters(trial, context.seed()),
                            progress);
            provenance = thoroughly.addTo(points.addTo(trial.provenance(context.seed(), ruvector.typed())));
        }
        json.write(console, FilterBench.table(outcomes).plain(), FilterBench.json(provenance, outcomes));
        return 0;
    }

    /** Without labels only those at random are left. */
    private List<FilterCase> filters(Trial trial, long seed) {
        int[] labels = trial.data().base().labels();
        int[] classes = labels.length == 0 ? new int[trial.data().base().rows().count()] : labels;
        return FilterCase.of(classes, shares, seed).stream()
                .filter(filter -> labels.length > 0 || filter.kind().equals("random"))
                .toList();
    }
}
