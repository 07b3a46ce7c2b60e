package org.ruvector.bench.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.ruvector.bench.Provenance;
import org.ruvector.bench.TextTable;

/**
 * Runs {@link SearchBenchmark} with JMH's allocation profiler and tells what one search, and each node that a harder search
 * visits more, allocates. What a search allocates once (its result) does not count per node.
 */
public final class SearchBench {

    private SearchBench() {}

    /**
     * Measures.
     *
     * @param indexes short forms of the indexes
     * @param efs     candidates kept, one number after another
     * @param forks   how thoroughly
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records}, the {@code table} as text, and {@code allocating}: the indexes that allocate
     *     per visited node, which should be none
     */
    public static Map<String, Object> run(List<String> indexes, List<Integer> efs, Forks forks, List<String> command) {
        ChainedOptionsBuilder builder = forks.options(SearchBenchmark.class);
        builder.addProfiler(GCProfiler.class);
        Forks.set(builder, "index", indexes);
        Forks.set(builder, "ef", efs.stream().sorted().distinct().toList());
        return summary(Forks.run(builder), Provenance.ofMachine(command));
    }

    private static Map<String, Object> summary(Collection<RunResult> results, Provenance provenance) {
        TextTable table =
                new TextTable("index", "ef", "searches/s", "visited", "bytes/search", "bytes/node more than before");
        List<Map<String, Object>> records = new ArrayList<>();
        Set<String> allocating = new LinkedHashSet<>();
        List<RunResult> sorted = results.stream()
                .sorted(Comparator.comparing(SearchBench::index).thenComparingInt(SearchBench::ef))
                .toList();
        Map<String, Object> before = Map.of();
        for (RunResult result : sorted) {
            String index = index(result);
            @SuppressWarnings("rawtypes") // as JMH declares it
            Map<String, Result> secondary = result.getSecondaryResults();
            double perSecond = result.getPrimaryResult().getScore();
            double visited = secondary.get("visited").getScore() / perSecond;
            double bytes = Forks.median(secondary.get(Forks.BYTES));
            double more = index.equals(before.get("index"))
                    ? (bytes - (double) before.get("bytesPerSearch")) / (visited - (double) before.get("visited"))
                    : Double.NaN;
            if (more >= Forks.NO_BYTES) {
                allocating.add(index);
            }
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("index", index);
            record.put("ef", ef(result));
            record.put("searchesPerSecond", perSecond);
            record.put("visited", visited);
            record.put("bytesPerSearch", bytes);
            record.put("bytesPerNodeMore", more);
            records.add(record);
            table.add(
                    index,
                    String.valueOf(ef(result)),
                    Forks.number(perSecond),
                    Forks.number(visited),
                    Forks.number(bytes),
                    Double.isNaN(more) ? "" : String.format(Locale.ROOT, "%.4f", more));
            before = record;
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("allocating", List.copyOf(allocating));
        summary.put("table", table.plain());
        return summary;
    }

    private static String index(RunResult result) {
        return result.getParams().getParam("index");
    }

    private static int ef(RunResult result) {
        return Integer.parseInt(result.getParams().getParam("ef"));
    }
}
