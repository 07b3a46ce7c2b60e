package org.ruvector.bench.micro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;

/** Runs {@link KernelBenchmark} and tells how many times faster the vector kernels are than the scalar ones and than C++. */
public final class KernelBench {

    /**
     * What to measure.
     *
     * @param dimensions coordinates per row; empty for all
     * @param forks      how thoroughly
     * @param cache      where the compiled C++ library is kept
     */
    public record Options(List<Integer> dimensions, Forks forks, Path cache) {

        /** Copies the list. */
        public Options {
            dimensions = List.copyOf(dimensions);
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
        ChainedOptionsBuilder builder = options.forks().options(KernelBenchmark.class);
        builder.param("cache", options.cache().toAbsolutePath().toString());
        if (!options.dimensions().isEmpty()) {
            Forks.set(builder, "dimension", options.dimensions());
        }
        return summary(Forks.run(builder), Provenance.ofMachine(command));
    }

    private static Map<String, Object> summary(Collection<RunResult> results, Provenance provenance) {
        List<Map<String, Object>> records = new ArrayList<>();
        // Nanoseconds per row by rows, metric and dimension, then by kernel.
        Map<List<String>, Map<String, Double>> figures = new LinkedHashMap<>();
        for (RunResult result : results) {
            var params = result.getParams();
            double nanos = Forks.median(result.getPrimaryResult());
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
                    Forks.number(scalar),
                    Forks.number(vector),
                    Forks.number(cpp),
                    Forks.number(scalar / vector),
                    Forks.number(cpp / vector));
        });
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        return summary;
    }
}
