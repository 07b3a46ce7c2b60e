package org.ruvector.hypergraph.causal;

import java.util.Objects;
import org.ruvector.api.Query;

/**
 * What to recall. Immutable; start with {@link #of} and refine. The array is copied in and out.
 *
 * @param query      the embedding of the context to act in
 * @param outcome    the outcome that matters
 * @param k          the most sets of actions wanted, at least 1
 * @param weights    of the terms of the utility
 * @param sureness   0 to judge actions by the estimated effect; otherwise the confidence, above 0 and below 1, of the lower bound
 *                   to judge them by
 * @param neighbours 0 to take an effect over all observations; otherwise over this many of the most similar contexts
 */
public record RecallRequest(
        Query.Floats query, String outcome, int k, UtilityWeights weights, double sureness, int neighbours) {

    /** Refuses what is out of range. */
    public RecallRequest {
        query = new Query.Floats(query.vector().clone());
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(weights, "weights");
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; it must be at least 1");
        }
        if (!(sureness >= 0 && sureness < 1)) {
            throw new IllegalArgumentException("sureness is " + sureness
                    + "; it must be 0 for the estimate, or the confidence of a lower bound, such as 0.95");
        }
        if (neighbours < 0) {
            throw new IllegalArgumentException(
                    "neighbours is " + neighbours + "; it must be 0 for all observations, or how many to look at");
        }
    }

    /** The {@code k} sets of actions of the highest utility, by default weights and by the estimated effect. */
    public static RecallRequest of(float[] context, String outcome, int k) {
        return new RecallRequest(new Query.Floats(context), outcome, k, UtilityWeights.DEFAULT, 0, 0);
    }

    /** This request with these weights. */
    public RecallRequest weights(UtilityWeights other) {
        return new RecallRequest(query, outcome, k, other, sureness, neighbours);
    }

    /** This request judging actions by the lower bound of their effect at that confidence. */
    public RecallRequest surely(double confidence) {
        return new RecallRequest(query, outcome, k, weights, confidence, neighbours);
    }

    /** This request judging actions by their effect over that many of the most similar contexts. */
    public RecallRequest near(int count) {
        return new RecallRequest(query, outcome, k, weights, sureness, count);
    }
}
