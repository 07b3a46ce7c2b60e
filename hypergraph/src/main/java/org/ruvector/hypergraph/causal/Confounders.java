package org.ruvector.hypergraph.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Covariates that go with both the treatment and the outcome: what an estimate should adjust for. A covariate's p-value is the larger
 * one of two tests, so that both must speak: Welch's test of its means in the two arms, and the test of its correlation with the
 * outcome within the arms ({@code t = r·√(df/(1 − r²))}, {@code df = n − 3}), which an effect of the treatment does not disturb.
 * p-values are adjusted by {@link BenjaminiHochberg} over the covariates.
 *
 * <p>Candidates only: whether a covariate came before the treatment, as a confounder must, the data cannot say. One that moves nothing
 * but the treatment may be among them: within an arm it goes with what else moves the treatment, and so with the outcome.
 */
public final class Confounders {

    private Confounders() {}

    /**
     * A covariate that may be a confounder.
     *
     * @param covariate            its name
     * @param meanDifference       its standardised mean difference {@code (x̄₁ − x̄₀)/√((s₁² + s₀²)/2)} between the arms (P. Austin, 2009);
     *                             beyond 0.1 in size is commonly called unbalanced
     * @param outcomeCorrelation   its correlation with the outcome within the arms, from −1 to 1
     * @param adjustedP            its adjusted p-value
     */
    public record Candidate(String covariate, double meanDifference, double outcomeCorrelation, double adjustedP) {}

    /**
     * Finds candidates.
     *
     * @param names of the covariates, in their order
     * @param level the false-discovery rate, above 0 and below 1
     * @return those of at most that adjusted p-value, smallest first, then by the size of the mean difference
     */
    public static List<Candidate> of(TreatmentData data, List<String> names, double level) {
        EffectEstimate.requireLevel(level);
        if (data.rows() > 0 && names.size() != data.width()) {
            throw new IllegalArgumentException(names.size() + " names were given for " + data.width() + " covariates");
        }
        List<Candidate> all = new ArrayList<>();
        for (int j = 0; j < data.width(); j++) {
            all.add(candidate(data, names.get(j), j));
        }
        double[] adjusted = BenjaminiHochberg.adjust(
                all.stream().mapToDouble(Candidate::adjustedP).toArray());
        List<Candidate> found = new ArrayList<>();
        for (int j = 0; j < adjusted.length; j++) {
            Candidate c = all.get(j);
            if (adjusted[j] <= level) {
                found.add(new Candidate(c.covariate, c.meanDifference, c.outcomeCorrelation, adjusted[j]));
            }
        }
        found.sort(
                Comparator.comparingDouble(Candidate::adjustedP).thenComparingDouble(c -> -Math.abs(c.meanDifference)));
        return List.copyOf(found);
    }

    /** With its p-value not yet adjusted. */
    private static Candidate candidate(TreatmentData data, String name, int j) {
        Moments[] ofCovariate = {new Moments(), new Moments()};
        Moments[] ofOutcome = {new Moments(), new Moments()};
        for (int i = 0; i < data.rows(); i++) {
            int arm = data.treated(i) ? 1 : 0;
            ofCovariate[arm].add(data.covariate(i, j));
            ofOutcome[arm].add(data.outcome(i));
        }
        double spread = Math.sqrt((ofCovariate[1].variance() + ofCovariate[0].variance()) / 2);
        EffectEstimate difference = DifferenceInMeans.of(ofCovariate[1], ofCovariate[0]);
        double products = 0;
        double squares = 0;
        double outcomeSquares = 0;
        for (int i = 0; i < data.rows(); i++) {
            int arm = data.treated(i) ? 1 : 0;
            double x = data.covariate(i, j) - ofCovariate[arm].mean();
            double y = data.outcome(i) - ofOutcome[arm].mean();
            products += x * y;
            squares += x * x;
            outcomeSquares += y * y;
        }
        double scale = Math.sqrt(squares) * Math.sqrt(outcomeSquares);
        double correlation = scale > 0 ? Math.clamp(products / scale, -1, 1) : 0;
        double p = Math.max(difference.pValue(), correlationP(correlation, data.rows() - 3));
        return new Candidate(name, spread > 0 ? difference.effect() / spread : 0, correlation, p);
    }

    private static double correlationP(double correlation, int df) {
        if (df < 1) {
            return 1;
        }
        double left = 1 - correlation * correlation;
        if (left == 0) {
            return 0;
        }
        double t = Math.abs(correlation) * Math.sqrt(df / left);
        return Math.min(1, 2 * new TDistribution(null, df).cumulativeProbability(-t));
    }
}
