package org.ruvector.hypergraph.skills;

/**
 * How often something succeeded.
 *
 * @param successes from 0 to {@code trials}
 * @param trials    at least 0
 */
public record Rate(int successes, int trials) {

    // The 97.5 % point of the normal distribution.
    private static final double Z = 1.959963984540054;

    /** Refuses more successes than trials. */
    public Rate {
        if (successes < 0 || trials < successes) {
            throw new IllegalArgumentException(
                    successes + " successes in " + trials + " trials; there must be from 0 to as many as trials");
        }
    }

    /** The share of successes; NaN without trials. */
    public double share() {
        return (double) successes / trials;
    }

    /** Lower end of Wilson's 95 % interval (E. B. Wilson, JASA 1927); 0 without trials. */
    public double lower() {
        return trials == 0 ? 0 : Math.max(0, centre() - halfWidth());
    }

    /** Upper end of Wilson's 95 % interval; 1 without trials. */
    public double upper() {
        return trials == 0 ? 1 : Math.min(1, centre() + halfWidth());
    }

    private double centre() {
        return (successes + Z * Z / 2) / (trials + Z * Z);
    }

    private double halfWidth() {
        return Z * Math.sqrt((double) successes * (trials - successes) / trials + Z * Z / 4) / (trials + Z * Z);
    }
}
