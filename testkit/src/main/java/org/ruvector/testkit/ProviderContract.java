package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Provider;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.TextEmbedderProvider;

/** The contract of every plugin that comes in a module: it is named properly, declared twice alike, and found. */
public interface ProviderContract {

    /** The plugin under test. */
    Provider provider();

    /** The name matches {@code [a-z][a-z0-9-]*}. */
    @Test
    default void theNameIsProper() {
        assertTrue(
                provider().name().matches("[a-z][a-z0-9-]*"),
                () -> "'" + provider().name() + "'");
    }

    /** A plugin that cannot run here says why in a sentence. */
    @Test
    default void anUnusablePluginSaysWhy() {
        if (provider().availability() instanceof Availability.Unusable(String reason)) {
            assertFalse(reason.isBlank());
        }
    }

    /** {@link Plugins#load()} finds the plugin. */
    @Test
    default void thePluginIsFound() {
        Plugins plugins = Plugins.load();
        List<? extends Provider> kind = switch (provider()) {
            case IndexProvider index -> plugins.indexes();
            case QuantizerProvider quantizer -> plugins.quantizers();
            case KernelProvider kernel -> plugins.kernels();
            case TextEmbedderProvider embedder -> plugins.embedders();
        };
        assertEquals(
                1,
                kind.stream()
                        .filter(found -> found.getClass() == provider().getClass())
                        .count(),
                () -> provider().getClass() + " among " + kind);
    }

    /** The module's descriptor and {@code META-INF/services} name the same providers of the same services. */
    @Test
    default void moduleAndServicesSayTheSame() throws IOException, URISyntaxException {
        Path place = Path.of(provider()
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            requireSame(place);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                requireSame(jar.getPath("/"));
            }
        }
    }

    private void requireSame(Path root) throws IOException {
        Map<String, TreeSet<String>> byModule = new TreeMap<>();
        try (InputStream descriptor = Files.newInputStream(root.resolve("module-info.class"))) {
            for (ModuleDescriptor.Provides provides :
                    ModuleDescriptor.read(descriptor).provides()) {
                byModule.put(provides.service(), new TreeSet<>(provides.providers()));
            }
        }
        Map<String, TreeSet<String>> byFiles = new TreeMap<>();
        Path services = root.resolve("META-INF/services");
        assertTrue(Files.isDirectory(services), () -> "there is no " + services);
        try (var files = Files.list(services)) {
            for (Path file : files.toList()) {
                TreeSet<String> names = new TreeSet<>();
                for (String line : Files.readAllLines(file)) {
                    String name = line.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        names.add(name);
                    }
                }
                byFiles.put(file.getFileName().toString(), names);
            }
        }
        assertEquals(byModule, byFiles, "module-info.java and META-INF/services differ");
        String name = provider().getClass().getName();
        assertTrue(byModule.values().stream().anyMatch(names -> names.contains(name)), () -> name + " in " + byModule);
    }
}
