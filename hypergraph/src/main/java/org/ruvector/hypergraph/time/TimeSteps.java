package org.ruvector.hypergraph.time;

/**
 * Steps of equal length into which time is cut: step t is from {@code from + t * length} on and before
 * {@code from + (t + 1) * length}.
 *
 * @param from   the first instant of step 0
 * @param length of a step in milliseconds, at least 1
 * @param count  number of steps, at least 1
 */
public record TimeSteps(long from, long length, int count) {

    /** Refuses a length or count below 1, and steps beyond the last instant. */
    public TimeSteps {
        if (length < 1 || count < 1) {
            throw new IllegalArgumentException(
                    "There are " + count + " steps of " + length + " ms; there must be at least 1 of at least 1 ms");
        }
        if (length > Long.MAX_VALUE / count || from + length * count < from) {
            throw new IllegalArgumentException("From " + from + " on, " + count + " steps of " + length
                    + " ms end after the last instant; take fewer or shorter ones");
        }
    }

    /** The first instant after the last step. */
    public long until() {
        return from + length * count;
    }

    /** The step of an instant, which must be in one. */
    int step(long instant) {
        return (int) ((instant - from) / length);
    }
}
