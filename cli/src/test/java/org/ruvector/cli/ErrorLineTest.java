package org.ruvector.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.datasets.Datasets;

final class ErrorLineTest {

    @TempDir
    private Path folder;

    @Test
    void an_unknown_option_is_called_so() {
        assertEquals(
                "ruvector plugins: Unknown option: '--nope' (ruvector plugins --help tells more)",
                Run.of("plugins", "--nope").failed(2));
    }

    @Test
    void an_unknown_command_is_called_so() {
        String line = Run.of("nope").failed(2);
        assertTrue(line.contains("'nope'") && line.contains("--help"), line);
    }

    @Test
    void a_missing_index_file_is_named() {
        Path file = folder.resolve("none.rvec");
        assertEquals(
                "ruvector info: there is no file '" + file + "'; check the path",
                Run.of("info", file.toString()).failed(2));
    }

    @Test
    void a_missing_vector_file_is_named() {
        String file = folder.resolve("none.fvecs").toString();
        String line = Run.of("build", "--base", file, "--metric", "cosine", "--index", "flat", "--out", "x.rvec")
                .failed(2);
        assertTrue(line.contains(file) && line.contains("does not exist"), line);
    }

    @Test
    void a_missing_data_set_says_how_to_get_it() {
        String line = Run.of("bench", "--dataset", "fashion-mnist:folder=" + folder, "--cache", folder.toString())
                .failed(2);
        assertTrue(line.contains("apt-get install dataset-fashion-mnist"), line);
    }

    @Test
    void a_file_that_is_no_index_is_a_failure() throws IOException {
        Path file = Files.writeString(folder.resolve("text.rvec"), "These are not the vectors you are looking for.");
        String line = Run.of("info", file.toString()).failed(1);
        assertTrue(line.contains(file + " is no index file"), line);
    }

    @Test
    void a_damaged_index_is_a_failure() throws IOException {
        Path base = TinyData.file(folder, "b.fvecs", 20, 1);
        Path index = folder.resolve("flat.rvec");
        Run.of(
                        "build",
                        "--base",
                        base.toString(),
                        "--metric",
                        "euclidean",
                        "--index",
                        "flat",
                        "--out",
                        index.toString())
                .succeeded();
        byte[] bytes = Files.readAllBytes(index);
        bytes[4096] ^= 1;
        Files.write(index, bytes);
        for (String[] command : new String[][] {{"info", "--verify"}, {"doctor"}}) {
            String[] args = Arrays.copyOf(command, command.length + 1);
            args[command.length] = index.toString();
            String line = Run.of(args).failed(1);
            assertTrue(line.contains("is damaged: the checksum of section 'vectors'"), line);
        }
    }

    @Test
    void an_unknown_index_lists_those_that_exist() throws IOException {
        String base = TinyData.file(folder, "b.fvecs", 20, 1).toString();
        String line = Run.of("build", "--base", base, "--metric", "euclidean", "--index", "nope", "--out", "x.rvec")
                .failed(2);
        assertTrue(line.contains("no index named 'nope'") && line.contains("flat"), line);
    }

    @Test
    void an_unknown_kernel_metric_or_data_set_lists_those_that_exist() throws IOException {
        String base = TinyData.file(folder, "b.fvecs", 20, 1).toString();
        String kernel = Run.of(
                        "build",
                        "--base",
                        base,
                        "--metric",
                        "cosine",
                        "--index",
                        "flat",
                        "--out",
                        "x",
                        "--kernel",
                        "nope")
                .failed(2);
        assertTrue(kernel.contains("'nope'") && kernel.contains("scalar"), kernel);
        String metric = Run.of("build", "--base", base, "--metric", "nope", "--index", "flat", "--out", "x")
                .failed(2);
        assertTrue(metric.contains("'nope'") && metric.contains("inner-product"), metric);
        String set = Run.of("bench", "--dataset", "nope", "--cache", folder.toString())
                .failed(2);
        assertTrue(set.contains("'nope'") && set.contains("wordnet-minilm"), set);
    }

    @Test
    void what_is_missing_on_the_command_line_is_asked_for() throws IOException {
        String base = TinyData.file(folder, "b.fvecs", 20, 1).toString();
        assertTrue(Run.of("bench").failed(2).contains("Give --base FILE, or --dataset NAME"));
        assertTrue(Run.of("bench", "--base", base).failed(2).contains("--metric"));
        assertTrue(
                Run.of("bench", "--base", base, "--metric", "cosine").failed(2).contains("--query"));
        assertTrue(Run.of("bench", "--base", base, "--dataset", "x").failed(2).contains("give one of them"));
        assertTrue(Run.of("bench-open", "--base", base).failed(2).contains("--index"));
        assertTrue(Run.of("doctor", base, "--repair").failed(2).contains("--out NEW"));
    }

    @Test
    void the_trace_is_shown_only_if_asked_for() {
        String missing = folder.resolve("none.rvec").toString();
        Run run = Run.of("info", "--debug", missing);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("there is no file") && run.err().contains("\tat "), run.err());
    }

    @Test
    void a_fault_of_ours_is_called_so() {
        Session faulty = new Session(
                () -> {
                    throw new NullPointerException("oops");
                },
                Datasets::named,
                () -> false);
        String line = Run.in(faulty, "plugins").failed(1);
        assertTrue(line.contains("internal error") && line.contains("oops") && line.contains("--debug"), line);
    }

    @Test
    void too_little_memory_is_told_with_what_to_do() {
        Session small = new Session(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                Datasets::named,
                () -> false);
        String line = Run.in(small, "plugins").failed(1);
        assertTrue(line.contains("RUVECTOR_JAVA_OPTS"), line);
    }
}
