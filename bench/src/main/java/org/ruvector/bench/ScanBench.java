package org.ruvector.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Hit;
import org.ruvector.api.Parameters;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.spi.Searcher;

/**
 * Which share of the vectors a search compares, and the recall that this buys. Counts, not times: the figures are the same on every
 * machine.
 */
public final class ScanBench {

    private ScanBench() {}

    /**
     * Averages over all queries.
     *
     * @param index        short form, as it was asked for
     * @param point        search-time parameters
     * @param recall       recall@k
     * @param compared     share of the vectors whose exact distances were computed
     * @param codes        the same for distances to codes
     * @param buildSeconds what building it took, training included
     */
    public record Scan(
            String index, Parameters point, double recall, double compared, double codes, double buildSeconds) {

        /** {@return the figures by name, in the form of {@link Json}} */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("index", index);
            fields.put("searchParams", point.toString());
            fields.put("recall", recall);
            fields.put("compared", compared);
            fields.put("codes", codes);
            fields.put("buildSeconds", buildSeconds);
            return fields;
        }
    }

    /**
     * Builds an index, and asks all queries at every point that it knows, or once if it knows none.
     *
     * @param trial   what to index, and queries
     * @param truth   exact neighbours of the queries
     * @param spec    short form of the index
     * @param sweep   what to vary, and how many neighbours are wanted; its threads are not used
     * @param context what the build may use
     */
    public static List<Scan> measure(Workload trial, int[][] truth, String spec, Sweep sweep, BuildContext context) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (PluginContestant.Built built = new PluginContestant(spec, context).build(trial, threads)) {
            List<Parameters> points = new ArrayList<>(
                    sweep.points().stream().filter(built::accepts).toList());
            if (points.isEmpty()) {
                points.add(Parameters.none());
            }
            Recall recall = new Recall(trial, truth, sweep.k());
            List<Scan> scans = new ArrayList<>();
            for (Parameters point : points) {
                scans.add(measure(spec, built, recall, point, sweep.k()));
            }
            return scans;
        }
    }

    private static Scan measure(String spec, PluginContestant.Built built, Recall recall, Parameters point, int k) {
        Searcher searcher = built.index().searcher();
        Workload trial = built.workload();
        int queries = trial.queries().count();
        double found = 0;
        double exact = 0;
        double codes = 0;
        for (int q = 0; q < queries; q++) {
            SearchResult result = searcher.search(
                    SearchRequest.of(trial.queries().query(q), k).with(point));
            int[] ids = result.hits().stream()
                    .map(Hit::id)
                    .mapToInt(Math::toIntExact)
                    .toArray();
            found += recall.of(q, ids, ids.length);
            exact += result.stats().exactDistances();
            codes += result.stats().codeDistances();
        }
        double all = (double) queries * trial.base().count();
        return new Scan(spec, point, found / queries, exact / all, codes / all, built.buildNanos() / 1e9);
    }

    /**
     * Many scans as text.
     *
     * @param scans what was measured
     * @param k     neighbours wanted
     */
    public static TextTable table(List<Scan> scans, int k) {
        TextTable table = new TextTable("index", "search", "recall@" + k, "compared %", "codes %", "built in s");
        for (Scan scan : scans) {
            table.add(
                    scan.index(),
                    scan.point().toString(),
                    String.format(Locale.ROOT, "%.4f", scan.recall()),
                    String.format(Locale.ROOT, "%.2f", 100 * scan.compared()),
                    String.format(Locale.ROOT, "%.2f", 100 * scan.codes()),
                    String.format(Locale.ROOT, "%.1f", scan.buildSeconds()));
        }
        return table;
    }
}
