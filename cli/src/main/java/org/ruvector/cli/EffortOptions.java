package org.ruvector.cli;

import org.ruvector.api.BuildContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Progress;
import org.ruvector.bench.Harness.Effort;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How thoroughly is measured, and what the measurement depends on besides the data. */
final class EffortOptions {

    @Option(names = "--build-threads", paramLabel = "N", description = "Building threads, by default all cores.")
    private Integer buildThreads;

    @Option(
            names = "--builds",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Builds of each index, or trainings of each quantizer, by default 1; the median time is reported.")
    private int builds;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed runs of each point, by default 5; the median is reported.")
    private int repetitions;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.3",
            description =
                    "Shortest timed run, by default 0.3; every query is asked, or every code scored, at least once.")
    private double seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Every random choice follows from it; by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EngineOptions engine;

    EffortOptions() {}

    Effort effort() {
        int threads = buildThreads == null ? Runtime.getRuntime().availableProcessors() : buildThreads;
        return new Effort(threads, builds, repetitions, seconds);
    }

    BuildContext context(Plugins plugins, Progress progress) {
        return engine.buildContext(plugins).seed(seed).progress(progress);
    }
}
