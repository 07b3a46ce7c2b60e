package org.ruvector.composition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The README's first program on builds of a few packaged jars. A build is nothing but the jars on its path. */
final class CustomBuildTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final List<Path> SCALAR = Reactor.jars("api", "storage", "index-hnsw");
    private static final List<Path> VECTOR = Reactor.jars("api", "storage", "index-hnsw", "kernels-vector");
    private static final String MAIN = "example.first/example.first.FirstProgram";
    private static final String NATIVE_ACCESS = "--enable-native-access=org.ruvector.storage";
    private static final String INCUBATOR_LINE = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path folder;

    private static Path program;

    /** The program needs the plugins neither to compile nor by name: only {@code api} and {@code storage} are here. */
    @BeforeAll
    static void compileTheProgram() throws Exception {
        program = folder.resolve("first-program");
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all",
                "-Werror",
                "-d",
                program.toString(),
                // Or it would take the class path of these tests.
                "--class-path",
                folder.toString(),
                "--module-path",
                Run.path(Reactor.jars("api", "storage"))));
        for (Path source : Reactor.sources(Reactor.ROOT.resolve("examples/first-program"))) {
            arguments.add(source.toString());
        }
        tool("javac", arguments);
    }

    @Test
    void apiAndStorageAndOneIndexAreEnough() throws Exception {
        Run run = Run.java(JDK, modular(SCALAR));

        assertEquals(new Run(0, expected("scalar"), ""), run);
    }

    @Test
    void addingTheKernelModuleIsAllThatTheVectorKernelsNeed() throws Exception {
        Run run = Run.java(JDK, modular(VECTOR));

        assertEquals(new Run(0, expected(vectorKernel(run)), INCUBATOR_LINE), run);
    }

    @Test
    void anImageLinkedFromTheModulesRunsAlone() throws Exception {
        Path image = folder.resolve("image");
        tool(
                "jlink",
                List.of(
                        "--output",
                        image.toString(),
                        "--module-path",
                        Run.path(with(program, VECTOR)),
                        "--add-modules",
                        "example.first,org.ruvector.index.hnsw,org.ruvector.kernels.vector"));

        Run run = Run.java(image, List.of(NATIVE_ACCESS, "--module", MAIN));

        assertEquals(new Run(0, expected(vectorKernel(run)), INCUBATOR_LINE), run);
        Run modules = Run.java(image, List.of("--list-modules"));
        assertTrue(modules.out().contains("org.ruvector.index.hnsw@0.1.0-SNAPSHOT"), modules::toString);
    }

    @Test
    void theClassPathFindsTheSamePlugins() throws Exception {
        Run scalar = Run.java(JDK, onClassPath(SCALAR));
        assertEquals(new Run(0, expected("scalar"), ""), scalar);

        List<String> arguments = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
        arguments.addAll(onClassPath(VECTOR));
        Run vector = Run.java(JDK, arguments);
        assertEquals(new Run(0, expected(vectorKernel(vector)), INCUBATOR_LINE), vector);
    }

    @Test
    void onTheClassPathWithoutTheIncubatorTheScalarKernelsTakeOver() throws Exception {
        Run run = Run.java(JDK, onClassPath(VECTOR));

        assertEquals(new Run(0, expected("scalar"), ""), run);
    }

    private static List<String> modular(List<Path> jars) {
        return List.of(NATIVE_ACCESS, "--module-path", Run.path(with(program, jars)), "--module", MAIN);
    }

    private static List<String> onClassPath(List<Path> jars) {
        return List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Run.path(with(program, jars)),
                MAIN.substring(MAIN.indexOf('/') + 1));
    }

    private static List<Path> with(Path first, List<Path> rest) {
        List<Path> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    /** What the program prints; the distances are exact in every kernel, because all terms are small integers. */
    private static String expected(String kernel) {
        String hits = """
                  steel blue, squared distance 500.0
                  sea green, squared distance 5606.0
                  purple, squared distance 22548.0
                """;
        return "kernel: " + kernel + "\nbuilt:\n" + hits + "opened:\n" + hits;
    }

    /** The width depends on the machine, so it is taken from the output; the rest of the line is not. */
    private static String vectorKernel(Run run) {
        String line = run.out().lines().findFirst().orElse("");
        return line.matches("kernel: vector \\(\\d+ bit\\)") ? line.substring("kernel: ".length()) : "vector (? bit)";
    }

    private static void tool(String name, List<String> arguments) {
        ToolProvider tool = ToolProvider.findFirst(name).orElseThrow(() -> new AssertionError("no " + name + " here"));
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int exit = tool.run(writer, writer, arguments.toArray(String[]::new));
        assertEquals(0, exit, () -> name + " said: " + said);
    }
}
