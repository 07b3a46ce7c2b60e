package org.ruvector.hypergraph.causal;

/**
 * An experiment in pairs, each with one member treated and one not, or the same thing once with and once without (Student, "The
 * probable error of a mean", Biometrika 1908): with the differences {@code dᵢ = yᵢ¹ − yᵢ⁰}, the effect is their mean, its standard
 * error {@code s_d/√n} with {@code n − 1} degrees of freedom. What members of a pair share cancels. Right if chance decides within
 * each pair who is treated. With one pair the standard error is infinite, with none the effect is unknown.
 */
public final class PairedExperiment {

    private PairedExperiment() {}

    /**
     * Estimates the effect.
     *
     * @param treated outcome of the treated member of each pair
     * @param control outcome of the other member
     * @throws IllegalArgumentException if lengths differ, or a number is NaN or beyond {@link TreatmentData#LARGEST}
     */
    public static EffectEstimate estimate(double[] treated, double[] control) {
        if (treated.length != control.length) {
            throw new IllegalArgumentException(treated.length + " treated and " + control.length
                    + " control outcomes were given; pairs need as many of both");
        }
        Moments differences = new Moments();
        for (int i = 0; i < treated.length; i++) {
            double difference = treated[i] - control[i];
            if (!TreatmentData.inRange(treated[i]) || !TreatmentData.inRange(control[i])) {
                throw new IllegalArgumentException("Pair " + i + " is " + treated[i] + " and " + control[i]
                        + "; both must be numbers of at most " + TreatmentData.LARGEST + " in size");
            }
            differences.add(difference);
        }
        long n = differences.count();
        if (n == 0) {
            return EffectEstimate.unknown(0, 0);
        }
        boolean single = n < 2;
        return new EffectEstimate(
                differences.mean(),
                single ? Double.POSITIVE_INFINITY : differences.deviation() / Math.sqrt((double) n),
                single ? Double.POSITIVE_INFINITY : n - 1,
                new EffectEstimate.Support(n, n, 0));
    }
}
