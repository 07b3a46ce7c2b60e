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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchQuantizersCommandTest {

    @TempDir
    private Path folder;

    private Run run(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "bench-quantizers",
                "--base",
                TinyData.file(folder, "b.fvecs", 200, 1).toString(),
                "--query",
                TinyData.file(folder, "q.fvecs", 10, 2).toString(),
                "--metric",
                "euclidean",
                "--repetitions",
                "1",
                "--seconds",
                "0"));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(String[]::new));
    }

    @Test
    void quantizers_are_measured_and_reported_in_all_forms() throws IOException {
        Path json = folder.resolve("out/q.json");
        Path markdown = folder.resolve("out/q.md");
        Run run = run(
                "--quantizer=sq8:per=dimension",
                "--quantizer=pq:m=4,bits=4",
                "--rerank=20",
                "--json=" + json,
                "--markdown=" + markdown);
        assertEquals(4, run.succeeded().out().lines().count(), run.out());
        Map<String, Object> report = Run.json(Files.readString(json));
        List<?> records = (List<?>) report.get("records");
        assertEquals(2, records.size());
        Map<?, ?> first = (Map<?, ?>) records.getFirst();
        assertEquals("sq8:per=dimension", first.get("quantizer"));
        assertTrue(((Number) first.get("recallReranked")).doubleValue() > 0.99, first.toString());
        Map<?, ?> provenance = (Map<?, ?>) report.get("provenance");
        assertEquals(20, provenance.get("rerank"));
        assertTrue(provenance.get("command").toString().contains("--quantizer=pq:m=4,bits=4"), provenance.toString());
        assertTrue(Files.readString(markdown).contains("| pq:m=4,bits=4"), Files.readString(markdown));
    }

    @Test
    void without_names_all_kinds_are_measured_and_those_that_do_not_fit_say_why() throws IOException {
        Run run = run("--json");
        List<?> records = (List<?>) run.succeeded().json().get("records");
        Map<?, ?> pq = records.stream()
                .map(record -> (Map<?, ?>) record)
                .filter(record -> record.get("quantizer").equals("pq:m=48,bits=8"))
                .findFirst()
                .orElseThrow();
        assertEquals("m is 48; it must be from 1 to the dimension, which is 8", pq.get("refused"));
        assertTrue(records.size() > 10, run.out());
    }

    @Test
    void an_unknown_quantizer_is_an_error_that_names_the_known_ones() throws IOException {
        String line = run("--quantizer=sq9").failed(2);
        assertTrue(line.contains("'sq9'") && line.contains("rabitq"), line);
    }
}
