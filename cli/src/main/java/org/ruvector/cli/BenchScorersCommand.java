package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.api.Plugins;
import org.ruvector.bench.micro.ScorerBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures the scorers of quantizers. */
@Command(
        name = "bench-scorers",
        description =
                "Measures with JMH how long quantizers' scorers take for a vector, beside exact distances, on cached and on"
                        + " random vectors, one by one and in blocks of neighbours, and how many bytes of heap they allocate:"
                        + " ends with 1 if any does. Takes about forty minutes with everything.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-scorers --forks 2 --seconds 0.5 --json scorers.json",
            "  ruvector bench-scorers --quantizer sq8 --quantizer rabitq:bits=2 --dimensions 384 --forks 1"
        })
final class BenchScorersCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--quantizer",
            paramLabel = "SPEC",
            description = "A quantizer to measure, as name or name:parameter=value,...; may be repeated."
                    + " By default all that there are, in their usual settings.")
    private List<String> quantizers = List.of();

    @Option(
            names = "--dimensions",
            paramLabel = "D",
            split = ",",
            defaultValue = "384,784",
            description = "Coordinates per vector, by default ${DEFAULT-VALUE}.")
    private List<Integer> dimensions;

    @Option(
            names = "--vectors",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "How many random vectors are chosen from, by default ${DEFAULT-VALUE}, to be more than fit into"
                            + " caches; of 784 coordinates they take 3 GB.")
    private int vectors;

    @Mixin
    private ForkOptions effort;

    BenchScorersCommand() {}

    @Override
    public Integer call() throws IOException {
        Plugins plugins = ruvector.plugins();
        List<String> measured = quantizers.isEmpty() ? ScorerBench.usual(plugins) : quantizers;
        ScorerBench.Options options = new ScorerBench.Options(measured, dimensions, vectors, effort.forks());
        return effort.run(ruvector.console(), () -> ScorerBench.run(options, plugins, ruvector.typed()));
    }
}
