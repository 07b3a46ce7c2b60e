package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Provider;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.TextEmbedderProvider;
import org.ruvector.api.spi.VectorIndex;

final class PluginsTest {

    /** An index plugin of any name; public so that another loader's copy can be made. */
    public record Index(String name) implements IndexProvider {
        /** The one that the copy in another loader is. */
        public Index() {
            this("twin");
        }

        @Override
        public Set<Metric> metrics() {
            return EnumSet.of(Metric.EUCLIDEAN, Metric.HAMMING);
        }

        @Override
        public Set<ElementType> elementTypes() {
            return EnumSet.of(ElementType.FLOAT32);
        }

        @Override
        public IndexBuilder builder(IndexSpec spec, BuildContext context) {
            return (rows, ids) -> {
                throw new AssertionError("not built here");
            };
        }

        @Override
        public VectorIndex open(SectionReader file, OpenContext context) {
            throw new AssertionError("not opened here");
        }
    }

    private record Kernels(String name, int priority, Availability availability) implements KernelProvider {
        @Override
        public String describe() {
            return name;
        }

        @Override
        public RowKernel<float[]> floats(Metric metric) {
            return new ScalarKernels().floats(metric);
        }

        @Override
        public RowKernel<byte[]> bytes(Metric metric) {
            return new ScalarKernels().bytes(metric);
        }

        @Override
        public RowKernel<long[]> bits() {
            return new ScalarKernels().bits();
        }
    }

    private record Embedder(String name) implements TextEmbedderProvider {
        @Override
        public TextEmbedder create() {
            throw new AssertionError("not created here");
        }
    }

    private static final Availability HERE = new Availability.Usable();
    private static final Availability NOT_HERE = new Availability.Unusable("there is no AVX-1024; buy a newer machine");

    @Test
    void theScalarKernelsAreAlwaysThereAndOnce() {
        for (Plugins plugins : List.of(
                Plugins.load(),
                Plugins.load(ModuleLayer.boot()),
                Plugins.load(Plugins.class.getClassLoader()),
                Plugins.none())) {
            assertEquals(
                    1,
                    plugins.kernels().stream()
                            .filter(kernel -> kernel.name().equals("scalar"))
                            .count());
            assertEquals("scalar", plugins.kernel("scalar").describe());
        }
    }

    @Test
    void aPluginIsFoundByNameAmongItsKind() {
        IndexProvider zeta = new Index("zeta");
        IndexProvider alpha = new Index("alpha-2");
        TextEmbedderProvider embedder = new Embedder("zeta");
        Plugins plugins = Plugins.none().with(zeta).with(alpha).with(embedder);
        assertSame(zeta, plugins.index("zeta"));
        assertSame(embedder, plugins.embedder("zeta"));
        assertEquals(List.of(alpha, zeta), plugins.indexes());
        assertEquals(List.of(embedder), plugins.embedders());
        assertEquals(List.of(), plugins.quantizers());
    }

    @Test
    void addingAPluginDoesNotChangeTheOriginal() {
        Plugins before = Plugins.none();
        before.with(new Index("zeta"));
        assertEquals(List.of(), before.indexes());
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatExist() {
        Plugins plugins = Plugins.none().with(new Index("zeta")).with(new Index("alpha"));
        refused("There is no index named 'hnsw'; there are: alpha, zeta", () -> plugins.index("hnsw"));
        refused("There is no kernel named 'gpu'; there are: scalar", () -> plugins.kernel("gpu"));
        refused("There is no quantizer named 'pq'; none is on the module path", () -> plugins.quantizer("pq"));
        refused("There is no embedder named 'minilm'; none is on the module path", () -> plugins.embedder("minilm"));
    }

    @Test
    void anUnusablePluginIsListedButRefusedWithItsReason() {
        Plugins plugins = Plugins.none().with(new Kernels("wide", 100, NOT_HERE));
        assertEquals(2, plugins.kernels().size());
        refused(
                "The kernel 'wide' cannot run here: there is no AVX-1024; buy a newer machine",
                () -> plugins.kernel("wide"));
    }

    @Test
    void theUsableKernelOfTheHighestPriorityIsTaken() {
        Plugins plugins = Plugins.none()
                .with(new Kernels("slow", -5, HERE))
                .with(new Kernels("fast", 10, HERE))
                .with(new Kernels("faster", 20, NOT_HERE));
        assertEquals("fast", plugins.kernel().name());
        assertEquals("fast", BuildContext.of(plugins).kernel().name());
        assertEquals("slow", BuildContext.of(plugins).kernel("slow").kernel().name());
        assertEquals(
                "scalar",
                Plugins.none()
                        .with(new Kernels("faster", 20, NOT_HERE))
                        .kernel()
                        .name());
    }

    @Test
    void anImproperNameIsRefused() {
        for (String name : List.of("", "HNSW", "1st", "-x", "with space", "under_score", "ünicode")) {
            refused(
                    "Plugin org.ruvector.api.PluginsTest$Index in module org.ruvector.api is named '" + name
                            + "'; a name starts with a letter and has only a-z, 0-9 and '-'",
                    () -> Plugins.none().with(new Index(name)));
        }
    }

    @Test
    void twoPluginsOfOneNameAreRefusedNamingBothModules() throws ReflectiveOperationException {
        Provider here = new Index();
        Provider there = (Provider)
                new Copy().loadClass(Index.class.getName()).getConstructor().newInstance();
        refused(
                "Two plugins of one kind are named 'twin': org.ruvector.api.PluginsTest$Index in module org.ruvector.api"
                        + " and org.ruvector.api.PluginsTest$Index in the class path; remove one of them",
                () -> Plugins.none().with(here).with(there));
        assertEquals(
                1,
                Plugins.none().with(here).with(new Embedder("twin")).indexes().size(),
                "names are per kind");
    }

    @Test
    void aPluginThatCannotBeLoadedIsNamed(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(IndexProvider.class.getName()), "com.example.Gone\n");
        URI place = folder.toUri();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toURL()}, Plugins.class.getClassLoader())) {
            PluginException refusal = assertThrows(PluginException.class, () -> Plugins.load(loader));
            assertTrue(
                    refusal.getMessage().startsWith("A plugin could not be loaded: ")
                            && refusal.getMessage().contains("com.example.Gone"),
                    refusal.getMessage());
            assertTrue(refusal.getCause() != null, "the cause is kept");
        }
    }

    @Test
    void aBuilderIsRefusedForWhatThePluginDoesNotKnow() {
        Plugins plugins = Plugins.none().with(new Index("zeta"));
        BuildContext context = BuildContext.of(plugins);
        IndexSpec cosine = IndexSpec.parse("zeta", Metric.COSINE, ElementType.FLOAT32, 4);
        IndexSpec bytes = IndexSpec.parse("zeta", Metric.EUCLIDEAN, ElementType.INT8, 4);
        assertEquals(
                "Index 'zeta' does not search by cosine; it knows euclidean, hamming",
                assertThrows(IllegalArgumentException.class, () -> plugins.builder(cosine, context))
                        .getMessage());
        assertEquals(
                "Index 'zeta' does not hold int8 vectors; it holds float32",
                assertThrows(IllegalArgumentException.class, () -> plugins.builder(bytes, context))
                        .getMessage());
        IndexSpec right = IndexSpec.parse("zeta", Metric.EUCLIDEAN, ElementType.FLOAT32, 4);
        assertTrue(plugins.builder(right, context) != null);
    }

    /** Defines its own copy of the index plugin, outside of every named module. */
    private static final class Copy extends ClassLoader {
        Copy() {
            super(Plugins.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Index.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = PluginsTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(PluginException.class, call).getMessage());
    }
}
