package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.EffectStudy;
import org.ruvector.bench.Json;
import org.ruvector.hypergraph.causal.PlantedTruth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Judges estimators of effects where the truth is known. */
@Command(
        name = "bench-effects",
        description =
                "Lets estimators of effects judge simulated observations whose true effect is known and confounded,"
                        + " with right models and wrong ones: how far off they are, and how often their intervals hold the truth.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-effects --runs 2000 --markdown effects.md"})
final class BenchEffectsCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many times to draw observations, by default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "4000",
            description = "How many observations to draw each time, by default ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--effect",
            paramLabel = "X",
            defaultValue = "1",
            description = "The true effect, by default ${DEFAULT-VALUE}.")
    private double effect;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + BuildContext.DEFAULT_SEED,
            description = "Decides the draws, by default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private JsonOption json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table as Markdown.")
    private Path markdown;

    BenchEffectsCommand() {}

    @Override
    public Integer call() throws IOException {
        Map<String, Object> result = EffectStudy.run(new PlantedTruth(rows, effect), runs, seed, ruvector.typed());
        Map<String, Object> figures = new LinkedHashMap<>(result);
        figures.remove("markdown");
        json.write(ruvector.console(), (String) result.get("table"), Json.write(figures));
        if (markdown != null) {
            ruvector.console().write(markdown, (String) result.get("markdown"));
        }
        return 0;
    }
}
