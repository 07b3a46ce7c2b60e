package org.ruvector.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Another virtual machine like this one, for what must be measured in a fresh one. It runs on the class path. */
public final class ForkedJvm {

    private ForkedJvm() {}

    /** {@return a class path with all that is on this machine's module path and class path; plugins are found on either} */
    public static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.addAll(jarsOf(Path.of(entry)));
            }
        }
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            entries.add(classPath);
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The command that runs a class's main method in a fresh virtual machine. */
    static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
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
