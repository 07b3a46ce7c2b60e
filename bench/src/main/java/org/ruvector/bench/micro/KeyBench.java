package org.ruvector.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.api.BuildContext;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;
import org.ruvector.index.learned.keys.KeyIndex;
import org.ruvector.index.learned.keys.KeyIndexes;
import org.ruvector.index.learned.keys.SortedKeys;

/** Runs {@link KeyBenchmark}: how long look-ups take in indexes of sorted keys, beside a binary search, and how large the indexes are. */
public final class KeyBench {

    /** What all others are compared with. */
    private static final String BASELINE = "binary-search";

    /** What is measured unless told otherwise. */
    public static final List<String> USUAL = List.of(
            BASELINE,
            "tree-map",
            "pgm:epsilon=8",
            "pgm:epsilon=16",
            "pgm:epsilon=64",
            "rmi",
            "rmi:last=exponential",
            "rmi:last=interpolated",
            "rmi:root=cubic",
            "rmi:root=log-linear",
            "rmi:root=neural",
            "rmi:middles=4096");

    /**
     * What to measure.
     *
     * @param indexes in their short forms, see {@link KeyIndexes}
     * @param columns keys: distributions, {@code times:FOLDER}, or files with a whole number a line
     * @param counts  how many keys are drawn from a distribution
     * @param forks   how thoroughly
     */
    public record Options(List<String> indexes, List<String> columns, List<Integer> counts, Forks forks) {

        /** Copies the lists and puts the binary search, with which all are compared, first; refuses empty lists. */
        public Options {
            List<String> all = new ArrayList<>(List.of(BASELINE));
            indexes.stream().filter(index -> !index.equals(BASELINE)).forEach(all::add);
            indexes = List.copyOf(all);
            columns = List.copyOf(columns);
            counts = List.copyOf(counts);
            if (columns.isEmpty() || counts.isEmpty()) {
                throw new IllegalArgumentException("Nothing to measure: name at least some keys and how many");
            }
        }
    }

    /** An index and its keys, as built once to be weighed. */
    private record Weighed(int keys, long bytes, double buildSeconds) {}

    private KeyBench() {}

    /**
     * Measures.
     *
     * @param options what to measure
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records}, and the {@code table} as text
     * @throws IllegalArgumentException if there is no such index or column; before anything is measured
     */
    public static Map<String, Object> run(Options options, List<String> command) {
        List<Map<String, Object>> records = new ArrayList<>();
        TextTable table =
                new TextTable("keys", "n", "index", "ns", "× binary search", "bytes", "% of the keys", "built in s");
        for (String column : options.columns()) {
            List<Integer> counts = KeyColumn.isDrawn(column) ? options.counts() : List.of(0);
            for (int count : counts) {
                Map<String, Weighed> weighed = weigh(column, count, options.indexes());
                measure(column, count, weighed, options.forks(), records, table);
            }
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "provenance",
                Provenance.ofMachine(command)
                        .with("seed", BuildContext.DEFAULT_SEED)
                        .facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        return summary;
    }

    private static Map<String, Weighed> weigh(String column, int count, List<String> indexes) {
        SortedKeys keys;
        try {
            keys = SortedKeys.of(KeyColumn.read(column, count));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Weighed> weighed = new LinkedHashMap<>();
        for (String form : indexes) {
            long start = System.nanoTime();
            KeyIndex index = KeyIndexes.build(form, keys);
            weighed.put(form, new Weighed(keys.size(), index.bytes(), (System.nanoTime() - start) / 1e9));
        }
        return weighed;
    }

    private static void measure(
            String column,
            int count,
            Map<String, Weighed> weighed,
            Forks forks,
            List<Map<String, Object>> records,
            TextTable table) {
        ChainedOptionsBuilder builder = forks.options(KeyBenchmark.class);
        Forks.set(builder, "keys", List.of(column));
        Forks.set(builder, "count", List.of(count));
        Forks.set(builder, "index", List.copyOf(weighed.keySet()));
        Map<String, RunResult> results = new LinkedHashMap<>();
        Forks.run(builder).forEach(result -> results.put(result.getParams().getParam("index"), result));
        double baseline = Forks.median(results.get(BASELINE).getPrimaryResult());
        weighed.forEach((form, index) -> {
            RunResult result = results.get(form);
            double nanos = Forks.median(result.getPrimaryResult());
            double share = index.bytes / (8.0 * index.keys);
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("keys", column);
            record.put("count", index.keys);
            record.put("index", form);
            record.put("nanosPerLookUp", nanos);
            record.put("error", result.getPrimaryResult().getScoreError());
            record.put("timesBinarySearch", baseline / nanos);
            record.put("bytes", index.bytes);
            record.put("shareOfKeys", share);
            record.put("buildSeconds", index.buildSeconds);
            records.add(record);
            table.add(
                    column,
                    String.valueOf(index.keys),
                    form,
                    Forks.number(nanos),
                    Forks.number(baseline / nanos),
                    String.valueOf(index.bytes),
                    String.format(Locale.ROOT, "%.3f", 100 * share),
                    Forks.number(index.buildSeconds));
        });
    }
}
