package org.ruvector.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.PluginException;
import org.ruvector.api.spi.Availability;
import org.ruvector.bench.Harness.Effort;

/**
 * Compares families of indexes, by vectors and by the codes of every quantizer that they take. Each combination is built, measured over the
 * search parameters that it knows, and closed before the next, so that the largest alone needs memory. So they do not take turns:
 * which of two is faster by little, {@link Harness} tells more surely.
 */
public final class Comparison {

    /** Recalls at which the table reads throughput. */
    private static final double[] RECALLS = {0.9, 0.95, 0.99};

    private final Workload workload;
    private final int[][] truth;
    private final Sweep sweep;
    private final Effort effort;

    /**
     * On one workload.
     *
     * @param workload what to index and search
     * @param truth    exact neighbours per query, see {@link Harness}
     * @param sweep    what is varied; each combination is measured at the points that it knows, or once if it knows none
     * @param effort   how thoroughly
     */
    public Comparison(Workload workload, int[][] truth, Sweep sweep, Effort effort) {
        this.workload = workload;
        this.truth = truth;
        this.sweep = sweep;
        this.effort = effort;
    }

    /**
     * All index plugins that hold such vectors, with their defaults, but that {@code ivf-learned} learns from a tenth of the vectors.
     *
     * @param workload what is to be indexed
     * @param context  plugins
     * @return short forms
     */
    public static List<String> indexes(Workload workload, BuildContext context) {
        int queries = Math.clamp(workload.base().count() / 10, 10, 10_000);
        return PluginContestant.all(context, workload.metric(), workload.base().type()).stream()
                .map(PluginContestant::name)
                .map(name -> name.equals("ivf-learned") ? name + ":coarse.queries=" + queries : name)
                .toList();
    }

    /**
     * All quantizer plugins that know the metric, with their defaults, but product codes of four bits, which are read in blocks and learnt
     * much faster.
     *
     * @param workload what is to be indexed
     * @param context  plugins
     * @return short forms
     */
    public static List<String> quantizers(Workload workload, BuildContext context) {
        return context.plugins().quantizers().stream()
                .filter(plugin -> plugin.availability() instanceof Availability.Usable
                        && plugin.metrics().contains(workload.metric()))
                .map(plugin -> plugin.name())
                .map(name -> name.equals("pq") || name.equals("opq") ? name + ":bits=4" : name)
                .toList();
    }

    /**
     * One combination, or some that were left out for the same reason.
     *
     * @param index     short form of the index
     * @param quantizer short form of the quantizer, of several that were left out separated by commas; empty if none was named
     * @param measured  one measurement per point; empty if left out
     * @param leftOut   why; empty if measured
     */
    public record Row(String index, String quantizer, List<Measurement> measured, String leftOut) {

        /** Copies. */
        public Row {
            measured = List.copyOf(measured);
        }

        private String[] cells() {
            List<String> cells = new ArrayList<>(List.of(index, quantizer));
            if (measured.isEmpty()) {
                cells.addAll(List.of("–", "–", "–", "–", "–", "–", leftOut));
                return cells.toArray(String[]::new);
            }
            Measurement.Subject subject = measured.getFirst().subject();
            String own = Parameters.parse(subject.params()).getText("quantizer", "");
            if (quantizer.isEmpty() && !own.isEmpty()) {
                cells.set(1, "its own: " + own);
            }
            Measurement.Build build = subject.build();
            cells.add(number("%.2f", build.seconds()));
            cells.add(number("%.0f", build.bytesPerVector()));
            AtRecall.read(measured, RECALLS).forEach(at -> cells.add(number("%.0f", at.interpolated())));
            cells.add(number(
                    "%.4f",
                    measured.stream().mapToDouble(Measurement::recall).max().orElseThrow()));
            cells.add("");
            return cells.toArray(String[]::new);
        }

        private static String number(String format, double value) {
            return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
        }
    }

    /**
     * What was compared.
     *
     * @param rows   the combinations, family by family
     * @param report all measurements, and where they come from
     */
    public record Outcome(List<Row> rows, Report report) {

        /** {@return a row per combination: build time, bytes, throughput at some recalls, and the best recall that was reached} */
        public TextTable table() {
            TextTable table = new TextTable(
                    "index",
                    "quantizer",
                    "build s",
                    "bytes/vector",
                    "QPS at 0.90",
                    "at 0.95",
                    "at 0.99",
                    "best recall",
                    "left out, because");
            rows.forEach(row -> table.add(row.cells()));
            return table;
        }

        /** {@return the table and where it comes from} */
        public String markdown() {
            return "# " + report.provenance().facts().get("dataset") + ": indexes and quantizers\n\n"
                    + table().markdown() + "\n" + report.provenance().markdown();
        }
    }

    /**
     * Compares.
     *
     * @param provenance where the data come from; what was varied, how thoroughly, and what was left out is added to it
     * @param indexes    short forms
     * @param quantizers short forms
     * @param context    plugins, kernel, seed, and who is told about each step
     * @return what came of each index alone and with each quantizer; what cannot be built is left out, and said
     * @throws IllegalArgumentException if an index cannot be built even without a quantizer, or no index knows a search parameter
     */
    public Outcome run(Provenance provenance, List<String> indexes, List<String> quantizers, BuildContext context) {
        List<Row> rows = new ArrayList<>();
        List<Measurement> records = new ArrayList<>();
        for (Candidate candidate : candidates(indexes, quantizers, context)) {
            Row row = candidate.row();
            if (row.leftOut().isEmpty()) {
                row = measure(candidate, context);
            }
            records.addAll(row.measured());
            add(rows, row);
        }
        Provenance all = effort.addTo(sweep.addTo(provenance))
                .with(
                        "leftOut",
                        rows.stream()
                                .filter(row -> row.measured().isEmpty())
                                .map(row -> row.index() + " with " + row.quantizer() + ": " + row.leftOut())
                                .toList());
        return new Outcome(rows, Report.of(all, records));
    }

    /** A combination, and its points of the sweep. */
    private record Candidate(String spec, Row row, Sweep sweep) {}

    /** Tries all on one vector, so that whatever is refused is refused before any work. */
    private List<Candidate> candidates(List<String> indexes, List<String> quantizers, BuildContext context) {
        List<Candidate> all = new ArrayList<>();
        for (String index : indexes) {
            all.add(new Candidate(index, new Row(index, "", List.of(), ""), known(index, context)));
            for (String quantizer : quantizers) {
                String spec = coded(index, quantizer);
                try {
                    // Without parameters first, so that an index that takes no quantizer says the same of all.
                    known(coded(index, kind(quantizer)), context);
                    all.add(new Candidate(spec, new Row(index, quantizer, List.of(), ""), known(spec, context)));
                } catch (IllegalArgumentException | PluginException e) {
                    all.add(new Candidate(spec, new Row(index, quantizer, List.of(), e.getMessage()), sweep));
                }
            }
        }
        for (Parameters point : sweep.points()) {
            if (all.stream()
                    .noneMatch(
                            c -> c.row.leftOut().isEmpty() && c.sweep.points().contains(point))) {
                throw new IllegalArgumentException("None of the indexes knows the search parameters " + point);
            }
        }
        return all;
    }

    private Sweep known(String spec, BuildContext context) {
        Workload sample = new Workload(workload.base().slice(0, 1), workload.queries(), workload.metric());
        try (BuiltIndex index = new PluginContestant(spec, context).build(sample, 1)) {
            List<Parameters> points =
                    sweep.points().stream().filter(index::accepts).toList();
            List<Parameters> own = points.isEmpty() ? List.of(Parameters.none()) : points;
            return new Sweep(own, sweep.k(), sweep.threads(), sweep.enough());
        }
    }

    private Row measure(Candidate candidate, BuildContext context) {
        Row row = candidate.row;
        Contestant contestant = new Named(candidate.spec, new PluginContestant(candidate.spec, context));
        try {
            List<Measurement> measured =
                    new Harness(workload, truth, candidate.sweep, effort).run(List.of(contestant), context.progress());
            return new Row(row.index, row.quantizer, measured, "");
        } catch (IllegalArgumentException e) {
            return new Row(row.index, row.quantizer, List.of(), e.getMessage());
        }
    }

    /** Adds a row; to that before, if both were left out for the same reason. */
    private static void add(List<Row> rows, Row row) {
        String kind = kind(row.quantizer);
        String why = kind.isEmpty()
                ? row.leftOut
                : row.leftOut.replace("quantizer=" + kind, "this quantizer").replace("'" + kind + "'", "this");
        Row before = rows.isEmpty() ? row : rows.getLast();
        if (!why.isEmpty() && before.index.equals(row.index) && before.leftOut.equals(why)) {
            rows.set(rows.size() - 1, new Row(row.index, before.quantizer + ", " + row.quantizer, List.of(), why));
        } else {
            rows.add(new Row(row.index, row.quantizer, row.measured, why));
        }
    }

    /** Named by its short form, which is shorter than all parameters. */
    private record Named(String name, Contestant contestant) implements Contestant {

        @Override
        public boolean peer() {
            return false;
        }

        @Override
        public BuiltIndex build(Workload workload, int threads) {
            return contestant.build(workload, threads);
        }
    }

    private static String kind(String quantizer) {
        return quantizer.split(":", 2)[0];
    }

    /** {@code ivf:nlist=64} and {@code rabitq:bits=2} are {@code ivf:nlist=64,quantizer=rabitq,quantizer.bits=2}. */
    private static String coded(String index, String quantizer) {
        String[] parts = quantizer.split(":", 2);
        String own = parts.length == 1
                ? ""
                : List.of(parts[1].split(",", -1)).stream()
                        .map(parameter -> ",quantizer." + parameter.strip())
                        .collect(Collectors.joining());
        return index + (index.contains(":") ? "," : ":") + "quantizer=" + parts[0] + own;
    }
}
