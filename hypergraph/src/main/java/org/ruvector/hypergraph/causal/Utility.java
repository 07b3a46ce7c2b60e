package org.ruvector.hypergraph.causal;

/**
 * Why something was recalled: a utility, term by term.
 *
 * @param similarity of the contexts: its value is the cosine, from −1 to 1
 * @param uplift     what the actions change: its value is from −1 to 1, see {@link CausalMemory}
 * @param latency    what they cost: its value is from 0 to 1, its weight not positive
 */
public record Utility(Term similarity, Term uplift, Term latency) {

    /**
     * One term.
     *
     * @param weight of the term
     * @param value  scaled, comparable with other terms
     */
    public record Term(double weight, double value) {

        /** What the term adds. */
        public double contribution() {
            return weight * value;
        }
    }

    /** The sum of the terms. */
    public double total() {
        return similarity.contribution() + uplift.contribution() + latency.contribution();
    }
}
