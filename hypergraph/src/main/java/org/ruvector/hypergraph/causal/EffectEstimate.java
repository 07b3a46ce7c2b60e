package org.ruvector.hypergraph.causal;

import java.util.Objects;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * An estimated effect, how sure it is, and what it rests on. Where the data cannot say, the standard error is infinite: the
 * interval is the whole line, the p-value 1. Where they cannot even give a guess, as with an empty arm, the effect is NaN too.
 *
 * @param effect           in units of the outcome
 * @param standardError    of the effect, 0 or more; 0 is what outcomes without any spread give, however few they are
 * @param degreesOfFreedom of Student's distribution, above 0; positive infinity for the normal distribution
 * @param support          the observations behind it
 */
public record EffectEstimate(double effect, double standardError, double degreesOfFreedom, Support support) {

    /** Beyond these, Student's distribution and the normal one agree to six digits. */
    private static final double NEARLY_NORMAL = 1e6;

    /**
     * The observations behind an estimate.
     *
     * @param treated observations in the treated arm
     * @param control observations in the other arm
     * @param clipped share of propensities that were out of bounds and moved to them, from 0 to 1
     */
    public record Support(long treated, long control, double clipped) {

        /** Refuses negative counts and a share that is none. */
        public Support {
            if (treated < 0 || control < 0 || !(clipped >= 0 && clipped <= 1)) {
                throw new IllegalArgumentException("The support is " + treated + " treated, " + control
                        + " control, share clipped " + clipped + "; counts are at least 0, the share is from 0 to 1");
            }
        }
    }

    /**
     * A range of effects.
     *
     * @param low  its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {

        /** Whether a value lies in it, the ends included. */
        public boolean contains(double value) {
            return low <= value && value <= high;
        }
    }

    /** Refuses what is no estimate. */
    public EffectEstimate {
        Objects.requireNonNull(support, "support");
        if (!(standardError >= 0) || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("The standard error is " + standardError + " with " + degreesOfFreedom
                    + " degrees of freedom; they must be at least 0, and above 0");
        }
        if (Double.isInfinite(effect) || (Double.isNaN(effect) && standardError != Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The effect is " + effect + "; it must be finite, or NaN with an infinite standard error");
        }
    }

    /** No guess: the effect is NaN, the standard error infinite. */
    public static EffectEstimate unknown(long treated, long control) {
        return new EffectEstimate(
                Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, new Support(treated, control, 0));
    }

    /** Whether the standard error is finite. */
    public boolean known() {
        return standardError < Double.POSITIVE_INFINITY;
    }

    /**
     * The two-sided confidence interval.
     *
     * @param level the confidence, above 0 and below 1, for example 0.95
     */
    public Interval interval(double level) {
        requireLevel(level);
        if (!known()) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double reach = quantile((1 + level) / 2) * standardError;
        return new Interval(effect - reach, effect + reach);
    }

    /**
     * The lower end of the one-sided confidence interval: with this confidence the effect is no less.
     *
     * @param level the confidence, above 0 and below 1
     */
    public double lowerBound(double level) {
        requireLevel(level);
        return known() ? effect - quantile(level) * standardError : Double.NEGATIVE_INFINITY;
    }

    /** The two-sided p-value of no effect. */
    public double pValue() {
        if (!known()) {
            return 1;
        }
        if (standardError == 0) {
            return effect == 0 ? 1 : 0;
        }
        return Math.min(1, 2 * distribution().cumulativeProbability(-Math.abs(effect / standardError)));
    }

    /**
     * The estimate in other units.
     *
     * @param factor new units for one old unit, finite, not 0
     */
    public EffectEstimate scaled(double factor) {
        if (!Double.isFinite(factor) || factor == 0) {
            throw new IllegalArgumentException("The factor is " + factor + "; it must be finite and not 0");
        }
        return new EffectEstimate(effect * factor, standardError * Math.abs(factor), degreesOfFreedom, support);
    }

    private double quantile(double probability) {
        return distribution().inverseCumulativeProbability(probability);
    }

    private RealDistribution distribution() {
        // Without the null, each would seed a generator of random numbers that is never used.
        return degreesOfFreedom > NEARLY_NORMAL
                ? new NormalDistribution(null, 0, 1)
                : new TDistribution(null, degreesOfFreedom);
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "The level is " + level + "; it must be above 0 and below 1, such as 0.95");
        }
    }
}
