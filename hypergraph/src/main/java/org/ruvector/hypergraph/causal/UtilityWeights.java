package org.ruvector.hypergraph.causal;

/**
 * How much each term of the utility counts: {@code U = α·similarity + β·uplift − γ·latency}.
 *
 * @param similarity α
 * @param uplift     β
 * @param latency    γ
 */
public record UtilityWeights(double similarity, double uplift, double latency) {

    /** α = 0.7, β = 0.2, γ = 0.1. */
    public static final UtilityWeights DEFAULT = new UtilityWeights(0.7, 0.2, 0.1);

    /** Nothing but similarity. */
    public static final UtilityWeights SIMILARITY_ONLY = new UtilityWeights(1, 0, 0);

    /** Refuses weights that are negative or not finite. */
    public UtilityWeights {
        double least = Math.min(similarity, Math.min(uplift, latency));
        if (!(least >= 0) || !Double.isFinite(similarity + uplift + latency)) {
            throw new IllegalArgumentException("The weights are " + similarity + ", " + uplift + " and " + latency
                    + "; each must be at least 0, and their sum finite");
        }
    }
}
