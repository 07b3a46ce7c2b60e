package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module's face, frozen: a change here is a change for everybody, and stands in the change log. */
final class ModuleTest {

    private static final ModuleDescriptor MODULE = Plugins.class.getModule().getDescriptor();

    @Test
    void theExportsAreFrozen() {
        assertEquals(
                Set.of("org.ruvector.api", "org.ruvector.api.spi"),
                MODULE.exports().stream()
                        .filter(exports -> !exports.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingButTheJdkIsRequired() {
        assertEquals(
                Set.of("java.base"),
                MODULE.requires().stream().map(ModuleDescriptor.Requires::name).collect(Collectors.toSet()));
    }

    @Test
    void fourKindsOfPluginsAreUsed() {
        String spi = "org.ruvector.api.spi.";
        assertEquals(
                new TreeSet<>(Set.of(
                        spi + "IndexProvider",
                        spi + "KernelProvider",
                        spi + "QuantizerProvider",
                        spi + "TextEmbedderProvider")),
                new TreeSet<>(MODULE.uses()));
    }

    @Test
    void theScalarKernelsAreDeclaredTwice() throws IOException {
        String service = "org.ruvector.api.spi.KernelProvider";
        assertEquals(
                Set.of(service + " with [org.ruvector.api.ScalarKernels]"),
                MODULE.provides().stream()
                        .map(provides -> provides.service() + " with " + provides.providers())
                        .collect(Collectors.toSet()));
        try (InputStream file = Plugins.class.getModule().getResourceAsStream("META-INF/services/" + service)) {
            assertTrue(file != null, "there is no META-INF/services/" + service);
            assertEquals(
                    "org.ruvector.api.ScalarKernels", new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
