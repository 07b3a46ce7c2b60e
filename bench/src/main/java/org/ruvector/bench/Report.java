package org.ruvector.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.ruvector.api.Parameters;
import org.ruvector.bench.Measurement.Build;
import org.ruvector.bench.Measurement.Speed;
import org.ruvector.bench.Measurement.Subject;

/**
 * What was measured and where it comes from, as text, Markdown, CSV and JSON; {@link RecallQpsPlot} draws it and
 * {@link HtmlReport} puts all on one page.
 *
 * @param provenance where the figures come from
 * @param records    what was measured
 * @param atRecall   throughput at some recalls, read off the records
 */
public record Report(Provenance provenance, List<Measurement> records, List<AtRecall> atRecall) {

    /** The recalls at which curves are read. */
    private static final double[] RECALLS = {0.9, 0.95, 0.99};

    /** Copies the lists. */
    public Report {
        records = List.copyOf(records);
        atRecall = List.copyOf(atRecall);
    }

    /**
     * A report that reads the curves at recall 0.9, 0.95 and 0.99.
     *
     * @param provenance where the figures come from
     * @param records    what was measured
     * @return the report
     */
    public static Report of(Provenance provenance, List<Measurement> records) {
        return new Report(provenance, records, AtRecall.read(records, RECALLS));
    }

    /** {@return everything as JSON, see {@link #fields()}} */
    public String json() {
        return Json.write(fields());
    }

    /**
     * {@return everything in the form of {@link Json}: {@code provenance}, {@code records} (one per index or peer, sweep point
     * and number of threads), {@code atRecall} and {@code ratios} of ours to peers}
     */
    public Map<String, Object> fields() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provenance", provenance.facts());
        all.put("records", records.stream().map(Report::fields).toList());
        all.put("atRecall", atRecall.stream().map(Report::fields).toList());
        all.put("ratios", Ratio.of(atRecall).stream().map(Ratio::fields).toList());
        return all;
    }

    /** One record of the JSON and CSV. */
    static Map<String, Object> fields(Measurement m) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", m.subject().name());
        fields.put("params", m.allParams());
        fields.put("buildParams", m.subject().params());
        fields.put("searchParams", m.point().toString());
        fields.put("peer", m.subject().peer());
        fields.put("threads", m.threads());
        fields.put("recall", Math.round(m.recall() * 1e6) / 1e6);
        fields.put("qps", rounded(m.speed().qps()));
        fields.put("p50", rounded(m.speed().p50()));
        fields.put("p95", rounded(m.speed().p95()));
        fields.put("p99", rounded(m.speed().p99()));
        fields.put("buildSeconds", rounded(m.subject().build().seconds()));
        fields.put("bytesPerVector", rounded(m.subject().build().bytesPerVector()));
        fields.put("kernel", m.subject().build().kernel());
        return fields;
    }

    private static Map<String, Object> fields(AtRecall at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", at.subject().name());
        fields.put("params", at.subject().params());
        fields.put("peer", at.subject().peer());
        fields.put("threads", at.threads());
        fields.put("recall", at.recall());
        fields.put("qpsInterpolated", rounded(at.interpolated()));
        fields.put("qpsCheapestPoint", rounded(at.cheapestQps()));
        fields.put("cheapestPoint", at.cheapest().map(m -> m.point().toString()).orElse(null));
        return fields;
    }

    /** Three decimals: more would be noise. */
    static Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e3) / 1e3 : value;
    }

    /** {@return the records as CSV (RFC 4180), the provenance before them in lines that begin with {@code #}} */
    public String csv() {
        StringBuilder text = new StringBuilder();
        provenance
                .facts()
                .forEach((name, value) -> text.append("# ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        text.append(String.join(",", fields(records.getFirst()).keySet())).append('\n');
        for (Measurement m : records) {
            List<String> cells = fields(m).values().stream().map(Report::cell).toList();
            text.append(String.join(",", cells)).append('\n');
        }
        return text.toString();
    }

    private static String cell(Object value) {
        String text = value instanceof Double number && number.isNaN() ? "" : String.valueOf(value);
        return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** {@return provenance and tables for the terminal} */
    public String text() {
        StringBuilder text = new StringBuilder();
        int width = provenance.facts().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        provenance
                .facts()
                .forEach((name, value) -> text.append(name)
                        .append(" ".repeat(width + 2 - name.length()))
                        .append(Provenance.shown(value))
                        .append('\n'));
        return text.append('\n')
                .append(buildTable().plain())
                .append('\n')
                .append(table().plain())
                .append('\n')
                .append(atRecallTable().plain())
                .toString();
    }

    /** {@return provenance and tables as Markdown} */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(provenance.facts().get("dataset")).append("\n\n");
        text.append(buildTable().markdown()).append('\n');
        text.append(table().markdown()).append('\n');
        text.append(atRecallTable().markdown()).append('\n');
        return text.append(provenance.markdown()).toString();
    }

    /** The indexes as a table: what they were built with, and what came of it. */
    TextTable buildTable() {
        TextTable table = new TextTable("index", "built with", "seconds", "bytes/vector", "kernel");
        records.stream().map(Measurement::subject).distinct().forEach(subject -> {
            Build build = subject.build();
            table.add(
                    shortName(subject),
                    subject.params(),
                    number("%.2f", build.seconds()),
                    number("%.1f", build.bytesPerVector()),
                    build.kernel());
        });
        return table;
    }

    /** The records as a table. */
    TextTable table() {
        TextTable table = new TextTable("index", "search", "threads", "recall", "QPS", "p50 µs", "p95 µs", "p99 µs");
        for (Measurement m : records) {
            Speed speed = m.speed();
            table.add(
                    shortName(m.subject()),
                    m.point().toString(),
                    String.valueOf(m.threads()),
                    number("%.4f", m.recall()),
                    number("%.0f", speed.qps()),
                    number("%.1f", speed.p50()),
                    number("%.1f", speed.p95()),
                    number("%.1f", speed.p99()));
        }
        return table;
    }

    /** The name, and of the parameters those in which others of the name differ. */
    String shortName(Subject subject) {
        List<SortedMap<String, String>> others = records.stream()
                .map(Measurement::subject)
                .filter(other -> other.name().equals(subject.name()))
                .map(other -> Parameters.parse(other.params()).asMap())
                .distinct()
                .toList();
        String differing = Parameters.parse(subject.params()).asMap().entrySet().stream()
                .filter(entry ->
                        others.stream().anyMatch(other -> !entry.getValue().equals(other.get(entry.getKey()))))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return differing.isEmpty() ? subject.name() : subject.name() + ":" + differing;
    }

    /** Throughput at given recalls, interpolated / at the cheapest point, and how much faster ours are than each peer. */
    TextTable atRecallTable() {
        List<String> peers = atRecall.stream()
                .filter(at -> at.subject().peer())
                .map(at -> shortName(at.subject()))
                .distinct()
                .toList();
        List<String> header =
                new ArrayList<>(List.of("recall", "threads", "index", "QPS", "cheapest point", "its QPS"));
        peers.forEach(peer -> header.add("× " + peer));
        TextTable table = new TextTable(header.toArray(String[]::new));
        List<Ratio> ratios = Ratio.of(atRecall);
        for (AtRecall at : atRecall) {
            List<String> row = new ArrayList<>(List.of(
                    number("%.2f", at.recall()),
                    String.valueOf(at.threads()),
                    shortName(at.subject()),
                    number("%.0f", at.interpolated()),
                    at.cheapest().map(m -> m.point().toString()).orElse("–"),
                    number("%.0f", at.cheapestQps())));
            for (String peer : peers) {
                row.add(ratios.stream()
                        .filter(r -> r.ours().equals(at)
                                && shortName(r.theirs().subject()).equals(peer))
                        .findFirst()
                        .map(r -> number("%.2f", r.interpolated()) + " / " + number("%.2f", r.cheapest()))
                        .orElse(""));
            }
            table.add(row.toArray(String[]::new));
        }
        return table;
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
