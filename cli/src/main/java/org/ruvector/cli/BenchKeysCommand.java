package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.bench.micro.KeyBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures indexes of sorted keys. */
@Command(
        name = "bench-keys",
        description =
                "Measures with JMH how long a look-up takes in learned indexes of sorted keys, beside a binary search and a"
                        + " red-black tree, and how many bytes they take. About an hour with everything.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-keys --forks 1 --json keys.json",
            "  ruvector bench-keys --index rmi:leaves=65536 --index pgm:epsilon=32 --keys lognormal --count 1000000",
            "  ruvector bench-keys --keys times:/usr --index rmi"
        })
final class BenchKeysCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            description =
                    "An index to measure beside binary search, as name or name:parameter=value,...; may be repeated. There are"
                            + " tree-map, pgm (epsilon) and rmi (root, leaf, leaves, middle, middles, last). By default some of each.")
    private List<String> indexes = KeyBench.USUAL;

    @Option(
            names = "--keys",
            paramLabel = "KEYS",
            split = ",",
            defaultValue = "uniform,lognormal,steps",
            description =
                    "linear, quadratic, uniform, exponential, lognormal or steps; times:FOLDER for the times when files below"
                            + " it were changed; or a file with a whole number a line. By default ${DEFAULT-VALUE}.")
    private List<String> columns;

    @Option(
            names = "--count",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000000,20000000",
            description = "How many keys to draw from a distribution, by default ${DEFAULT-VALUE}.")
    private List<Integer> counts;

    @Mixin
    private ForkOptions effort;

    BenchKeysCommand() {}

    @Override
    public Integer call() throws IOException {
        KeyBench.Options options = new KeyBench.Options(indexes, columns, counts, effort.forks());
        return effort.run(ruvector.console(), () -> KeyBench.run(options, ruvector.typed()));
    }
}
