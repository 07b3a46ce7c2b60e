package org.ruvector.composition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the build put what these tests examine. */
final class Reactor {

    /** The folder of the root {@code pom.xml}. */
    static final Path ROOT = Path.of(System.getProperty("composition.root"));

    /** This module's folder for what is built. */
    static final Path TARGET = Path.of(System.getProperty("composition.target"));

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Reactor() {}

    /** The modules that the root {@code pom.xml} lists, but for this one, sorted. */
    static List<String> folders() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(folder -> !folder.equals("composition"))
                .sorted()
                .toList();
    }

    /** The packaged jar of a module. */
    static Path jar(String folder) {
        Path jar = TARGET.resolve("lib").resolve("ruvector-" + folder + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError(jar + " is missing: the module '" + folder
                    + "' must be a dependency of composition/pom.xml, and these tests run with ./mvnw -B verify");
        }
        return jar;
    }

    /** The packaged jars of some modules. */
    static List<Path> jars(String... folders) {
        return Arrays.stream(folders).map(Reactor::jar).toList();
    }

    /** All Java sources below a folder. */
    static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
