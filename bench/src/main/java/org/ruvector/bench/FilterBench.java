package org.ruvector.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.Filter;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.SearchRequest;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.PluginContestant.Built;
import org.ruvector.bench.peer.HnswlibPeer;
import org.ruvector.bench.peer.HnswlibScan;

/**
 * Filtered search against its two rivals: an exact scan of the matching rows (by our flat index, and by a loop in C++), and
 * hnswlib's own filter. Recall is against exact filtered search; every curve is read at the cheapest point that reaches
 * {@link #RECALL}.
 */
public final class FilterBench {

    /** The recall at which throughput is compared. */
    public static final double RECALL = 0.95;

    private final Workload workload;
    private final Sweep sweep;
    private final Effort effort;

    /**
     * For one workload.
     *
     * @param workload what to index and search; some hundred queries are enough
     * @param sweep    {@code ef} values, and one number of threads
     * @param effort   how thoroughly
     */
    public FilterBench(Workload workload, Sweep sweep, Effort effort) {
        this.workload = workload;
        this.sweep = sweep.until(RECALL);
        this.effort = effort;
    }

    /**
     * What came out for one filter.
     *
     * @param filter  the filter
     * @param plan    how our index answered at the point that is read, as it tells itself
     * @param records everybody's measurements
     */
    public record Outcome(FilterCase filter, String plan, List<Measurement> records) {

        /** Everybody at the recall; only the cheapest point is used. */
        List<AtRecall> read() {
            return AtRecall.read(records, RECALL);
        }

        /** {@return our throughput over that of the fastest rival; NaN if ours does not reach the recall} */
        public double ratio() {
            double rivals = read().stream()
                    .filter(at -> at.subject().peer())
                    .mapToDouble(AtRecall::cheapestQps)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(Double.NaN);
            return read().getFirst().cheapestQps() / rivals;
        }
    }

    /**
     * Builds once, then measures with every filter.
     *
     * @param ours     the graph index to measure
     * @param scan     our exact index: it tells the exact neighbours, and is one of the rivals
     * @param hnswlib  the other
     * @param filters  the filters
     * @param progress told about each step
     * @return one outcome per filter
     */
    public List<Outcome> run(
            PluginContestant ours,
            PluginContestant scan,
            HnswlibPeer hnswlib,
            List<FilterCase> filters,
            Progress progress) {
        List<Outcome> outcomes = new ArrayList<>();
        try (Built graph = ours.build(workload, effort.buildThreads());
                Built flat = scan.build(workload, effort.buildThreads());
                HnswlibPeer.Graph rival = hnswlib.build(workload, effort.buildThreads())) {
            for (FilterCase filter : filters) {
                BitSet rows = new BitSet();
                Arrays.stream(filter.rows()).forEach(rows::set);
                rival.filter(rows);
                Filter ids =
                        Filter.ids(Arrays.stream(filter.rows()).asLongStream().toArray());
                List<Ready> contestants = List.of(
                        new Ready(ours.name(), false, filtered(graph, ids)),
                        new Ready(scan.name() + " scan", true, filtered(flat, ids)),
                        new Ready("C++ scan", true, new HnswlibScan(hnswlib.library(), workload, filter.rows())),
                        new Ready("hnswlib filter", true, rival));
                int[][] truth = exact(flat, ids, progress);
                Progress named = (stage, done, total) -> progress.update(filter.label() + ": " + stage, done, total);
                // Where fewer than k rows match, all of them are asked for.
                int k = Math.clamp(filter.rows().length, 1, sweep.k());
                Sweep all = new Sweep(sweep.points(), k, sweep.threads(), sweep.enough());
                List<Measurement> records = new Harness(workload, truth, all, effort).run(contestants, named);
                Optional<Parameters> point =
                        AtRecall.read(records, RECALL).getFirst().cheapest().map(Measurement::point);
                String plan = point.map(p -> plan(graph, ids, p)).orElse("–");
                outcomes.add(new Outcome(filter, plan, records));
            }
        }
        return outcomes;
    }

    /** The exact neighbours among the matching rows. */
    private int[][] exact(Built flat, Filter filter, Progress progress) {
        int n = workload.queries().count();
        int[][] truth = new int[n][];
        AtomicInteger next = new AtomicInteger();
        Team.run(effort.buildThreads(), member -> {
            for (int q = next.getAndIncrement(); q < n; q = next.getAndIncrement()) {
                SearchRequest request =
                        SearchRequest.of(workload.queries().query(q), sweep.k()).filter(filter);
                truth[q] = flat.index().search(request).hits().stream()
                        .mapToInt(hit -> (int) hit.id())
                        .toArray();
                Harness.step(progress, "exact filtered neighbours", q + 1L, n);
            }
        });
        return truth;
    }

    /** The plan that the index chose for most of the first queries. */
    private String plan(Built index, Filter filter, Parameters point) {
        Map<String, Integer> plans = new LinkedHashMap<>();
        for (int q = 0; q < Math.min(100, workload.queries().count()); q++) {
            SearchRequest request = SearchRequest.of(workload.queries().query(q), sweep.k())
                    .with(point)
                    .filter(filter);
            plans.merge(index.index().search(request).stats().plan(), 1, Integer::sum);
        }
        return plans.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("–");
    }

    private static BuiltIndex filtered(Built index, Filter filter) {
        return new View(index) {
            @Override
            public QuerySearcher searcher(Parameters point, int k) {
                SearchRequest any = SearchRequest.of(index.workload().queries().query(0), k);
                return index.searcher(any.with(point).filter(filter));
            }
        };
    }

    /**
     * The outcomes as a table, throughput at the cheapest point that reaches the recall.
     *
     * @param outcomes at least one
     * @return the table
     */
    public static TextTable table(List<Outcome> outcomes) {
        List<String> header = new ArrayList<>(List.of("filter", "rows"));
        for (AtRecall at : outcomes.getFirst().read()) {
            header.add(at.subject().name() + " QPS");
            header.add("at");
            header.add("recall");
        }
        header.addAll(List.of("our plan", "× fastest rival"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (Outcome outcome : outcomes) {
            List<String> row = new ArrayList<>();
            row.add(outcome.filter().label());
            row.add(String.valueOf(outcome.filter().rows().length));
            for (AtRecall at : outcome.read()) {
                row.add(number("%.0f", at.cheapestQps()));
                row.add(at.cheapest().map(m -> m.point().toString()).orElse("–"));
                row.add(number("%.4f", at.cheapest().map(Measurement::recall).orElse(Double.NaN)));
            }
            row.add(outcome.plan());
            row.add(number("%.2f", outcome.ratio()));
            table.add(row.toArray(String[]::new));
        }
        return table;
    }

    /**
     * The outcomes as JSON.
     *
     * @param provenance where they come from
     * @param outcomes   what came out
     * @return {@code provenance} and {@code records}, one per filter, contestant and sweep point, and {@code ratios}
     */
    public static String json(Provenance provenance, List<Outcome> outcomes) {
        List<Map<String, Object>> records = new ArrayList<>();
        List<Map<String, Object>> ratios = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            for (Measurement m : outcome.records()) {
                Map<String, Object> record = facts(outcome);
                record.putAll(Report.fields(m));
                records.add(record);
            }
            Map<String, Object> ratio = facts(outcome);
            ratio.put("recall", RECALL);
            ratio.put("plan", outcome.plan());
            ratio.put("oursToFastestRival", Report.rounded(outcome.ratio()));
            ratios.add(ratio);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provenance", provenance.facts());
        all.put("records", records);
        all.put("ratios", ratios);
        return Json.write(all);
    }

    private static Map<String, Object> facts(Outcome outcome) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("filter", outcome.filter().kind());
        facts.put("share", outcome.filter().share());
        facts.put("matching", outcome.filter().rows().length);
        return facts;
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    /** A contestant that is built already; the harness may close it without harm. */
    private record Ready(String name, boolean peer, BuiltIndex index) implements Contestant {
        @Override
        public BuiltIndex build(Workload workload, int threads) {
            return new View(index);
        }
    }

    /** An index that somebody else closes. */
    private static class View implements BuiltIndex {
        private final BuiltIndex index;

        View(BuiltIndex index) {
            this.index = index;
        }

        @Override
        public String params() {
            return index.params();
        }

        @Override
        public long buildNanos() {
            return index.buildNanos();
        }

        @Override
        public long bytes() {
            return index.bytes();
        }

        @Override
        public String kernel() {
            return index.kernel();
        }

        @Override
        public boolean accepts(Parameters point) {
            return index.accepts(point);
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            return index.searcher(point, k);
        }

        @Override
        public void close() {}
    }
}
