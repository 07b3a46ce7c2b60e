package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Figures as JSON, to a file or in place of the text on stdout. */
final class JsonOption {

    /** Stands for stdout where no file is named. */
    private static final String STDOUT = "-";

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = STDOUT,
            description = "Write the figures as JSON; without FILE to standard output, in place of the text.")
    private String file;

    JsonOption() {}

    /** Prints the text, or the JSON in its place, or both if the JSON goes to a file. */
    void write(Console console, String text, String json) throws IOException {
        if (STDOUT.equals(file)) {
            console.print(json);
            return;
        }
        console.print(text);
        if (file != null) {
            console.write(Path.of(file), json);
        }
    }
}
