package org.ruvector.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ruvector.bench.micro.HypergraphBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures the temporal hypergraph. */
@Command(
        name = "bench-hypergraph",
        description =
                "Measures with JMH how fast hyperedges with times are inserted, found by the hour, and followed for two hops,"
                        + " beside a bipartite graph of JGraphT, and how much memory an incidence takes.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-hypergraph --json hypergraph.json"})
final class BenchHypergraphCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--hyperedges",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many hyperedges of 2 to 6 nodes to insert, by default ${DEFAULT-VALUE}.")
    private int hyperedges;

    @Mixin
    private ForkOptions effort;

    BenchHypergraphCommand() {}

    @Override
    public Integer call() throws IOException {
        return effort.run(ruvector.console(), () -> HypergraphBench.run(hyperedges, effort.forks(), ruvector.typed()));
    }
}
