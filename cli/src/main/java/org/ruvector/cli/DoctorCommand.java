package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.Diagnosis.Finding;
import org.ruvector.api.Diagnosis.Histogram;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Examines a saved index, and mends it. */
@Command(
        name = "doctor",
        description =
                "Examines a saved index: checksums, unreachable nodes, in-degrees, duplicates, recall of a sample."
                        + " Ends with 1 if something is not as it should be.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector doctor index.rvec",
            "  ruvector doctor index.rvec --repair --out mended.rvec"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final int BARS = 16;

    @ParentCommand
    private Ruvector ruvector;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "INDEX", description = "The saved index; it is not changed.")
    private Path file;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Stored vectors to search for when recall is estimated, by default ${DEFAULT-VALUE}; 0 for none.")
    private int sample;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Chooses the sample, by default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--repair", description = "Mend what can be mended, examine again, and save to --out.")
    private boolean repair;

    @Option(names = "--out", paramLabel = "NEW", description = "Where the mended index goes.")
    private Path out;

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    DoctorCommand() {}

    @Override
    public Integer call() throws IOException {
        if (repair != (out != null)) {
            throw new ParameterException(
                    command.commandLine(), "--repair and --out NEW go together: the index itself is not changed");
        }
        if (sample < 0) {
            throw new ParameterException(command.commandLine(), "--sample is " + sample + "; it must be 0 or more");
        }
        try (SectionReader reader = IndexFile.read(file)) {
            reader.verify();
        }
        Plugins plugins = ruvector.plugins();
        try (VectorIndex index = IndexFile.open(file, engine.openContext(plugins))) {
            return examine(index, plugins);
        }
    }

    private int examine(VectorIndex index, Plugins plugins) throws IOException {
        Console console = ruvector.console();
        Map<String, Object> fields = new LinkedHashMap<>(IndexFields.of(index.spec()));
        fields.put("size", index.size());
        fields.put("checksums", "ok");
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d vectors, checksums are right%n",
                index.spec().text(),
                index.size()));
        boolean healthy = true;
        if (index instanceof Diagnosable patient) {
            Diagnosis diagnosis = patient.diagnose(sample, seed);
            healthy = diagnosis.healthy();
            fields.put("diagnosis", fields(diagnosis));
            text.append(findings(diagnosis));
            if (repair) {
                int mended = mend(patient, plugins);
                Diagnosis after = patient.diagnose(sample, seed);
                healthy = after.healthy();
                fields.put("mended", mended);
                fields.put("afterRepair", fields(after));
                text.append(String.format(Locale.ROOT, "%nMended %,d places; saved to %s%n", mended, out))
                        .append(findings(after));
                diagnosis = after;
            }
            diagnosis.histograms().forEach(histogram -> append(text, histogram));
        } else if (repair) {
            throw new IllegalArgumentException("Index '" + index.spec().provider() + "' has nothing to mend");
        } else {
            text.append("An index of this kind has nothing else that could be examined.\n");
        }
        fields.put("healthy", healthy);
        text.append(healthy ? "\nHealthy.\n" : "\nNot healthy: see the lines marked with !\n");
        if (json) {
            console.printJson(fields);
        } else {
            console.print(text.toString());
        }
        return healthy ? 0 : 1;
    }

    private int mend(Diagnosable patient, Plugins plugins) throws IOException {
        if (!(patient instanceof Persistable persistable)) {
            throw new IllegalArgumentException("Index '" + patient.spec().provider() + "' cannot be saved");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int mended;
        try (ProgressDisplay progress = ruvector.console().progress();
                ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            mended = patient.repair(
                    engine.buildContext(plugins).seed(seed).on(pool, cores).progress(progress));
        }
        IndexFile.save(persistable, out);
        return mended;
    }

    private static String findings(Diagnosis diagnosis) {
        int width = diagnosis.findings().stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder();
        for (Finding finding : diagnosis.findings()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %-" + width + "s %10s  %s%n",
                    finding.healthy() ? " " : "!",
                    finding.name(),
                    number(finding.value()),
                    finding.meaning()));
        }
        return text.toString();
    }

    /** Whole numbers as such, shares with four decimals. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    /** At most {@value #BARS} bars, each of several neighbouring values if there are more. */
    private static void append(StringBuilder text, Histogram histogram) {
        long[] counts = histogram.counts();
        int width = Math.max(1, Math.ceilDiv(counts.length, BARS));
        List<long[]> bars = new ArrayList<>();
        for (int from = 0; from < counts.length; from += width) {
            int to = Math.min(from + width, counts.length);
            bars.add(new long[] {from, to - 1, Arrays.stream(counts, from, to).sum()});
        }
        long most = bars.stream().mapToLong(bar -> bar[2]).max().orElse(0);
        text.append('\n').append("  ").append(histogram.name()).append('\n');
        for (long[] bar : bars) {
            String range = bar[0] == bar[1] ? "" + bar[0] : bar[0] + "–" + bar[1];
            String blocks = "█".repeat((int) (most == 0 ? 0 : Math.ceilDiv(40 * bar[2], most)));
            text.append(String.format(Locale.ROOT, "  %9s %,12d %s", range, bar[2], blocks)
                            .stripTrailing())
                    .append('\n');
        }
    }

    private static Map<String, Object> fields(Diagnosis diagnosis) {
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", finding.name());
            fields.put("value", finding.value());
            fields.put("healthy", finding.healthy());
            fields.put("meaning", finding.meaning());
            findings.add(fields);
        }
        Map<String, Object> histograms = new LinkedHashMap<>();
        for (Histogram histogram : diagnosis.histograms()) {
            histograms.put(
                    histogram.name(), Arrays.stream(histogram.counts()).boxed().toList());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("healthy", diagnosis.healthy());
        fields.put("findings", findings);
        fields.put("histograms", histograms);
        return fields;
    }
}
