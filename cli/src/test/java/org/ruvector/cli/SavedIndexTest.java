package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.Plugins;

/** build, info, search and doctor, one after another. */
final class SavedIndexTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw"})
    void what_is_built_is_found_described_and_healthy(String name) throws IOException {
        assumeTrue(
                Plugins.load().indexes().stream().anyMatch(index -> index.name().equals(name)), name + " is there");
        String base = TinyData.file(folder, "b.fvecs", 500, 3).toString();
        String index = folder.resolve("i.rvec").toString();

        Run build = Run.of(
                        "build",
                        "--base",
                        base,
                        "--metric",
                        "euclidean",
                        "--index",
                        name,
                        "--out",
                        index,
                        "--threads",
                        "1",
                        "--json")
                .succeeded();
        assertEquals(500, build.json().get("size"));
        assertEquals(name, build.json().get("name"));

        Run info = Run.of("info", "--verify", "--json", index).succeeded();
        assertEquals(500, info.json().get("size"));
        assertEquals("euclidean", info.json().get("metric"));
        assertEquals(TinyData.DIMENSION, info.json().get("dimension"));
        assertEquals(true, info.json().get("verified"));
        assertEquals((int) Files.size(Path.of(index)), info.json().get("fileBytes"));
        assertTrue(Run.of("info", index).succeeded().out().contains("500 × 8 float32, euclidean"));
        Run advised =
                Run.of("info", index, "--vectors", "1000000", "--budget", "1m").succeeded();
        assertTrue(advised.out().contains("1,000,000 × 8 float32 in 1,000,000 bytes: nothing"), advised.out());

        Run search = Run.of("search", "--index-file", index, "--query", base, "-k", "3", "--queries", "40", "--json")
                .succeeded();
        List<?> answers = (List<?>) search.json().get("answers");
        assertEquals(40, answers.size());
        for (int q = 0; q < answers.size(); q++) {
            List<?> hits = (List<?>) ((Map<?, ?>) answers.get(q)).get("hits");
            assertEquals(3, hits.size());
            assertEquals(q, ((Map<?, ?>) hits.getFirst()).get("id"));
            assertEquals(0.0, ((Number) ((Map<?, ?>) hits.getFirst()).get("distance")).doubleValue());
        }

        Run doctor = Run.of("doctor", index, "--json").succeeded();
        assertEquals(true, doctor.json().get("healthy"));
        assertTrue(Run.of("doctor", index).succeeded().out().endsWith("Healthy.\n"));
    }

    @Test
    void advice_needs_no_index() {
        Run run = Run.of("info", "--vectors", "1000000", "--dimension", "384", "--budget", "1g", "--json")
                .succeeded();
        List<?> advice = (List<?>) run.json().get("advice");
        for (Object one : advice) {
            assertTrue(((Number) ((Map<?, ?>) one).get("memoryBytes")).doubleValue() <= 1e9, one.toString());
        }
        assertTrue(
                advice.stream()
                        .anyMatch(one -> ((Map<?, ?>) one).get("index").equals("hnsw:quantizer=sq8,filter=binary")),
                advice.toString());
        assertTrue(Run.of("info", "--budget", "1g").failed(2).contains("which index?"));
        assertTrue(Run.of("info", "--vectors", "1", "--dimension", "1", "--budget", "much")
                .failed(2)
                .contains("--budget is 'much'; it must be a number of bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw"})
    void a_repaired_index_is_a_new_file_that_answers_alike(String name) throws IOException {
        assumeTrue(
                Plugins.load().indexes().stream().anyMatch(index -> index.name().equals(name)), name + " is there");
        String base = TinyData.file(folder, "b.fvecs", 200, 4).toString();
        String index = folder.resolve("i.rvec").toString();
        String mended = folder.resolve("m.rvec").toString();
        Run.of("build", "--base", base, "--metric", "cosine", "--index", name, "--out", index)
                .succeeded();
        byte[] before = Files.readAllBytes(Path.of(index));
        Run doctor = Run.of("doctor", index, "--repair", "--out", mended, "--sample", "20");
        if (name.equals("flat")) {
            assertTrue(doctor.failed(2).contains("nothing to mend"));
            return;
        }
        assertTrue(doctor.succeeded().out().contains("saved to " + mended));
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(Path.of(index))));
        assertEquals(hits(index, base), hits(mended, base));
    }

    private static Object hits(String index, String base) {
        Run run = Run.of("search", "--index-file", index, "--query", base, "--json")
                .succeeded();
        return ((List<?>) run.json().get("answers"))
                .stream().map(answer -> ((Map<?, ?>) answer).get("hits")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw"})
    void texts_stand_beside_the_hits(String name) throws IOException {
        assumeTrue(
                Plugins.load().indexes().stream().anyMatch(index -> index.name().equals(name)), name + " is there");
        String base = TinyData.file(folder, "b.fvecs", 3, 5).toString();
        String index = folder.resolve("i.rvec").toString();
        Path texts = Files.writeString(folder.resolve("t.txt"), "one: 1\ntwo: 2\nthree: " + "3".repeat(200) + "\n");
        Run.of("build", "--base", base, "--metric", "manhattan", "--index", name, "--out", index)
                .succeeded();
        Run run = Run.of("search", "--index-file", index, "--query", base, "--texts", texts.toString())
                .succeeded();
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("Nearest to query 0: "), run.out());
        assertTrue(lines.get(1).endsWith("0  one: 1"), run.out());
        assertTrue(run.out().contains("three: 333") && run.out().contains("3…\n"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw"})
    void a_search_that_does_not_fit_the_index_is_refused(String name) throws IOException {
        assumeTrue(
                Plugins.load().indexes().stream().anyMatch(index -> index.name().equals(name)), name + " is there");
        String base = TinyData.file(folder, "b.fvecs", 10, 6).toString();
        String index = folder.resolve("i.rvec").toString();
        Run.of("build", "--base", base, "--metric", "euclidean", "--index", name, "--out", index)
                .succeeded();
        assertTrue(Run.of("search", "--index-file", index, "--query", base, "--param", "nope=1")
                .failed(2)
                .contains("nope"));
        assertTrue(Run.of("search", "--index-file", index, "--query", base, "-k", "0")
                .failed(2)
                .contains("at least 1"));
        assertTrue(Run.of("search", "--index-file", index).failed(2).contains("--query"));
    }
}
