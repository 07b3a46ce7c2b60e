package org.ruvector.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ruvector.bench.AtRecall;
import org.ruvector.bench.Measurement;
import org.ruvector.bench.Report;
import org.ruvector.bench.TextTable;

/** A report in one table: a row for each index and sweep point, a column of throughput for each number of threads. */
final class SummaryTable {

    private SummaryTable() {}

    /** The table; latencies are those of the fewest threads. */
    static String of(Report report, int k) {
        List<Integer> threads = report.records().stream()
                .map(Measurement::threads)
                .distinct()
                .sorted()
                .toList();
        List<String> header = new ArrayList<>(List.of("index", "search", "recall@" + k));
        threads.forEach(n -> header.add("QPS, " + n + (n == 1 ? " thread" : " threads")));
        header.addAll(List.of("p50 µs", "p95 µs", "p99 µs", "build s", "bytes/vector", "kernel"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        Map<List<Object>, List<Measurement>> points = new LinkedHashMap<>();
        for (Measurement m : report.records()) {
            points.computeIfAbsent(List.of(m.subject(), m.point()), key -> new ArrayList<>())
                    .add(m);
        }
        points.values().forEach(point -> table.add(row(point)));
        return table.plain() + "\n" + builtWith(report);
    }

    /** The build parameters, which would make the table too wide. */
    private static String builtWith(Report report) {
        return report.records().stream()
                .map(Measurement::subject)
                .distinct()
                .filter(subject -> !subject.params().isEmpty())
                .map(subject -> subject.name() + " was built with " + subject.params() + "\n")
                .collect(Collectors.joining());
    }

    private static String[] row(List<Measurement> point) {
        point.sort(Comparator.comparingInt(Measurement::threads));
        Measurement first = point.getFirst();
        List<String> row = new ArrayList<>(
                List.of(first.subject().name(), first.point().toString(), number("%.4f", first.recall())));
        point.forEach(m -> row.add(number("%,.0f", m.speed().qps())));
        row.add(number("%,.0f", first.speed().p50()));
        row.add(number("%,.0f", first.speed().p95()));
        row.add(number("%,.0f", first.speed().p99()));
        row.add(number("%.2f", first.subject().build().seconds()));
        row.add(number("%,.0f", first.subject().build().bytesPerVector()));
        row.add(first.subject().build().kernel());
        return row.toArray(String[]::new);
    }

    /** The fastest of what reaches the recall with the fewest threads; whatever finds most if nothing does. */
    static Measurement fastest(Report report, double recall) {
        int fewest =
                report.records().stream().mapToInt(Measurement::threads).min().orElseThrow();
        List<Measurement> alike =
                report.records().stream().filter(m -> m.threads() == fewest).toList();
        return AtRecall.read(alike, recall).stream()
                .flatMap(at -> at.cheapest().stream())
                .max(Comparator.comparingDouble(m -> m.speed().qps()))
                .orElseGet(() -> alike.stream()
                        .max(Comparator.comparingDouble(Measurement::recall))
                        .orElseThrow());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
