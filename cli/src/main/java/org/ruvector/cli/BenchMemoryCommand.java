package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.bench.micro.SearchBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures what a search allocates. */
@Command(
        name = "bench-memory",
        description =
                "Measures with JMH how many bytes of heap a search allocates, and how many more for each node that a harder"
                        + " search visits: ends with 1 if there are any.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-memory --index hnsw:m=16,efConstruction=200 --ef 10,100,400"})
final class BenchMemoryCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            description = "An index that is searched with ef; may be repeated. By default hnsw and hnsw-fused.")
    private List<String> indexes = List.of("hnsw", "hnsw-fused");

    @Option(
            names = "--ef",
            paramLabel = "N",
            split = ",",
            defaultValue = "64,512",
            description = "Candidates kept, at least two numbers, by default ${DEFAULT-VALUE}.")
    private List<Integer> efs;

    @Mixin
    private ForkOptions effort;

    BenchMemoryCommand() {}

    @Override
    public Integer call() throws IOException {
        return effort.run(ruvector.console(), () -> SearchBench.run(indexes, efs, effort.forks(), ruvector.typed()));
    }
}
