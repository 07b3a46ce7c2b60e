package org.ruvector.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ruvector.bench.micro.KernelBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures the distance kernels. */
@Command(
        name = "bench-kernels",
        description =
                "Measures the vector kernels against the scalar ones and against C++ with JMH, on cached rows and on random"
                        + " rows of a large block. Takes about half an hour with all dimensions.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-kernels --dimensions 128,784 --forks 2 --json kernels.json"})
final class BenchKernelsCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--dimensions",
            paramLabel = "D",
            split = ",",
            description = "Coordinates per row, by default 64,128,384,768,784,1536,3072.")
    private List<Integer> dimensions = List.of();

    @Mixin
    private ForkOptions effort;

    BenchKernelsCommand() {}

    @Override
    public Integer call() throws IOException {
        KernelBench.Options options = new KernelBench.Options(
                dimensions, effort.forks(), ruvector.cache().resolve("peers"));
        return effort.run(ruvector.console(), () -> KernelBench.run(options, ruvector.typed()));
    }
}
