package org.ruvector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.bench.Json;
import org.ruvector.datasets.VectorFiles;
import org.ruvector.storage.IndexFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Asks a saved index. */
@Command(
        name = "search",
        description = "Finds the nearest neighbours of vectors, or of a text, in a saved index.",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        footer = {
            "%nExamples:",
            "  ruvector search --index-file index.rvec --query Q.fvecs -k 10 --param ef=100",
            "  ruvector search --index-file glosses.rvec --text \"a place to sleep\" --texts glosses.txt"
        })
final class SearchCommand implements Callable<Integer> {

    @ParentCommand
    private Ruvector ruvector;

    @Option(names = "--index-file", paramLabel = "INDEX", required = true, description = "The saved index.")
    private Path indexFile;

    @ArgGroup(multiplicity = "1")
    private Question question;

    @Option(
            names = {"-k", "--k"},
            paramLabel = "K",
            defaultValue = "10",
            description = "Neighbours wanted, by default ${DEFAULT-VALUE}.")
    private int k;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A search parameter of the index, such as ef=100; may be repeated.")
    private List<String> params = List.of();

    @Option(names = "--queries", paramLabel = "N", description = "Only the first N queries of the file.")
    private Integer queries;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description = "A text for each id from 0, one a line, to be shown beside the hits.")
    private Path texts;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            defaultValue = "minilm",
            description =
                    "What turns --text into a vector, by default ${DEFAULT-VALUE}; the one that made the index's vectors.")
    private String embedder;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private JsonOption json;

    SearchCommand() {}

    /** One of the two must be given. */
    static final class Question {
        @Option(names = "--query", paramLabel = "FILE", description = "Vectors to search for: .fvecs, .npy and others.")
        private Path file;

        @Option(names = "--text", paramLabel = "TEXT", description = "A text to search for.")
        private String text;

        Question() {}
    }

    @Override
    public Integer call() throws IOException {
        Plugins plugins = ruvector.plugins();
        Parameters parameters = Parameters.parse(String.join(",", params));
        List<String> lines = texts == null ? List.of() : Files.readAllLines(texts);
        List<Answer> answers = new ArrayList<>();
        Map<String, Object> fields;
        try (VectorIndex index = IndexFile.open(indexFile, engine.openContext(plugins))) {
            Searcher searcher = index.searcher();
            questions(plugins).forEach((name, query) -> {
                SearchRequest request = SearchRequest.of(query, k).with(parameters);
                answers.add(new Answer(name, searcher.search(request), lines));
            });
            fields = new LinkedHashMap<>(IndexFields.of(index.spec()));
            fields.put("kernel", index.kernel());
        }
        fields.put("searchParams", parameters.toString());
        fields.put("answers", answers.stream().map(Answer::fields).toList());
        json.write(
                ruvector.console(),
                answers.stream().map(Answer::text).collect(Collectors.joining("\n")),
                Json.write(fields));
        return 0;
    }

    /** The queries by what they are called. */
    private Map<String, Query> questions(Plugins plugins) throws IOException {
        Map<String, Query> named = new LinkedHashMap<>();
        if (question.text != null) {
            try (TextEmbedder model = plugins.embedder(embedder).create()) {
                named.put("'" + question.text + "'", Query.of(model.embed(question.text)));
            }
            return named;
        }
        VectorRows rows = VectorFiles.read(question.file);
        int count = queries == null ? rows.count() : Math.min(queries, rows.count());
        for (int q = 0; q < count; q++) {
            named.put("query " + q, rows.query(q));
        }
        return named;
    }
}
