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
import org.ruvector.bench.Report;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.UsualSweep;
import org.ruvector.datasets.Dataset;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The first thing to run: every index that there is, compared on real text, and a question answered. */
@Command(
        name = "quickstart",
        description =
                "Compares all indexes on real text, WordNet's glosses as vectors of meaning: prints a table, writes a"
                        + " report with a picture, and answers a question.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector quickstart",
            "  ruvector quickstart --query \"a place to sleep\" --limit 50000 --out my-report"
        })
final class QuickstartCommand implements Callable<Integer> {

    private static final int K = 10;
    private static final int ANSWERS = 5;
    private static final double GOOD_RECALL = 0.95;
    private static final String HOW_TO_READ = """
            Each gloss of this sample of WordNet was turned into a vector of its meaning by all-MiniLM-L6-v2; 1,000 other
            glosses are the queries, and each asks for its 10 nearest by cosine distance. Recall@10 is the share of the 10 exact
            neighbours that was found, QPS the queries answered per second, and 99 % of the queries took at most p99. A point is
            one search effort (ef): more effort finds more and takes longer. Farther up and to the right is better.
            """;
    private static final String INDEX_FILE = "index.rvec";
    private static final String TEXTS_FILE = "glosses.txt";

    @ParentCommand
    private Ruvector ruvector;

    @Option(
            names = "--query",
            paramLabel = "TEXT",
            defaultValue = "longing for the place where one grew up",
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
    private List<Integer> threads = List.of(1, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.2",
            description = "Shortest timed run, by default ${DEFAULT-VALUE}; the median of three is reported.")
    private double seconds;

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
        Dataset glosses;
        Report report;
        Answer answer;
        try (ProgressDisplay progress = console.progress();
                ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            BuildContext context =
                    engine.buildContext(ruvector.plugins()).on(pool, cores).progress(progress);
            progress.say("1/3  Data: glosses of WordNet, embedded once and then kept in " + ruvector.cache());
            glosses = ruvector.sets()
                    .load("wordnet-minilm", ruvector.cache(), Parameters.none().with("limit", limit), context);
            report = measure(glosses, context, progress);
            Measurement best = SummaryTable.fastest(report, GOOD_RECALL);
            progress.say("3/3  Answering, by the fastest at recall " + GOOD_RECALL + ": "
                    + best.subject().label());
            answer = answer(glosses, best, context);
        }
        write(console, glosses, report, answer);
        return 0;
    }

    private Report measure(Dataset glosses, BuildContext context, ProgressDisplay progress) {
        VectorRows rows = glosses.base().rows();
        List<PluginContestant> indexes = PluginContestant.all(context, glosses.metric(), rows.type());
        progress.say("2/3  Building and measuring: "
                + indexes.stream().map(PluginContestant::name).collect(Collectors.joining(", ")));
        Trial trial = new Trial(glosses);
        List<Integer> team = threads.stream().distinct().sorted().toList();
        // What comes after nearly everything was found would only take time.
        Sweep sweep = UsualSweep.of(indexes, trial.workload(), K, team).until(0.9995);
        Effort effort = new Effort(context.workers().parallelism(), 1, 3, seconds);
        return new Harness(trial.workload(), trial.truth(), sweep, effort)
                .report(trial.provenance(context.seed(), ruvector.typed()), indexes, context.progress());
    }

    /** Builds the index again, this time to keep it, and asks it. */
    private Answer answer(Dataset glosses, Measurement best, BuildContext context) throws IOException {
        VectorRows rows = glosses.base().rows();
        IndexSpec spec = IndexSpec.parse(best.subject().label(), glosses.metric(), rows.type(), rows.dimension());
        try (VectorIndex index = context.plugins().builder(spec, context).build(rows);
                TextEmbedder embedder = context.plugins().embedder("minilm").create()) {
            if (index instanceof Persistable persistable) {
                IndexFile.save(persistable, Files.createDirectories(out).resolve(INDEX_FILE));
            }
            SearchRequest request =
                    SearchRequest.of(Query.of(embedder.embed(query)), ANSWERS).with(best.point());
            index.search(request);
            return new Answer(
                    "'" + query + "'", index.search(request), glosses.base().texts());
        }
    }

    private void write(Console console, Dataset glosses, Report report, Answer answer) throws IOException {
        Files.createDirectories(out);
        byte[] plot = console.plot(report);
        String title = "Ruvector on " + glosses.name();
        Path page = out.resolve("report.html");
        Map<String, Object> fields = new LinkedHashMap<>(report.fields());
        fields.put("answer", answer.fields());
        if (plot.length > 0) {
            Files.write(out.resolve("recall-qps.png"), plot);
        }
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("How to read this", HOW_TO_READ);
        notes.put("A question answered", answer.text());
        Files.writeString(page, HtmlReport.render(title, report, plot, notes));
        Files.writeString(out.resolve("report.json"), Json.write(fields));
        Files.writeString(out.resolve("report.csv"), report.csv());
        Files.write(out.resolve(TEXTS_FILE), glosses.base().texts());
        String text = SummaryTable.of(report, K) + "\n" + answer.text() + "\n" + closing(glosses, report, page);
        json.write(console, text, Json.write(fields));
    }

    private String closing(Dataset glosses, Report report, Path page) {
        Path index = out.resolve(INDEX_FILE);
        String search = Files.exists(index)
                ? "./ruvector search --index-file " + index + " --texts " + out.resolve(TEXTS_FILE)
                        + " -k 5 --text \"a place to sleep\""
                : "./ruvector bench --help";
        return "Report      " + page.toAbsolutePath() + "\n"
                + "Data        " + glosses.name() + ", SHA-256 "
                + glosses.provenance().checksum() + "\n"
                + "Seed        " + report.provenance().facts().get("seed") + "\n"
                + "Next steps  " + search + "\n";
    }
}
