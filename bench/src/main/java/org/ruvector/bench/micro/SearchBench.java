package org.ruvector.bench.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;
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
     * @param index   short form of the index
     * @param forks   virtual machines started for each figure, at least 1
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records} and the {@code table} as text
     */
    public static Map<String, Object> run(String index, int forks, List<String> command) {
        OptionsBuilder builder = new OptionsBuilder();
        builder.include(SearchBenchmark.class.getName() + "\\.");
        builder.addProfiler(GCProfiler.class);
        builder.shouldFailOnError(true);
        builder.param("index", index);
        builder.forks(forks);
        return summary(Forks.run(builder), Provenance.ofMachine(command));
    }

    private static Map<String, Object> summary(Collection<RunResult> results, Provenance provenance) {
        TextTable table =
                new TextTable("index", "ef", "searches/s", "visited", "bytes/search", "bytes/node more than before");
        List<Map<String, Object>> records = new ArrayList<>();
        List<RunResult> byEf = results.stream()
                .sorted(Comparator.comparingInt(
                        r -> Integer.parseInt(r.getParams().getParam("ef"))))
                .toList();
        double bytesBefore = 0;
        double visitedBefore = 0;
        for (RunResult result : byEf) {
            @SuppressWarnings("rawtypes") // as JMH declares it
            Map<String, Result> secondary = result.getSecondaryResults();
            double perSecond = result.getPrimaryResult().getScore();
            double visited = secondary.get("visited").getScore() / perSecond;
            double bytes = secondary.get("gc.alloc.rate.norm").getScore();
            double more = visitedBefore == 0 ? Double.NaN : (bytes - bytesBefore) / (visited - visitedBefore);
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("index", result.getParams().getParam("index"));
            record.put("ef", result.getParams().getParam("ef"));
            record.put("searchesPerSecond", perSecond);
            record.put("visited", visited);
            record.put("bytesPerSearch", bytes);
            record.put("bytesPerNodeMore", more);
            records.add(record);
            table.add(
                    result.getParams().getParam("index"),
                    result.getParams().getParam("ef"),
                    number(perSecond),
                    number(visited),
                    number(bytes),
                    Double.isNaN(more) ? "" : number(more));
            bytesBefore = bytes;
            visitedBefore = visited;
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        return summary;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
