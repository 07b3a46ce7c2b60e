package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.ruvector.bench.HtmlReport;
import org.ruvector.bench.RecallQpsPlot;
import org.ruvector.bench.Report;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In what forms a report is written. */
final class ReportOptions {

    @Mixin
    private JsonOption json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the figures as CSV.")
    private Path csv;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw recall against queries per second.")
    private Path png;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with everything, the picture included.")
    private Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the tables as Markdown.")
    private Path markdown;

    ReportOptions() {}

    /** Prints the report, and writes the files that were asked for. */
    void write(Console console, Report report) throws IOException {
        write(console, report, report.text(), report.markdown());
    }

    /** The same with another text for the terminal, and other Markdown. */
    void write(Console console, Report report, String text, String tables) throws IOException {
        json.write(console, text, report.json());
        if (csv != null) {
            console.write(csv, report.csv());
        }
        if (markdown != null) {
            console.write(markdown, tables);
        }
        if (png != null) {
            console.write(png, RecallQpsPlot.png(report));
        }
        if (html != null) {
            String title = "Benchmark of " + report.provenance().facts().get("dataset");
            console.write(html, HtmlReport.render(title, report, console.plot(report), Map.of()));
        }
    }
}
