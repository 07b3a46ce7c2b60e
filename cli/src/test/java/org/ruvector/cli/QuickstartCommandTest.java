package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.TextEmbedder;
import org.ruvector.api.spi.TextEmbedderProvider;
import org.ruvector.bench.PluginContestant;
import org.ruvector.datasets.Dataset;
import org.ruvector.datasets.GroundTruth;
import org.ruvector.datasets.Provenance;
import org.ruvector.datasets.Split;

/** The main job on made-up vectors: what is embedded is the length of a text. */
final class QuickstartCommandTest {

    private static final int COUNT = 400;

    @TempDir
    private Path folder;

    private static float[] vector(int length) {
        float[] vector = new float[TinyData.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) Math.cos(length * (i + 1) * 0.001);
        }
        return vector;
    }

    private static VectorRows rows(int from, int to) {
        float[] all = new float[(to - from) * TinyData.DIMENSION];
        for (int row = from; row < to; row++) {
            System.arraycopy(vector(row), 0, all, (row - from) * TinyData.DIMENSION, TinyData.DIMENSION);
        }
        return VectorRows.ofFloats(all, TinyData.DIMENSION);
    }

    private static Dataset glosses(String name, Path cache, Parameters options, BuildContext context) {
        int limit = options.getInt("limit", COUNT);
        VectorRows base = rows(0, limit);
        VectorRows queries = rows(limit, limit + 10);
        List<String> texts = IntStream.range(0, limit)
                .mapToObj(i -> "word" + i + ": gloss " + i)
                .toList();
        return new Dataset(
                Provenance.of(name, Metric.COSINE, base, queries, Map.of("source", "made up")),
                new Split(base, new int[0], texts),
                Split.of(queries),
                GroundTruth.exact(base, queries, Metric.COSINE, 10, context));
    }

    private static final class LengthEmbedder implements TextEmbedderProvider, TextEmbedder {
        @Override
        public String name() {
            return "minilm";
        }

        @Override
        public TextEmbedder create() {
            return this;
        }

        @Override
        public int dimension() {
            return TinyData.DIMENSION;
        }

        @Override
        public int maxTokens() {
            return 256;
        }

        @Override
        public float[] embed(String text) {
            return vector(text.length());
        }

        @Override
        public void embedAll(List<String> texts, float[] out) {
            throw new AssertionError("the quickstart embeds one text");
        }

        @Override
        public void close() {}
    }

    private Run quickstart(String... more) {
        Plugins plugins = Plugins.none().with(new LengthEmbedder());
        for (IndexProvider index : Plugins.load().indexes()) {
            plugins = plugins.with(index);
        }
        for (QuantizerProvider quantizer : Plugins.load().quantizers()) {
            plugins = plugins.with(quantizer);
        }
        Plugins all = plugins;
        Session session = new Session(() -> all, QuickstartCommandTest::glosses, () -> false);
        List<String> args = new ArrayList<>(
                List.of("quickstart", "--out", folder.toString(), "--limit", "" + COUNT, "--seconds", "0"));
        args.addAll(Arrays.asList(more));
        return Run.in(session, args.toArray(String[]::new));
    }

    @Test
    void a_table_is_printed_a_report_written_and_the_question_answered() throws IOException {
        Run run = quickstart("--threads", "1,2", "--query", "x".repeat(123)).succeeded();
        for (String part : List.of(
                "recall@10",
                "QPS, 1 thread",
                "QPS, 2 threads",
                "p99 µs",
                "build s",
                "bytes/vector",
                "scalar",
                "SHA-256",
                "Seed        42",
                "Next steps  ./ruvector ")) {
            assertTrue(run.out().contains(part), part + " in " + run.out());
        }
        BuildContext context = BuildContext.of(Plugins.load());
        for (PluginContestant index : PluginContestant.all(context, Metric.COSINE, ElementType.FLOAT32)) {
            assertTrue(run.out().lines().anyMatch(line -> line.startsWith(index.name() + " ")), index.name());
        }
        assertTrue(run.out().lines().anyMatch(line -> line.matches("   1\\. .* 123  word123: gloss 123")), run.out());
        assertTrue(run.out().contains(folder.resolve("report.html").toString()), run.out());

        String html = Files.readString(folder.resolve("report.html"));
        assertTrue(html.contains("How to read this") && html.contains("word123") && html.contains("recall"));
        if (!run.err().contains("no fonts")) {
            assertTrue(html.contains("data:image/png;base64,"));
            assertEquals((byte) 'P', Files.readAllBytes(folder.resolve("recall-qps.png"))[1]);
        }
        assertEquals(COUNT, Files.readAllLines(folder.resolve("glosses.txt")).size());
        assertTrue(Run.json(Files.readString(folder.resolve("report.json"))).containsKey("answer"));
    }

    @Test
    void the_next_step_works() throws IOException {
        quickstart("--threads", "1").succeeded();
        String index = folder.resolve("index.rvec").toString();
        String query = TinyData.file(folder, "q.fvecs", 1, 7).toString();
        Run.of(
                        "search",
                        "--index-file",
                        index,
                        "--query",
                        query,
                        "--texts",
                        folder.resolve("glosses.txt").toString())
                .succeeded();
    }

    @Test
    void json_replaces_the_text_on_stdout() {
        Map<String, Object> json =
                quickstart("--threads", "1", "--json").succeeded().json();
        assertTrue(json.keySet().containsAll(List.of("provenance", "records", "answer")), "" + json.keySet());
    }

    @Test
    void steps_are_told_on_stderr() {
        List<String> lines =
                quickstart("--threads", "1").succeeded().err().lines().toList();
        assertEquals(
                3, lines.stream().filter(line -> line.matches("[123]/3  .*")).count(), "" + lines);
    }
}
