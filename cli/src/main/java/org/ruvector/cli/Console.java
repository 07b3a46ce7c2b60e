package org.ruvector.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ruvector.bench.Json;
import org.ruvector.bench.RecallQpsPlot;
import org.ruvector.bench.Report;
import org.ruvector.bench.UnavailableException;
import picocli.CommandLine;

/** Where a command prints: results to stdout, everything else to stderr. */
final class Console {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    /**
     * For one run.
     *
     * @param commandLine has the two streams
     * @param terminal    whether stderr is a terminal
     */
    Console(CommandLine commandLine, boolean terminal) {
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
        this.terminal = terminal;
    }

    /** Prints a result, which may be several lines. */
    void print(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Prints a result as JSON. */
    void printJson(Object value) {
        print(Json.write(value));
    }

    /** Says what happens, on stderr. */
    void say(String line) {
        err.println(line);
    }

    /** Shows how work gets on, on stderr. */
    ProgressDisplay progress() {
        return new ProgressDisplay(err, terminal);
    }

    /** The picture of a report; where none can be drawn, says why and returns nothing, for a report is good without one. */
    byte[] plot(Report report) {
        try {
            return RecallQpsPlot.png(report);
        } catch (UnavailableException e) {
            say(e.getMessage());
            return new byte[0];
        }
    }

    /** Writes a file, making its folder, and says so. */
    void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, content);
        say("Wrote " + file);
    }

    /** Writes a file of text. */
    void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
