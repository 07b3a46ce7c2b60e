package org.ruvector.bench.micro;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/** Runs JMH, which starts every fork with this virtual machine's class path and nothing else. */
final class Forks {

    private Forks() {}

    /** Runs the benchmarks; what lies on the module path is added to the class path first. Plugins are found on either. */
    static Collection<RunResult> run(Options options) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("jdk.module.path", "").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.addAll(jarsOf(Path.of(entry)));
            }
        }
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            entries.add(classPath);
        }
        System.setProperty("java.class.path", String.join(File.pathSeparator, entries));
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
    }

    /** A module path may name folders full of jars; a class path must name the jars. */
    private static List<String> jarsOf(Path entry) {
        if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
            return List.of(entry.toString());
        }
        try (Stream<Path> files = Files.list(entry)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The module path's folder " + entry + " cannot be listed", e);
        }
    }
}
