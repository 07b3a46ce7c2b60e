package org.ruvector.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ruvector.bench.HybridBench.Latency;
import org.ruvector.bench.HybridBench.Result;
import org.ruvector.bench.HybridBench.Switch;
import org.ruvector.bench.HybridBench.Window;

/**
 * What came out of a mixed load, for people and programs.
 *
 * @param result     what came out
 * @param provenance where it comes from
 */
public record HybridReport(Result result, Provenance provenance) {

    /** {@return the least recall of a window} */
    public double leastRecall() {
        return result.windows().stream()
                .mapToDouble(Window::recall)
                .filter(recall -> !Double.isNaN(recall))
                .min()
                .orElse(Double.NaN);
    }

    /** {@return the least share of the segment's vectors that the delta held when retraining began; NaN if it never did} */
    public double leastShare() {
        return result.switches().stream().mapToDouble(Switch::share).min().orElse(Double.NaN);
    }

    /** {@return p99 during a retraining by p99 before it, the median of all; NaN if there was none with searches before and during} */
    public double ratio() {
        double[] ratios = result.switches().stream()
                .mapToDouble(Switch::ratio)
                .filter(ratio -> !Double.isNaN(ratio))
                .toArray();
        return ratios.length == 0 ? Double.NaN : Measurement.median(ratios);
    }

    /** {@return for the terminal} */
    public String text() {
        return summary() + "\n" + windows().plain() + "\n" + switches().plain();
    }

    /** {@return as Markdown} */
    public String markdown() {
        return summary() + "\n" + windows().markdown() + "\n" + switches().markdown() + "\n" + provenance.markdown();
    }

    private String summary() {
        int searches =
                result.windows().stream().mapToInt(w -> w.latency().searches()).sum();
        return String.format(
                Locale.ROOT,
                """
                - %s, searches with %s, kernel %s
                - %,d inserts (%.1f %% of all operations), %.0f µs each; lost: %d; not found by their own vector: %d
                - recall@%d: %.4f at least in a window; %.4f of the segment's plugin on all rows at once (p50 %.0f µs, p99 %.0f µs)
                - %d switches; the delta held %.1f %% of the segment at least; p99 during a retraining is %.2f × that before it (median)
                """,
                result.index(),
                result.search().asMap().isEmpty() ? "the defaults" : result.search(),
                result.kernel(),
                result.inserts(),
                100.0 * result.inserts() / (result.inserts() + searches),
                result.insertMicros(),
                result.lost(),
                result.notFound(),
                HybridBench.K,
                leastRecall(),
                result.staticRecall(),
                result.staticLatency().p50(),
                result.staticLatency().p99(),
                result.switches().size(),
                100 * leastShare(),
                ratio());
    }

    private TextTable windows() {
        TextTable table = new TextTable(
                "until s", "rows", "searches", "recall@" + HybridBench.K, "p50 µs", "p99 µs", "p99 since due µs");
        for (Window window : result.windows()) {
            Latency latency = window.latency();
            table.add(
                    number("%.1f", window.seconds()),
                    number("%,.0f", window.rows()),
                    number("%,.0f", latency.searches()),
                    number("%.4f", window.recall()),
                    number("%,.0f", latency.p50()),
                    number("%,.0f", latency.p99()),
                    number("%,.0f", latency.p99Due()));
        }
        return table;
    }

    private TextTable switches() {
        TextTable table = new TextTable(
                "at s",
                "took s",
                "rows",
                "delta %",
                "p50 before µs",
                "during",
                "after",
                "p99 before µs",
                "during",
                "after",
                "× before",
                "p99 since due before µs",
                "during",
                "searches during");
        for (Switch one : result.switches()) {
            table.add(
                    number("%.1f", one.seconds()),
                    number("%.2f", one.took()),
                    number("%,.0f", one.rows()),
                    number("%.1f", 100 * one.share()),
                    number("%,.0f", one.before().p50()),
                    number("%,.0f", one.during().p50()),
                    number("%,.0f", one.after().p50()),
                    number("%,.0f", one.before().p99()),
                    number("%,.0f", one.during().p99()),
                    number("%,.0f", one.after().p99()),
                    number("%.2f", one.ratio()),
                    number("%,.0f", one.before().p99Due()),
                    number("%,.0f", one.during().p99Due()),
                    number("%,.0f", one.during().searches()));
        }
        return table;
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    /** {@return as JSON} */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provenance", provenance.facts());
        all.put("index", result.index());
        all.put("searchParams", result.search().toString());
        all.put("kernel", result.kernel());
        all.put("inserts", result.inserts());
        all.put("insertMicros", result.insertMicros());
        all.put("lost", result.lost());
        all.put("notFoundByOwnVector", result.notFound());
        all.put("leastRecall", leastRecall());
        all.put("staticRecall", result.staticRecall());
        all.put("static", fields(result.staticLatency()));
        all.put("leastDeltaShare", leastShare());
        all.put("p99Ratio", ratio());
        all.put("windows", result.windows().stream().map(HybridReport::fields).toList());
        all.put("switches", result.switches().stream().map(HybridReport::fields).toList());
        return Json.write(all);
    }

    private static Map<String, Object> fields(Window window) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("untilSeconds", window.seconds());
        fields.put("rows", window.rows());
        fields.put("recall", window.recall());
        fields.putAll(fields(window.latency()));
        return fields;
    }

    private static Map<String, Object> fields(Switch one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", one.seconds());
        fields.put("took", one.took());
        fields.put("rows", one.rows());
        fields.put("deltaShare", one.share());
        fields.put("p99Ratio", one.ratio());
        fields.put("before", fields(one.before()));
        fields.put("during", fields(one.during()));
        fields.put("after", fields(one.after()));
        return fields;
    }

    private static Map<String, Object> fields(Latency latency) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("searches", latency.searches());
        fields.put("p50Micros", latency.p50());
        fields.put("p99Micros", latency.p99());
        fields.put("p99SinceDueMicros", latency.p99Due());
        return fields;
    }
}
