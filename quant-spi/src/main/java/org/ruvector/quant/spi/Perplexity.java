package org.ruvector.quant.spi;

/**
 * Turns distances from a point into probabilities {@code p_j ∝ exp(−π·d_j)}, with the precision {@code π} that gives them the wanted
 * perplexity, {@code exp} of their entropy: how many neighbours the point has, in effect (G. Hinton and S. Roweis, "Stochastic
 * neighbor embedding", NIPS 2002).
 *
 * @param wanted at least 1
 */
record Perplexity(double wanted) {
    private static final int MOST_STEPS = 30;
    private static final double NEAR_ENOUGH = 0.01;

    /**
     * Replaces distances by probabilities that sum to 1, that of {@code own} being 0; where that is the only one, it is 0. Equal distances
     * get equal probabilities, and what overflowed counts as the greatest finite distance.
     */
    void probabilities(float[] distances, int own) {
        double least = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int j = 0; j < distances.length; j++) {
            float d = distances[j];
            distances[j] = Float.isNaN(d) ? Float.MAX_VALUE : Math.clamp(d, -Float.MAX_VALUE, Float.MAX_VALUE);
            if (j != own) {
                least = Math.min(least, distances[j]);
                sum += distances[j];
            }
        }
        int others = distances.length - 1;
        double precision = others > 0 ? precision(distances, own, least, sum / others - least) : 0;
        sum = 0;
        for (int j = 0; j < distances.length; j++) {
            distances[j] = j == own ? 0 : (float) Math.exp((least - distances[j]) * precision);
            sum += distances[j];
        }
        for (int j = 0; j < distances.length && sum > 0; j++) {
            distances[j] = (float) (distances[j] / sum);
        }
    }

    private double precision(float[] distances, int own, double least, double spread) {
        if (spread <= 0) {
            return 0;
        }
        double entropyWanted = Math.log(Math.min(wanted, distances.length - 1));
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1 / spread;
        for (int step = 0; step < MOST_STEPS; step++) {
            double entropy = entropy(distances, own, least, precision);
            if (Math.abs(entropy - entropyWanted) < NEAR_ENOUGH) {
                break;
            }
            if (entropy > entropyWanted) {
                low = precision;
            } else {
                high = precision;
            }
            precision = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * precision;
        }
        return precision;
    }

    private static double entropy(float[] distances, int own, double least, double precision) {
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < distances.length; j++) {
            double over = (distances[j] - least) * precision;
            // What is farther adds less than rounding does, and exponentials are what this costs.
            if (j != own && over < 30) {
                double p = Math.exp(-over);
                sum += p;
                weighted += p * over;
            }
        }
        return Math.log(sum) + weighted / sum;
    }
}
