package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.bench.TextTable;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tells what a saved index is. */
@Command(
        name = "info",
        description = "Tells what a saved index holds: header, sections and memory; and which configurations fit into a"
                + " budget of memory, with the recall that was measured for them.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector info index.rvec",
            "  ruvector info --verify index.rvec",
            "  ruvector info --vectors 1000000 --dimension 384 --budget 800m"
        })
final class InfoCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Parameters(paramLabel = "INDEX", arity = "0..1", description = "The saved index.")
    private Path file;

    @Option(
            names = "--budget",
            paramLabel = "BYTES",
            description = "Memory for which to name configurations that fit; k, m or g at the end for thousands,"
                    + " millions or thousands of millions.")
    private String budget;

    @Option(names = "--vectors", paramLabel = "N", description = "For so many vectors, in place of the index's.")
    private Long vectors;

    @Option(names = "--dimension", paramLabel = "D", description = "Of so many coordinates, in place of the index's.")
    private Integer dimension;

    @Spec
    private CommandSpec spec;

    @Option(names = "--verify", description = "Read all of it and compare the checksums.")
    private boolean verify;

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    InfoCommand() {}

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            if (budget == null || vectors == null || dimension == null) {
                throw wrong("which index? Name its file, or ask for advice by --vectors, --dimension and --budget");
            }
            Advice advice = advice(vectors, dimension);
            if (json) {
                ruvector.console().printJson(advice.fields());
            } else {
                ruvector.console().print(advice.text());
            }
            return 0;
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        try (SectionReader reader = IndexFile.read(file)) {
            reader.sections()
                    .forEach(name -> sections.put(name, reader.section(name).byteSize()));
            if (verify) {
                reader.verify();
            }
        }
        try (VectorIndex index = IndexFile.open(file, engine.openContext(ruvector.plugins()))) {
            if (json) {
                ruvector.console().printJson(fields(index, sections));
            } else {
                ruvector.console().print(text(index, sections));
            }
        }
        return 0;
    }

    private Map<String, Object> fields(VectorIndex index, Map<String, Object> sections) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put("fileBytes", Files.size(file));
        fields.putAll(IndexFields.of(index.spec()));
        fields.put("size", index.size());
        fields.put("kernel", index.kernel());
        fields.put("bytesPerVector", index.memory().perVector(index.size()));
        fields.put("sections", sections);
        fields.put("memory", IndexFields.of(index.memory()));
        fields.put("verified", verify);
        if (budget != null) {
            fields.putAll(advice(index).fields());
        }
        return fields;
    }

    private Advice advice(VectorIndex index) {
        return advice(
                vectors == null ? index.size() : vectors,
                dimension == null ? index.spec().dimension() : dimension);
    }

    private Advice advice(long count, int coordinates) {
        if (count < 1 || coordinates < 1) {
            throw wrong("--vectors is " + count + " and --dimension " + coordinates + "; both must be at least 1");
        }
        return Advice.of(count, coordinates, bytes());
    }

    private long bytes() {
        String digits = budget.substring(0, Math.max(0, budget.length() - 1));
        long factor = switch (budget.isEmpty() ? ' ' : Character.toLowerCase(budget.charAt(budget.length() - 1))) {
            case 'k' -> 1_000;
            case 'm' -> 1_000_000;
            case 'g' -> 1_000_000_000;
            default -> 1;
        };
        try {
            long bytes = Math.multiplyExact(Long.parseLong(factor == 1 ? budget : digits), factor);
            if (bytes > 0) {
                return bytes;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong("--budget is '" + budget + "'; it must be a number of bytes such as 800m or 2g", e);
        }
        throw wrong("--budget is " + budget + "; it must be positive");
    }

    private ParameterException wrong(String message) {
        return wrong(message, null);
    }

    private ParameterException wrong(String message, Throwable cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }

    private String text(VectorIndex index, Map<String, Object> sections) throws IOException {
        IndexSpec held = index.spec();
        StringBuilder text = new StringBuilder();
        line(text, "file", String.format(Locale.ROOT, "%s, %,d bytes", file, Files.size(file)));
        line(text, "index", held.text());
        line(
                text,
                "vectors",
                String.format(
                        Locale.ROOT,
                        "%,d × %d %s, %s",
                        index.size(),
                        held.dimension(),
                        held.type().text(),
                        held.metric().text()));
        line(text, "kernel", index.kernel());
        line(
                text,
                "per vector",
                String.format(Locale.ROOT, "%.1f bytes", index.memory().perVector(index.size())));
        line(text, "checksums", verify ? "all sections are as they were written" : "not compared (--verify does)");
        TextTable files = new TextTable("section", "bytes in the file");
        sections.forEach((name, bytes) -> files.add(name, String.format(Locale.ROOT, "%,d", (Long) bytes)));
        TextTable memory = new TextTable("memory", "bytes", "kind");
        for (MemoryReport.Part part : index.memory().parts()) {
            memory.add(
                    part.name(),
                    String.format(Locale.ROOT, "%,d", part.bytes()),
                    part.mapped() ? "mapped from the file" : "held in memory");
        }
        return text.append('\n')
                .append(files.plain())
                .append('\n')
                .append(memory.plain())
                .append(budget == null ? "" : "\n" + advice(index).text())
                .toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-12s%s%n", name, value));
    }
}
