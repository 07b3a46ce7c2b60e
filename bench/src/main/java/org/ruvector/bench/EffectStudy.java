package org.ruvector.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ruvector.hypergraph.causal.PlantedTruth;

/**
 * How estimators of effects fare where the truth is known: {@link PlantedTruth}, whose outcome and treatment share a cause.
 * No times: the figures are the same on every machine.
 */
public final class EffectStudy {

    private EffectStudy() {}

    /**
     * Lets every estimator judge many draws.
     *
     * @param truth   what to draw
     * @param runs    how many draws, at least 2
     * @param seed    decides the draws
     * @param command the command line, for the provenance
     * @return {@code provenance}, {@code records}, and the {@code table} as text and as {@code markdown}
     */
    public static Map<String, Object> run(PlantedTruth truth, int runs, long seed, List<String> command) {
        List<Map<String, Object>> records = new ArrayList<>();
        TextTable table = new TextTable(
                "estimator", "mean effect", "± error of it", "off by errors", "deviation", "reported", "95 % holds %");
        truth.study(PlantedTruth.estimators(), runs, seed).forEach((name, study) -> {
            double bias = study.effect() - truth.effect();
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("estimator", name);
            record.put("runs", study.runs());
            record.put("meanEffect", study.effect());
            record.put("errorOfMean", study.error());
            record.put("bias", bias);
            record.put("deviation", study.deviation());
            record.put("meanStandardError", study.reported());
            record.put("coverage", study.coverage());
            records.add(record);
            table.add(
                    name,
                    number(study.effect()),
                    number(study.error()),
                    String.format(Locale.ROOT, "%.1f", bias / study.error()),
                    number(study.deviation()),
                    number(study.reported()),
                    String.format(Locale.ROOT, "%.1f", 100 * study.coverage()));
        });
        Provenance provenance = Provenance.ofMachine(command)
                .with("rows", truth.rows())
                .with("trueEffect", truth.effect())
                .with("runs", runs)
                .with("seed", seed);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("provenance", provenance.facts());
        summary.put("records", records);
        summary.put("table", table.plain());
        summary.put("markdown", table.markdown() + "\n" + provenance.markdown());
        return summary;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
