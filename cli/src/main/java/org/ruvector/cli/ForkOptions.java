package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ruvector.bench.Json;
import org.ruvector.bench.micro.Forks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How thoroughly a micro-benchmark measures, and what it does with the result. */
final class ForkOptions {

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Virtual machines started for each figure, by default ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "Length of an iteration, by default ${DEFAULT-VALUE}.")
    private double seconds;

    @Mixin
    private JsonOption json;

    ForkOptions() {}

    Forks forks() {
        return new Forks(forks, seconds);
    }

    /** Measures and writes; the exit code, which is 1 if something allocates that should not. */
    int run(Console console, Supplier<Map<String, Object>> benchmark) throws IOException {
        Map<String, Object> result = Console.stdoutToStderr(benchmark);
        json.write(console, (String) result.get("table"), Json.write(result));
        List<?> allocating = (List<?>) result.getOrDefault("allocating", List.of());
        allocating.forEach(name -> console.say("Allocates memory, but should not: " + name));
        return allocating.isEmpty() ? 0 : 1;
    }
}
