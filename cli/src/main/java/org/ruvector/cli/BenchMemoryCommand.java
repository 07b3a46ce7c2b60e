package org.ruvector.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.bench.Json;
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
                        + " search visits.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-memory --index hnsw:m=16,efConstruction=200"})
final class BenchMemoryCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(names = "--index", paramLabel = "SPEC", required = true, description = "An index that is searched with ef.")
    private String index;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Virtual machines started for each figure, by default ${DEFAULT-VALUE}.")
    private int forks;

    @Mixin
    private JsonOption json;

    BenchMemoryCommand() {}

    @Override
    public Integer call() throws IOException {
        Map<String, Object> result = Console.stdoutToStderr(() -> SearchBench.run(index, forks, ruvector.typed()));
        json.write(ruvector.console(), (String) result.get("table"), Json.write(result));
        return 0;
    }
}
