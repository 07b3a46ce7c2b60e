package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.datasets.GroundTruth;
import org.ruvector.datasets.IntTable;
import org.ruvector.datasets.VectorFiles;

final class BenchCommandTest {

    private static final List<String> FIELDS =
            List.of("name", "params", "recall", "qps", "p50", "p95", "p99", "buildSeconds", "bytesPerVector", "kernel");

    @TempDir
    private Path folder;

    private Path base;
    private Path query;

    @BeforeEach
    void write_files() throws IOException {
        base = TinyData.file(folder, "b.fvecs", 300, 1);
        query = TinyData.file(folder, "q.fvecs", 20, 2);
    }

    private Run bench(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "bench",
                "--base",
                base.toString(),
                "--query",
                query.toString(),
                "--metric",
                "euclidean",
                "--repetitions",
                "1",
                "--seconds",
                "0",
                "--cache",
                folder.resolve("cache").toString()));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> records(Map<String, Object> json) {
        return (List<Map<String, Object>>) json.get("records");
    }

    @Test
    void json_goes_to_stdout_alone_and_is_complete() {
        Run run = bench("--index", "flat", "--threads", "1,2", "--build-threads", "1", "--json")
                .succeeded();
        Map<String, Object> json = run.json();
        assertEquals(2, records(json).size());
        for (Map<String, Object> record : records(json)) {
            FIELDS.forEach(field -> assertTrue(record.get(field) != null, field + " in " + record));
            assertEquals("flat", record.get("name"));
            assertEquals(1.0, ((Number) record.get("recall")).doubleValue());
            assertTrue(((Number) record.get("qps")).doubleValue() > 0);
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> provenance = (Map<String, Object>) json.get("provenance");
        assertEquals(300, provenance.get("n"));
        assertEquals("b.fvecs", provenance.get("dataset"));
        assertTrue(((String) provenance.get("command")).startsWith("./ruvector bench --base "), "" + provenance);
    }

    @Test
    void every_form_of_report_is_written() throws IOException {
        Path out = folder.resolve("new");
        Run run = bench(
                        "--index",
                        "flat",
                        "--json",
                        out.resolve("r.json").toString(),
                        "--csv",
                        out.resolve("r.csv").toString(),
                        "--html",
                        out.resolve("r.html").toString(),
                        "--markdown",
                        out.resolve("r.md").toString())
                .succeeded();
        assertTrue(run.out().contains("recall") && run.out().contains("flat"), run.out());
        assertEquals(
                1, records(Run.json(Files.readString(out.resolve("r.json")))).size());
        assertTrue(Files.readString(out.resolve("r.csv")).contains("\nflat,"));
        assertTrue(Files.readString(out.resolve("r.md")).contains("| flat"));
        assertTrue(Files.readString(out.resolve("r.html")).contains("All measurements"));
        assertEquals(
                4, run.err().lines().filter(line -> line.startsWith("Wrote ")).count(), run.err());
    }

    @Test
    void the_curves_are_drawn() throws IOException {
        Path png = folder.resolve("r.png");
        Run run = bench("--index", "flat", "--png", png.toString());
        assumeFalse(run.err().contains("no fonts"), run.err());
        run.succeeded();
        assertEquals((byte) 'P', Files.readAllBytes(png)[1]);
    }

    @Test
    void without_an_index_all_are_measured_each_over_what_it_knows() {
        List<Map<String, Object>> records =
                records(bench("--k", "5", "--json").succeeded().json());
        List<Object> names = records.stream().map(r -> r.get("name")).distinct().toList();
        List<String> known = Plugins.load().indexes().stream()
                .filter(index -> index.metrics().contains(Metric.EUCLIDEAN))
                .map(index -> index.name())
                // It ranks clusters, and is no index of vectors.
                .filter(name -> !name.equals("router"))
                .toList();
        assertEquals(known, names);
        assertEquals(
                1, records.stream().filter(r -> r.get("name").equals("flat")).count());
        assertTrue(
                !known.contains("hnsw")
                        || records.stream().anyMatch(r -> r.get("searchParams").equals("ef=800")),
                "" + records);
    }

    @Test
    void given_truth_is_used() throws IOException {
        GroundTruth exact = GroundTruth.exact(
                TinyData.rows(300, 1), TinyData.rows(20, 2), Metric.EUCLIDEAN, 10, BuildContext.of(Plugins.load()));
        Path truth = folder.resolve("t.ivecs");
        VectorFiles.writeInts(truth, new IntTable(exact.ids(), 10));
        Run run = bench("--index", "flat", "--truth", truth.toString(), "--queries", "7", "--json")
                .succeeded();
        assertEquals(1.0, ((Number) records(run.json()).getFirst().get("recall")).doubleValue());
        String line = bench("--index", "flat", "--truth", truth.toString(), "--k", "11")
                .failed(2);
        assertTrue(line.contains("lists 10 neighbours") && line.contains("--k is 11"), line);
        assertTrue(
                bench("--truth", truth.toString(), "--limit", "100").failed(2).contains("--limit"));
    }

    @Test
    void wrong_truth_is_refused() throws IOException {
        Path truth = folder.resolve("t.ivecs");
        VectorFiles.writeInts(truth, new IntTable(new int[20 * 10], 10));
        assertTrue(bench("--truth", truth.toString()).failed(2).contains("twice"));
    }

    @Test
    void only_the_first_vectors_are_taken_with_a_limit() {
        Run run = bench("--index", "flat", "--limit", "40", "--queries", "3", "--json")
                .succeeded();
        @SuppressWarnings("unchecked")
        Map<String, Object> provenance = (Map<String, Object>) run.json().get("provenance");
        assertEquals(40, provenance.get("n"));
        assertEquals(3, provenance.get("queries"));
    }

    @Test
    void wrong_options_are_refused_before_any_work() {
        assertTrue(bench("--sweep", "ef").failed(2).contains("name=value"));
        assertTrue(bench("--peers", "nobody", "--index", "flat").failed(2).contains("hnswlib"));
        assertTrue(bench("--k", "0", "--index", "flat").failed(2).contains("at least 1"));
        assertTrue(bench("--threads", "0").failed(2).contains("at least 1"));
        assertTrue(bench("--index", "flat", "--sweep", "nope=1").failed(2).contains("nope"));
        assertTrue(bench("--index", "flat:nope=1").failed(2).contains("nope"));
    }
}
