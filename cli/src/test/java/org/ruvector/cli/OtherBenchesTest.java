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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherBenchesTest {

    @TempDir
    private Path folder;

    private Run run(String command, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                command,
                "--base",
                TinyData.file(folder, "b.fvecs", 200, 1).toString(),
                "--query",
                TinyData.file(folder, "q.fvecs", 10, 2).toString(),
                "--metric",
                "euclidean",
                "--index",
                "flat",
                "--repetitions",
                "1",
                "--cache",
                folder.resolve("cache").toString()));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(String[]::new));
    }

    @Test
    void opening_is_measured_and_answers_are_compared() throws IOException {
        Map<String, Object> json = run("bench-open", "--json").succeeded().json();
        assertEquals("flat", json.get("index"));
        assertEquals(10, json.get("identicalAnswers"));
        assertTrue(((Number) json.get("freshMedianMillis")).doubleValue() > 0);
        assertTrue(run("bench-open").succeeded().out().contains("10 answers compared"));
    }

    @Test
    void bytes_are_measured_in_memory_and_in_the_file() throws IOException {
        Path tsv = folder.resolve("out/space.tsv");
        Path markdown = folder.resolve("out/space.md");
        Run run = Run.of(
                "bench-space",
                "--base",
                TinyData.file(folder, "b.fvecs", 200, 1).toString(),
                "--query",
                TinyData.file(folder, "q.fvecs", 10, 2).toString(),
                "--metric=euclidean",
                "--index=hnsw:quantizer=sq8,filter=binary",
                "--scale=1000000",
                "--tsv=" + tsv,
                "--markdown=" + markdown,
                "--cache=" + folder.resolve("cache"));
        assertEquals(3, run.succeeded().out().lines().count(), run.out());
        String last = Files.readAllLines(tsv).getLast();
        String[] cells = last.split("\t", -1);
        assertEquals("hnsw:quantizer=sq8,filter=binary", cells[0]);
        assertEquals(4.0 * TinyData.DIMENSION, Double.parseDouble(cells[6]), last);
        assertTrue(Files.readString(markdown).contains("Bytes for 1,000,000 vectors"));
    }

    @Test
    void a_mixed_load_is_measured_while_the_index_retrains() throws IOException {
        Path markdown = folder.resolve("out/hybrid.md");
        Map<String, Object> json = Run.of(
                        "bench-hybrid",
                        "--base",
                        TinyData.file(folder, "b.fvecs", 200, 1).toString(),
                        "--query",
                        TinyData.file(folder, "q.fvecs", 10, 2).toString(),
                        "--metric=euclidean",
                        "--index=hybrid:segment=ml-index,delta=hnsw",
                        "--search=delta.ef=50",
                        "--minutes=0.01",
                        "--markdown=" + markdown,
                        "--json")
                .succeeded()
                .json();
        assertEquals(100, json.get("inserts"));
        assertEquals(0, json.get("lost"));
        assertTrue(Files.readString(markdown).contains("100 inserts"));
    }

    @Test
    void filters_are_measured_against_their_rivals() throws IOException {
        Run run = run("bench-filter", "--sweep", "ef=10,20", "--shares", "0.5,0.1", "--seconds", "0", "--json");
        assumeFalse(run.exitCode() == 2 && run.err().contains("hnswlib"), run.err());
        List<?> ratios = (List<?>) run.succeeded().json().get("ratios");
        assertEquals(2, ratios.size());
        assertEquals("random", ((Map<?, ?>) ratios.getFirst()).get("filter"));
    }

    @Test
    void scorers_are_measured_in_virtual_machines_of_their_own() {
        // Nothing is claimed from these figures, so that another run of JMH on this machine does no harm.
        System.setProperty("jmh.ignoreLock", "true");
        Run run = Run.of(
                "bench-scorers",
                "--quantizer",
                "rabitq:bits=1",
                "--dimensions",
                "64",
                "--vectors",
                "1000",
                "--forks",
                "1",
                "--seconds",
                "0.05",
                "--json");
        List<?> records = (List<?>) run.json().get("records");
        assertEquals(6, records.size());
        for (Object record : records) {
            assertTrue(((Number) ((Map<?, ?>) record).get("nanosPerVector")).doubleValue() > 0, record.toString());
        }
        assertEquals(((List<?>) run.json().get("allocating")).isEmpty() ? 0 : 1, run.exitCode());
    }

    @Test
    void estimators_of_effects_are_judged_by_the_truth() throws IOException {
        Path markdown = folder.resolve("out/effects.md");
        Map<String, Object> json = Run.of(
                        "bench-effects", "--runs=20", "--rows=200", "--effect=3", "--markdown=" + markdown, "--json")
                .succeeded()
                .json();
        List<?> records = (List<?>) json.get("records");
        assertEquals(7, records.size());
        Map<?, ?> both = (Map<?, ?>) records.get(3);
        assertEquals("AIPW, both right", both.get("estimator"));
        assertEquals(3, ((Number) both.get("meanEffect")).doubleValue(), 0.5);
        assertTrue(Files.readString(markdown).contains("AIPW, both wrong"));
    }

    @Test
    void what_agents_gain_from_their_memory_is_simulated() throws IOException {
        Path markdown = folder.resolve("out/agent.md");
        Path png = folder.resolve("out/agent.png");
        Map<String, Object> json = Run.of(
                        "bench-agent",
                        "--worlds=2",
                        "--learnt=60",
                        "--asked=20",
                        "--episodes=20",
                        "--markdown=" + markdown,
                        "--png=" + png,
                        "--json")
                .succeeded()
                .json();
        assertEquals(2 * (3 + 3 * 8 + 2), ((List<?>) json.get("records")).size());
        assertEquals(2, ((List<?>) json.get("skills")).size());
        assertTrue(Files.readString(markdown).contains("similarity alone"));
        assertTrue(Files.size(png) > 1_000);
    }

    @Test
    void hypergraphs_are_measured_beside_a_bipartite_graph() {
        System.setProperty("jmh.ignoreLock", "true");
        List<?> records =
                (List<?>) Run.of("bench-hypergraph", "--hyperedges=2000", "--forks=1", "--seconds=0.02", "--json")
                        .succeeded()
                        .json()
                        .get("records");
        assertEquals(2, records.size());
        for (Object record : records) {
            Map<?, ?> figures = (Map<?, ?>) record;
            for (String name : List.of("insertsPerSecond", "latestHourMillis", "twoHopsMillis")) {
                assertTrue(((Number) figures.get(name)).doubleValue() > 0, figures.toString());
            }
        }
    }
}
