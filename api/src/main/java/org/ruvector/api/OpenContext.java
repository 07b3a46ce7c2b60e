package org.ruvector.api;

import java.util.Objects;
import org.ruvector.api.spi.KernelProvider;

/**
 * What opening a saved index may use.
 *
 * @param plugins where other plugins are found by name
 * @param kernel  the distance kernels to use
 */
public record OpenContext(Plugins plugins, KernelProvider kernel) {

    /** Refuses nulls. */
    public OpenContext {
        Objects.requireNonNull(plugins, "plugins");
        Objects.requireNonNull(kernel, "kernel");
    }

    /** The best usable kernel. */
    public static OpenContext of(Plugins plugins) {
        return new OpenContext(plugins, plugins.kernel());
    }
}
