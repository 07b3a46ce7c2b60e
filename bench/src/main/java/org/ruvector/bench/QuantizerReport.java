package org.ruvector.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.bench.QuantizerOutcome.Measured;
import org.ruvector.bench.QuantizerOutcome.Refused;

/**
 * Quantizers beside each other, as a table and as JSON.
 *
 * @param provenance where the figures come from
 * @param outcomes   one per quantizer
 * @param rerank     how many candidates were re-ranked
 */
public record QuantizerReport(Provenance provenance, List<QuantizerOutcome> outcomes, int rerank) {

    /** Copies the list. */
    public QuantizerReport {
        outcomes = List.copyOf(outcomes);
    }

    /** {@return one row per quantizer; for one that does not fit the data, why} */
    public TextTable table() {
        String recall = "recall@" + QuantizerBench.K;
        TextTable table = new TextTable(
                "quantizer",
                "bytes/vector",
                recall + " codes",
                recall + " rerank " + rerank,
                "training s",
                "encoded/s",
                "score ns",
                "exact ns",
                "remark");
        for (QuantizerOutcome outcome : outcomes) {
            switch (outcome) {
                case Refused(String spec, String reason) ->
                    table.add(spec, "–", "–", "–", "–", "–", "–", "–", "refused: " + reason);
                case Measured m ->
                    table.add(
                            m.spec(),
                            String.valueOf(m.codes().bytes()),
                            number("%.4f", m.recall().ofCodes()),
                            number("%.4f", m.recall().reranked()),
                            number("%.2f", m.speed().trainingSeconds()),
                            number("%,.0f", m.speed().encodedPerSecond()),
                            number("%.1f", m.speed().scoreNanos()),
                            number("%.1f", m.speed().exactNanos()),
                            m.codes().estimatesDistances() ? "" : "scores only rank");
            }
        }
        return table;
    }

    /** {@return table and provenance as Markdown} */
    public String markdown() {
        return "# Quantizers on " + provenance.facts().get("dataset") + "\n\n" + table().markdown() + "\n"
                + provenance.markdown();
    }

    /** {@return {@code provenance} and {@code records}, one per quantizer} */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provenance", provenance.facts());
        all.put("records", outcomes.stream().map(QuantizerOutcome::fields).toList());
        return Json.write(all);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
