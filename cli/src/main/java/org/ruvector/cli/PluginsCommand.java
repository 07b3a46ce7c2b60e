package org.ruvector.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Provider;
import org.ruvector.bench.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists what is there. */
@Command(
        name = "plugins",
        description =
                "Lists the indexes, quantizers, kernels and text embedders on the module path, and which of them can run"
                        + " here. The kernel marked with * is the one that is used.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector plugins", "  ruvector plugins --json"})
final class PluginsCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    PluginsCommand() {}

    private record Line(String kind, Provider provider, String about, boolean chosen) {

        String reason() {
            return switch (provider.availability()) {
                case Availability.Usable _ -> "";
                case Availability.Unusable(String reason) -> reason;
            };
        }

        String module() {
            Module module = provider.getClass().getModule();
            return module.isNamed() ? module.getName() : "(class path)";
        }
    }

    @Override
    public Integer call() {
        List<Line> lines = lines(ruvector.plugins());
        if (json) {
            ruvector.console()
                    .printJson(lines.stream().map(PluginsCommand::fields).toList());
            return 0;
        }
        TextTable table = new TextTable("kind", "name", "module", "runs here", "what it knows");
        for (Line line : lines) {
            table.add(
                    line.kind,
                    line.provider.name() + (line.chosen ? " *" : ""),
                    line.module(),
                    line.reason().isEmpty() ? "yes" : "no: " + line.reason(),
                    line.about);
        }
        ruvector.console().print(table.plain());
        return 0;
    }

    private static List<Line> lines(Plugins plugins) {
        List<Line> lines = new ArrayList<>();
        plugins.indexes().forEach(index -> lines.add(new Line("index", index, about(index), false)));
        plugins.quantizers().forEach(quantizer -> lines.add(new Line("quantizer", quantizer, "", false)));
        KernelProvider chosen = plugins.kernel();
        plugins.kernels()
                .forEach(kernel -> lines.add(new Line("kernel", kernel, kernel.describe(), kernel.equals(chosen))));
        plugins.embedders().forEach(embedder -> lines.add(new Line("embedder", embedder, "", false)));
        return lines;
    }

    private static String about(IndexProvider index) {
        return index.metrics().stream().sorted().map(Metric::text).collect(Collectors.joining(", ")) + "; "
                + index.elementTypes().stream().sorted().map(ElementType::text).collect(Collectors.joining(", "));
    }

    private static Map<String, Object> fields(Line line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", line.kind);
        fields.put("name", line.provider.name());
        fields.put("module", line.module());
        fields.put("usable", line.reason().isEmpty());
        fields.put("reason", line.reason().isEmpty() ? null : line.reason());
        fields.put("about", line.about);
        fields.put("chosen", line.provider instanceof KernelProvider ? line.chosen : null);
        return fields;
    }
}
