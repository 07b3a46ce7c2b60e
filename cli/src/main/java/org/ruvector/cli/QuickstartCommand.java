package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.bench.Harness;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.HtmlReport;
import org.ruvector.bench.Json;
import org.ruvector.bench.Measurement;
import org.ruvector.bench.PluginContestant;
import org.ruvector.bench.RecallQpsPlot;
import org.ruvector.bench.Report;
import org.ruvector.bench.Sweep;
import org.ruvector.datasets.Dataset;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The first thing to run: every index that there is, compared on real text, and a question answered. */
@Command(
        name = "quickstart",
        description = "Compares all indexes on real text, WordNet's glosses as vectors of meaning: prints a table, writes a"
                + " report with a picture, and answers a question.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector quickstart",
            "  ruvector quickstart --query \"longing for the place where one grew up\" --limit 50000 --out my-report"
        })
final class QuickstartCommand implements Callable<Integer> {

    private static final int K = 10;
    private static final int ANSWERS = 5;
    private static final double GOOD_RECALL = 0.95;

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--query",
            paramLabel = "TEXT",
            defaultValue = "a small domesticated animal that purrs",
            description = "The question, by default '${DEFAULT-VALUE}'.")
    private String query;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many glosses, by default ${DEFAULT-VALUE}, of 116,791.")
    private int limit;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Searching threads to measure with, by default 1 and as many as there are cores.")
    private List<Integer> threads =
            List.of(1, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "ruvector-quickstart",
            description = "Where the report goes, by default ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private JsonOption json;

    QuickstartCommand() {}

    @Override
    public Integer call() throws IOException {
        Console console = ruvector.console();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ProgressDisplay progress = console.progress();
                ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).on(pool, cores).progress(progress);
            console.say("1/3  Data: glosses of WordNet, embedded once and then kept in " + ruvector.cache());
            Dataset glosses = ruvector.sets()
                    .load("wordnet-minilm", ruvector.cache(), Parameters.none().with("limit", limit), context);
            Report report = measure(glosses, context, console);
            Measurement best = SummaryTable.fastest(report, GOOD_RECALL);
            console.say("3/3  Answering, by the fastest at recall " + GOOD_RECALL + ": "
                    + best.subject().label());
            Path saved = Files.createDirectories(out).resolve(best.subject().name() + ".rvec");
            Answer answer = answer(glosses, best, saved, context);
            progress.close();
            write(console, glosses, report, answer);
        }
        return 0;
    }

    private Report measure(Dataset glosses, BuildContext context, Console console) {
        VectorRows rows = glosses.base().rows();
        List<PluginContestant> indexes = PluginContestant.all(context, glosses.metric(), rows.type());
        console.say("2/3  Building and measuring: "
                + indexes.stream().map(PluginContestant::name).collect(Collectors.joining(", ")));
        Sweep sweep = Sweep.parse(
                "ef=10,20,40,80,160,320", K, threads.stream().distinct().sorted().toList());
        Effort effort = new Effort(context.workers().parallelism(), 1, 3, 0.2);
        Trial trial = new Trial(glosses);
        return new Harness(trial.workload(), trial.truth(), sweep, effort)
                .report(trial.provenance(context.seed(), ruvector.typed()), indexes, context.progress());
    }

    /** Builds the index again, this time to keep it, and asks it. */
    private Answer answer(Dataset glosses, Measurement best, Path saved, BuildContext context) throws IOException {
        VectorRows rows = glosses.base().rows();
        IndexSpec spec =
                IndexSpec.parse(best.subject().label(), glosses.metric(), rows.type(), rows.dimension());
        try (VectorIndex index = context.plugins().builder(spec, context).build(rows);
                TextEmbedder embedder = context.plugins().embedder("minilm").create()) {
            if (index instanceof Persistable persistable) {
                IndexFile.save(persistable, saved);
            }
            SearchRequest request =
                    SearchRequest.of(Query.of(embedder.embed(query)), ANSWERS).with(best.point());
            index.search(request);
            return new Answer(query, index.search(request), glosses.base().texts());
        }
    }

    private void write(Console console, Dataset glosses, Report report, Answer answer) throws IOException {
        byte[] plot = RecallQpsPlot.png(report);
        String title = "Ruvector on " + glosses.name();
        Path page = out.resolve("report.html");
        Map<String, Object> fields = new LinkedHashMap<>(report.fields());
        fields.put("answer", answer.fields());
        Files.write(out.resolve("recall-qps.png"), plot);
        Files.writeString(page, HtmlReport.render(title, report, plot, Map.of("A question answered", answer.text())));
        Files.writeString(out.resolve("report.json"), Json.write(fields));
        Files.writeString(out.resolve("report.csv"), report.csv());
        Files.write(out.resolve("glosses.txt"), glosses.base().texts());
        json.write(console, summary(glosses, report, answer), Json.write(fields));
    }

    private String summary(Dataset glosses, Report report, Answer answer) {
        String index = out.resolve("*.rvec").toString();
        return SummaryTable.of(report, K) + "\n" + answer.text() + "\n";
    }
}
