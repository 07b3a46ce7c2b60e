package org.ruvector.index.learned;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.Diagnosis.Finding;
import org.ruvector.api.Diagnosis.Histogram;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.VectorIndex;

/** Looks at a hybrid index and into its parts. Somebody holds the view meanwhile. */
final class HybridDoctor {

    private HybridDoctor() {}

    /** What there is to be told, of a retraining that failed, too, unless that is {@code null}. */
    static Diagnosis diagnose(HybridView view, Throwable failure, int sample, long seed) {
        List<Finding> findings = new ArrayList<>();
        List<Histogram> histograms = new ArrayList<>();
        findings.add(new Finding(
                "vectors in the segment", view.segment().ids().length, true, "Built at the last retraining."));
        int changed = view.delta().index().size()
                + (view.frozen() == null ? 0 : view.frozen().ids().size());
        findings.add(new Finding("vectors in the delta", changed, true, "Added since; repair merges them at once."));
        findings.add(new Finding(
                "removed vectors",
                view.before().size() + view.removed().size(),
                true,
                "Still stored, but not answered; the next retraining leaves them out."));
        findings.add(new Finding(
                "failed retraining",
                failure == null ? 0 : 1,
                failure == null,
                failure == null ? "None since the last change." : failure + "; repair tries again at once."));
        parts(view).forEach((name, part) -> {
            if (part instanceof Diagnosable patient) {
                Diagnosis own = patient.diagnose(sample, seed);
                own.findings()
                        .forEach(f ->
                                findings.add(new Finding(name + ": " + f.name(), f.value(), f.healthy(), f.meaning())));
                own.histograms().forEach(h -> histograms.add(new Histogram(name + ": " + h.name(), h.counts())));
            }
        });
        return new Diagnosis(findings, histograms);
    }

    /** Mends the parts. */
    static int repair(HybridView view, BuildContext context) {
        int mended = 0;
        for (VectorIndex part : parts(view).values()) {
            mended += part instanceof Diagnosable patient ? patient.repair(context) : 0;
        }
        return mended;
    }

    private static Map<String, VectorIndex> parts(HybridView view) {
        Map<String, VectorIndex> parts = new LinkedHashMap<>();
        parts.put("segment", view.segment().index());
        if (view.frozen() != null) {
            parts.put("frozen delta", view.frozen().index());
        }
        parts.put("delta", view.delta().index());
        return parts;
    }
}
