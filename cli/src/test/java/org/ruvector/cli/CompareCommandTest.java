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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {

    @TempDir
    private Path folder;

    private Path base;
    private Path query;

    @BeforeEach
    void write_files() throws IOException {
        base = TinyData.file(folder, "b.fvecs", 300, 1);
        query = TinyData.file(folder, "q.fvecs", 20, 2);
    }

    private Run compare(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "compare",
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

    private static List<String> lines(String text, String begin) {
        return text.lines().filter(line -> line.startsWith(begin)).toList();
    }

    @Test
    void every_combination_has_a_row_in_the_table_and_one_for_each_point_in_the_csv() throws IOException {
        Path csv = folder.resolve("c.csv");
        Path markdown = folder.resolve("c.md");
        Run run = compare(
                        "--index",
                        "flat",
                        "--index",
                        "hnsw:m=8",
                        "--index",
                        "ivf-flat:nlist=8",
                        "--quantizer",
                        "sq8",
                        "--quantizer",
                        "rabitq:bits=2",
                        "--sweep",
                        "ef=10,20",
                        "--sweep",
                        "nprobe=1,2,8",
                        "--csv",
                        csv.toString(),
                        "--markdown",
                        markdown.toString())
                .succeeded();
        assertEquals(3, lines(run.out(), "flat ").size(), run.out());
        assertEquals(3, lines(run.out(), "hnsw:m=8 ").size(), run.out());
        // Lists of vectors take no quantizer: both are left out for one reason.
        List<String> lists = lines(run.out(), "ivf-flat:nlist=8 ");
        assertEquals(2, lists.size(), run.out());
        assertTrue(
                lists.get(1).contains("sq8, rabitq:bits=2") && lists.get(1).contains("Unknown parameter"), "" + lists);

        String text = Files.readString(csv);
        List<List<String>> rows = text.lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> List.of(line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1)))
                .toList();
        assertEquals(
                List.of(
                        "flat",
                        "flat:quantizer=sq8",
                        "\"flat:quantizer=rabitq,quantizer.bits=2\"",
                        "hnsw:m=8",
                        "\"hnsw:m=8,quantizer=sq8\"",
                        "\"hnsw:m=8,quantizer=rabitq,quantizer.bits=2\"",
                        "ivf-flat:nlist=8"),
                rows.stream().map(List::getFirst).distinct().toList(),
                text);
        assertEquals(
                List.of("nprobe=1", "nprobe=2", "nprobe=8"),
                rows.stream()
                        .filter(row -> row.getFirst().startsWith("ivf-flat"))
                        .map(row -> row.get(3))
                        .toList());
        assertEquals(1, lines(text, "# baseSha256: ").size());
        assertEquals(
                1,
                lines(text, "# leftOut: [ivf-flat:nlist=8 with sq8, rabitq:bits=2")
                        .size(),
                text);

        String table = Files.readString(markdown);
        // Eight rows, a header and a rule.
        assertEquals(10, lines(table, "| ").size(), table);
        assertTrue(table.contains("- seed: "), table);
    }

    @Test
    void curves_are_drawn() throws IOException {
        Path png = folder.resolve("c.png");
        Run run = compare("--index", "hnsw", "--quantizer", "sq8", "--png", png.toString());
        assumeFalse(run.err().contains("no fonts"), run.err());
        run.succeeded();
        assertEquals((byte) 'P', Files.readAllBytes(png)[1]);
    }

    @Test
    void without_names_every_family_is_compared_with_every_quantizer() {
        Run run = compare("--k", "5").succeeded();
        for (String index :
                List.of("flat ", "hnsw ", "hnsw-fused ", "ivf ", "ivf-flat ", "ivf-learned:", "ml-index ")) {
            assertTrue(!lines(run.out(), index).isEmpty(), index + run.out());
        }
        // That an index searches by codes though no quantizer was named is said.
        assertEquals(
                1,
                run.out()
                        .lines()
                        .filter(line -> line.matches("ivf +its own: rabitq +\\d.*"))
                        .count(),
                run.out());
        for (String quantizer : List.of("sq8", "pq:bits=4", "rabitq", "neural-hash")) {
            assertTrue(run.out().matches("(?s).*\nhnsw +" + quantizer + " +\\d.*"), quantizer + run.out());
        }
    }

    @Test
    void an_index_that_cannot_be_built_ends_it_and_so_does_a_parameter_that_nobody_knows() {
        assertTrue(compare("--index", "flat:nope=1").failed(2).contains("nope"));
        assertTrue(compare("--index", "nope").failed(2).contains("nope"));
        assertTrue(compare("--index", "flat", "--quantizer", "sq8", "--sweep", "nope=1")
                .failed(2)
                .contains("nope=1"));
    }
}
