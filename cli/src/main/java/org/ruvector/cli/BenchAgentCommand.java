package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.AgentStudy;
import org.ruvector.bench.Json;
import org.ruvector.bench.SweepPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Studies what an agent gains from its memory. */
@Command(
        name = "bench-agent",
        description =
                "Simulates agents that recall what they did by utility and by similarity alone, in worlds with effects"
                        + " and in worlds where nothing matters, and skills that grow out of episodes: rewards, with intervals over"
                        + " worlds, for all weights of the utility.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {"%nExamples:", "  ruvector bench-agent --worlds 100 --markdown agent.md --png agent.png"})
final class BenchAgentCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--worlds",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many worlds to simulate, by default ${DEFAULT-VALUE}.")
    private int worlds;

    @Option(
            names = "--learnt",
            paramLabel = "N",
            defaultValue = "300",
            description = "Tasks that an agent has done before, by default ${DEFAULT-VALUE}.")
    private int learnt;

    @Option(
            names = "--asked",
            paramLabel = "N",
            defaultValue = "200",
            description = "Tasks that it then recalls for, by default ${DEFAULT-VALUE}.")
    private int asked;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "800",
            description = "Episodes that skills grow out of, by default ${DEFAULT-VALUE}.")
    private int episodes;

    @Mixin
    private JsonOption json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the tables as Markdown.")
    private Path markdown;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw rewards against the weights.")
    private Path png;

    BenchAgentCommand() {}

    @Override
    public Integer call() throws IOException {
        AgentStudy.Size size = new AgentStudy.Size(worlds, learnt, asked, episodes);
        Map<String, Object> result = AgentStudy.run(size, BuildContext.of(ruvector.plugins()), ruvector.typed());
        Map<String, Object> figures = new LinkedHashMap<>(result);
        figures.remove("markdown");
        Console console = ruvector.console();
        json.write(console, (String) result.get("table"), Json.write(figures));
        if (markdown != null) {
            console.write(markdown, (String) result.get("markdown"));
        }
        if (png != null) {
            console.write(png, SweepPlot.png(result));
        }
        return 0;
    }
}
