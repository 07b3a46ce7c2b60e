package org.ruvector.hypergraph.causal;

/** Count, mean and variance of numbers that come one by one (B. Welford, Technometrics 1962). Not thread-safe. */
final class Moments {

    private long count;
    private double mean;
    private double squares;

    static Moments of(double... values) {
        Moments moments = new Moments();
        for (double value : values) {
            moments.add(value);
        }
        return moments;
    }

    void add(double value) {
        count++;
        double off = value - mean;
        mean += off / count;
        squares += off * (value - mean);
    }

    long count() {
        return count;
    }

    /** 0 if there are no values. */
    double mean() {
        return mean;
    }

    /** The unbiased variance; 0 below two values. */
    double variance() {
        return count < 2 ? 0 : squares / (count - 1);
    }

    double deviation() {
        return Math.sqrt(variance());
    }
}
