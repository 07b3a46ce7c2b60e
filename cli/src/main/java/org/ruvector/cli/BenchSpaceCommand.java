package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.SpaceBench;
import org.ruvector.bench.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures the bytes of indexes. */
@Command(
        name = "bench-space",
        description =
                "Measures the bytes of indexes, built in memory and opened from their files, and the recall@10 that"
                        + " they buy with the default search parameters.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector bench-space --dataset wordnet-minilm --limit 100000 --scale 1000000",
            "  ruvector bench-space --dataset fashion-mnist --queries 1000 --index hnsw:quantizer=sq8,filter=binary"
        })
final class BenchSpaceCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--index",
            paramLabel = "SPEC",
            description = "An index to measure, as name or name:parameter=value,...; may be repeated. By default"
                    + " the usual combinations of indexes and codes.")
    private List<String> indexes = SpaceBench.USUAL;

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "For how many vectors to print the bytes, by default ${DEFAULT-VALUE}.")
    private long scale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Every random choice follows from it, by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--tsv", paramLabel = "FILE", description = "Write the bytes per vector, with tabs between cells.")
    private Path tsv;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table as Markdown.")
    private Path markdown;

    BenchSpaceCommand() {}

    @Override
    public Integer call() throws IOException {
        Console console = ruvector.console();
        List<SpaceBench.Space> spaces = new ArrayList<>();
        Provenance provenance;
        try (ProgressDisplay progress = console.progress()) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).seed(seed).progress(progress);
            Trial trial = data.load(ruvector, context, SpaceBench.K);
            provenance = trial.provenance(seed, ruvector.typed());
            int[][] truth = trial.truth();
            for (String index : indexes) {
                spaces.add(SpaceBench.measure(trial.workload(), truth, index, context, ruvector.cache()));
            }
        }
        TextTable table = SpaceBench.table(spaces, scale);
        console.print(table.plain());
        if (tsv != null) {
            console.write(tsv, SpaceBench.tsv(spaces, provenance));
        }
        if (markdown != null) {
            console.write(
                    markdown,
                    String.format(Locale.ROOT, "Bytes for %,d vectors of this kind.%n%n", scale)
                            + table.markdown()
                            + "\n"
                            + provenance.markdown());
        }
        return 0;
    }
}
