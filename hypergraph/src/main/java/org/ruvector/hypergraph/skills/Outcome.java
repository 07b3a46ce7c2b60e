package org.ruvector.hypergraph.skills;

/**
 * What came of an episode.
 *
 * @param success       whether it reached its goal
 * @param reward        what it was worth, finite
 * @param latencyMillis how long it took, finite and at least 0
 */
public record Outcome(boolean success, double reward, double latencyMillis) {

    /** Refuses what is no number, and a negative latency. */
    public Outcome {
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("The reward is " + reward + "; it must be a finite number");
        }
        if (!Double.isFinite(latencyMillis) || latencyMillis < 0) {
            throw new IllegalArgumentException(
                    "The latency is " + latencyMillis + " ms; it must be finite and at least 0");
        }
    }
}
