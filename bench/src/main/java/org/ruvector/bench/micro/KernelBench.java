package org.ruvector.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.ruvector.bench.Json;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;

/** Runs {@link KernelBenchmark} and tells how many times faster the vector kernels are than the scalar ones and than C++. */
public final class KernelBench {

    /**
     * What to measure.
     *
     * @param dimensions coordinates per row; empty for all
     * @param forks      virtual machines started for each figure, at least 1
     * @param seconds    length of an iteration
     * @param cache      where the compiled C++ library is kept
     */
    public record Options(List<Integer> dimensions, int forks, double seconds, Path cache) {

        /**
         * All dimensions, two forks, iterations of one second.
         *
         * @param cache where the compiled C++ library is kept
         */
        public static Options standard(Path cache) {
            return new Options(List.of(), 2, 1, cache);
        }

        /** Copies the list; refuses no forks. */
        public Options {
            dimensions = List.copyOf(dimensions);
            if (forks < 1 || !(seconds > 0)) {
                throw new IllegalArgumentException(
                        "forks is " + forks + " and seconds " + seconds + "; both must be positive");
            }
        }
    }

    private KernelBench() {}

    /**
     * {@code KernelBench OUT.json CACHE [DIMENSIONS [FORKS [SECONDS]]]}.
     *
     * @param args where to write the figures; folder for compiled code; dimensions separated by commas; forks; seconds per
     *             iteration
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("Usage: KernelBench OUT.json CACHE [DIMENSIONS [FORKS [SECONDS]]]");
            System.exit(2);
        }
        List<Integer> dimensions = args.length > 2
                ? Arrays.stream(args[2].split(",", -1)).map(Integer::valueOf).toList()
                : List.of();
        int forks = args.length > 3 ? Integer.parseInt(args[3]) : 2;
        double seconds = args.length > 4 ? Double.parseDouble(args[4]) : 1;
        Path cache = Path.of(args[1]);
        Map<String, Object> result = run(new Options(dimensions, forks, seconds, cache), List.of(args));
        Files.writeString(Path.of(args[0]), Json.write(result));
        System.out.println(result.get("table"));
    }

    /**
     * Measures.
     *
     * @param options what to measure
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records} and the {@code table} as text
     */
    public static Map<String, Object> run(Options options, List<String> command) {
        OptionsBuilder builder = new OptionsBuilder();
        builder.include(KernelBenchmark.class.getName() + "\\.");
        builder.forks(options.forks());
        builder.warmupTime(TimeValue.milliseconds((long) (options.seconds() * 1000)));
        builder.measurementTime(TimeValue.milliseconds((long) (options.seconds() * 1000)));
        builder.param("cache", options.cache().toAbsolutePath().toString());
        builder.shouldFailOnError(true);
        if (!options.dimensions().isEmpty()) {
            builder.param(
                    "dimension",
                    options.dimensions().stream().map(String::valueOf).toArray(String[]::new));
        }
        return summary(Forks.run(builder), Provenance.ofMachine(command));
    }

    private static Map<String, Object> summary(Collection<RunResult> results, Provenance provenance) {
        List<Map<String, Object>> records = new ArrayList<>();
        // Nanoseconds per row by rows, metric and dimension, then by kernel.
        Map<List<String>, Map<String, Double>> figures = new LinkedHashMap<>();
        for (RunResult result : results) {
            var params = result.getParams();
            double nanos = result.getPrimaryResult().getScore();
            List<String> key =
                    List.of(params.getParam("rows"), params.getParam("metric"), params.getParam("dimension"));
            figures.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(params.getParam("kernel"), nanos);
            Map<String, Object> record = new LinkedHashMap<>();
            for (String name : List.of("rows", "metric", "dimension", "kernel")) {
                record.put(name, params.getParam(name));
            }
            record.put("nanosPerRow", nanos);
            record.put("error", result.getPrimaryResult().getScoreError());
            record.put("forks", params.getForks());
            records.add(record);
        }
        TextTable table =
                new TextTable("rows", "metric", "dimension", "scalar ns", "vector ns", "C++ ns", "× scalar", "× C++");
        figures.forEach((key, nanos) -> {
            double scalar = nanos.getOrDefault("scalar", Double.NaN);
            double vector = nanos.getOrDefault("vector", Double.NaN);
            double cpp = nanos.getOrDefault("cpp", Double.NaN);
            table.add(
                    key.get(0),
                    key.get(1),
                    key.get(2),
                    number(scalar),
                    number(vector),
                    number(cpp),
                    number(scalar / vector),
                    number(cpp / vector));
        });
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        return summary;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }
}
