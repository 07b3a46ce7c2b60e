package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.ruvector.api.Plugins;
import org.ruvector.datasets.Datasets;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** One run of the command in this process, and what it printed. */
record Run(int exitCode, String out, String err) {

    static Run of(String... args) {
        return in(new Session(Plugins::load, Datasets::named, () -> false), args);
    }

    static Run in(Session session, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine(session);
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = Main.run(commandLine, args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    Run succeeded() {
        assertEquals(0, exitCode, err);
        return this;
    }

    /** Checks exit code and that there is one line on stderr and nothing on stdout; returns the line. */
    String failed(int expected) {
        assertEquals(expected, exitCode, err);
        assertEquals("", out);
        List<String> lines = err.lines().toList();
        assertEquals(1, lines.size(), err);
        return lines.getFirst();
    }

    /** What was printed, read as JSON, which YAML contains. */
    Map<String, Object> json() {
        return json(out);
    }

    static Map<String, Object> json(String text) {
        return new Yaml().load(text);
    }
}
