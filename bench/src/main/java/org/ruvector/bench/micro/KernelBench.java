package org.ruvector.bench.micro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
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
            // The median of all iterations of all forks: a machine that does something else spoils the mean.
            double nanos = result.getPrimaryResult().getStatistics().getPercentile(50);
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
