package org.ruvector.bench.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;

/**
 * Runs {@link ScorerBenchmark} with JMH's allocation profiler and tells how long each quantizer's scorers take for a vector, beside
 * exact distances, and whether they allocate.
 */
public final class ScorerBench {

    /** How quantizers are measured that have several kinds of codes. The hash codes all have 128 bits. */
    private static final List<String> SETTINGS = List.of(
            "sq8",
            "sq8:per=dimension",
            "sq4",
            "sq4:per=dimension",
            "pq:bits=8",
            "pq:bits=4",
            "rabitq:bits=1",
            "rabitq:bits=2",
            "rabitq:bits=4",
            "rabitq:bits=8",
            "rotational:bits=8",
            "rotational:bits=1",
            "itq:bits=128",
            "hyperplanes:bits=128",
            "neural-hash:bits=128");

    /**
     * What to measure.
     *
     * @param quantizers in their short forms
     * @param dimensions coordinates per vector
     * @param vectors    how many there are to choose from at random, at least 32; a million do not fit into caches
     * @param forks      how thoroughly
     */
    public record Options(List<String> quantizers, List<Integer> dimensions, int vectors, Forks forks) {

        /** Copies the lists; refuses empty ones, and too few vectors. */
        public Options {
            quantizers = List.copyOf(quantizers);
            dimensions = List.copyOf(dimensions);
            if (quantizers.isEmpty() || dimensions.isEmpty()) {
                throw new IllegalArgumentException("Nothing to measure: name at least one quantizer and one dimension");
            }
            if (vectors < RandomInput.BATCH) {
                throw new IllegalArgumentException("vectors is " + vectors + "; it must be at least "
                        + RandomInput.BATCH + ", which are compared at once");
            }
        }
    }

    private ScorerBench() {}

    /**
     * All quantizers that can be used here, in all their usual settings.
     *
     * @param plugins what there is
     * @return short forms
     */
    public static List<String> usual(Plugins plugins) {
        return plugins.quantizers().stream()
                .filter(provider -> provider.availability() instanceof Availability.Usable
                        && provider.metrics().contains(Metric.EUCLIDEAN))
                .flatMap(provider -> {
                    List<String> settings = SETTINGS.stream()
                            .filter(form -> form.split(":", 2)[0].equals(provider.name()))
                            .toList();
                    return settings.isEmpty() ? Stream.of(provider.name()) : settings.stream();
                })
                .toList();
    }

    /**
     * Measures.
     *
     * @param options what to measure
     * @param plugins where to look for the quantizers; forks find those of the same module path or class path
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records}, the {@code table} as text, and {@code allocating}: the scorers that allocate,
     *     which should be none
     * @throws IllegalArgumentException if a quantizer does not take its parameters, or a dimension; before anything is measured
     */
    public static Map<String, Object> run(Options options, Plugins plugins, List<String> command) {
        // Bytes per vector by scorer and dimension.
        Map<List<String>, Double> sizes = new LinkedHashMap<>();
        for (int dimension : options.dimensions()) {
            String text = String.valueOf(dimension);
            sizes.put(List.of(ScorerBenchmark.EXACT, text), 4.0 * dimension);
            for (String form : options.quantizers()) {
                Quantizer quantizer = ScorerBenchmark.train(form, dimension, plugins);
                sizes.put(List.of(form, text), (double) quantizer.codeBytes());
                quantizer
                        .neighbourhoods()
                        .ifPresent(codec -> sizes.put(
                                List.of(form + ScorerBenchmark.IN_BLOCKS, text),
                                (double) codec.blockBytes() / RandomInput.BATCH));
            }
        }
        ChainedOptionsBuilder builder = options.forks().options(ScorerBenchmark.class);
        builder.addProfiler(GCProfiler.class);
        Forks.set(builder, "vectors", List.of(options.vectors()));
        Forks.set(builder, "dimension", options.dimensions());
        Forks.set(
                builder,
                "scorer",
                sizes.keySet().stream().map(List::getFirst).distinct().toList());
        Provenance provenance = Provenance.ofMachine(command)
                .with("kernel", plugins.kernel().describe())
                .with("metric", Metric.EUCLIDEAN.text())
                .with("vectors", options.vectors());
        return summary(Forks.run(builder), sizes, provenance);
    }

    private static Map<String, Object> summary(
            Collection<RunResult> results, Map<List<String>, Double> sizes, Provenance provenance) {
        List<Map<String, Object>> records = new ArrayList<>();
        Set<String> allocating = new LinkedHashSet<>();
        // Nanoseconds and bytes allocated by scorer, dimension and rows.
        Map<List<String>, Double> nanos = new LinkedHashMap<>();
        Map<List<String>, Double> bytes = new LinkedHashMap<>();
        for (RunResult result : results) {
            var params = result.getParams();
            List<String> scorer = List.of(params.getParam("scorer"), params.getParam("dimension"));
            String rows = params.getParam("rows");
            double time = Forks.median(result.getPrimaryResult());
            double allocated = Forks.median(result.getSecondaryResults().get(Forks.BYTES));
            nanos.put(key(scorer, rows), time);
            bytes.merge(scorer, allocated, Math::max);
            if (allocated >= Forks.NO_BYTES) {
                allocating.add(String.join(" of dimension ", scorer));
            }
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("scorer", scorer.getFirst());
            record.put("dimension", Integer.valueOf(scorer.getLast()));
            record.put("rows", rows);
            record.put("bytesPerVector", sizes.get(scorer));
            record.put("nanosPerVector", time);
            record.put("error", result.getPrimaryResult().getScoreError());
            record.put("bytesAllocatedPerVector", allocated);
            record.put("forks", params.getForks());
            records.add(record);
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("allocating", List.copyOf(allocating));
        summary.put("table", table(nanos, bytes, sizes));
        return summary;
    }

    private static String table(
            Map<List<String>, Double> nanos, Map<List<String>, Double> bytes, Map<List<String>, Double> sizes) {
        TextTable table = new TextTable(
                "scorer", "dimension", "bytes/vector", "cached ns", "× exact", "random ns", "× exact", "allocated");
        sizes.forEach((scorer, size) -> {
            List<String> exact = List.of(ScorerBenchmark.EXACT, scorer.getLast());
            double cached = nanos.get(key(scorer, "cached"));
            double random = nanos.get(key(scorer, "random"));
            table.add(
                    scorer.getFirst(),
                    scorer.getLast(),
                    Forks.number(size),
                    Forks.number(cached),
                    Forks.number(nanos.get(key(exact, "cached")) / cached),
                    Forks.number(random),
                    Forks.number(nanos.get(key(exact, "random")) / random),
                    String.format(Locale.ROOT, "%.4f", bytes.get(scorer)));
        });
        return table.plain();
    }

    private static List<String> key(List<String> scorer, String rows) {
        return List.of(scorer.getFirst(), scorer.getLast(), rows);
    }
}
