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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells what a saved index is. */
@Command(
        name = "info",
        description = "Tells what a saved index holds: header, sections and memory.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector info index.rvec", "  ruvector info --verify index.rvec"})
final class InfoCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Parameters(paramLabel = "INDEX", description = "The saved index.")
    private Path file;

    @Option(names = "--verify", description = "Read all of it and compare the checksums.")
    private boolean verify;

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    InfoCommand() {}

    @Override
    public Integer call() throws IOException {
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
        return fields;
    }

    private String text(VectorIndex index, Map<String, Object> sections) throws IOException {
        IndexSpec spec = index.spec();
        StringBuilder text = new StringBuilder();
        line(text, "file", String.format(Locale.ROOT, "%s, %,d bytes", file, Files.size(file)));
        line(text, "index", spec.text());
        line(
                text,
                "vectors",
                String.format(
                        Locale.ROOT,
                        "%,d × %d %s, %s",
                        index.size(),
                        spec.dimension(),
                        spec.type().text(),
                        spec.metric().text()));
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
                .toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-12s%s%n", name, value));
    }
}
