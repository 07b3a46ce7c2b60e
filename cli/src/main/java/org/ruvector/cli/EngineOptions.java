package org.ruvector.cli;

import org.ruvector.api.BuildContext;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.KernelProvider;
import picocli.CommandLine.Option;

/** What computes the distances. */
final class EngineOptions {

    @Option(
            names = "--kernel",
            paramLabel = "NAME",
            description =
                    "Distance kernels to use, by default the fastest that run here; 'ruvector plugins' lists them.")
    private String kernel;

    EngineOptions() {}

    private KernelProvider kernel(Plugins plugins) {
        return kernel == null ? plugins.kernel() : plugins.kernel(kernel);
    }

    /** What a build may use: on the calling thread, until told otherwise. */
    BuildContext buildContext(Plugins plugins) {
        return BuildContext.of(plugins).kernel(kernel(plugins).name());
    }

    /** What opening an index may use. */
    OpenContext openContext(Plugins plugins) {
        return new OpenContext(plugins, kernel(plugins));
    }
}
