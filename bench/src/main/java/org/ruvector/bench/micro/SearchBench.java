package org.ruvector.bench.micro;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.ruvector.bench.TextTable;

/**
 * Runs {@link SearchBenchmark} with JMH's allocation profiler and tells what one search, and each node that a harder search
 * visits more, allocates. What a search allocates once (its result) does not count per node.
 */
public final class SearchBench {

    private SearchBench() {}

    /**
     * {@code SearchBench [INDEX [FORKS]]}.
     *
     * @param args short form of the index, and number of forks
     */
    public static void main(String[] args) {
        OptionsBuilder builder = new OptionsBuilder();
        builder.include(SearchBenchmark.class.getName() + "\\.");
        builder.addProfiler(GCProfiler.class);
        builder.shouldFailOnError(true);
        if (args.length > 0) {
            builder.param("index", args[0]);
        }
        if (args.length > 1) {
            builder.forks(Integer.parseInt(args[1]));
        }
        System.out.println(table(Forks.run(builder)));
    }

    private static String table(Collection<RunResult> results) {
        TextTable table =
                new TextTable("index", "ef", "searches/s", "visited", "bytes/search", "bytes/node more than before");
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
            String more = visitedBefore == 0 ? "" : number((bytes - bytesBefore) / (visited - visitedBefore));
            table.add(
                    result.getParams().getParam("index"),
                    result.getParams().getParam("ef"),
                    number(perSecond),
                    number(visited),
                    number(bytes),
                    more);
            bytesBefore = bytes;
            visitedBefore = visited;
        }
        return table.plain();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
