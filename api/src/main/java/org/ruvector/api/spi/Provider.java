package org.ruvector.api.spi;

/**
 * What every plugin has in common. Providers are stateless and cheap to construct; they are created once per
 * {@link org.ruvector.api.Plugins#load()}.
 */
public sealed interface Provider permits IndexProvider, QuantizerProvider, KernelProvider, TextEmbedderProvider {

    /** The name, matching {@code [a-z][a-z0-9-]*}; it is written into files and reports, so it must never change. */
    String name();

    /** Whether the plugin can run on this machine; what is missing is told as a sentence, not thrown. */
    default Availability availability() {
        return new Availability.Usable();
    }
}
