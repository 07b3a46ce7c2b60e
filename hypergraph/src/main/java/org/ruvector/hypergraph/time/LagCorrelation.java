package org.ruvector.hypergraph.time;

/**
 * A correlation at a lag, or the gap between two, beside what it is when time steps are shuffled.
 *
 * @param lag    number of time steps
 * @param value  as observed
 * @param mean   of the shuffles
 * @param low    lower end of the band that holds the central 95 % of the shuffles
 * @param high   upper end of this band
 * @param pValue how likely it is that a value at least as far out on either side comes from shuffling: with n shuffles, of
 *     which k are at least (or, if that is fewer, at most) the value, {@code min(1, 2 (k + 1) / (n + 1))}, which is never 0
 *     (Phipson and Smyth, "Permutation P-values should never be zero", 2010)
 */
public record LagCorrelation(int lag, double value, double mean, double low, double high, double pValue) {}
