package org.ruvector.hypergraph.causal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A directed hyperedge from causes to an effect, with what is known of it. An effect on several outcomes is several edges, since
 * each has an estimate of its own.
 *
 * @param ordinal  its hyperedge in {@link CausalMemory#graph}
 * @param causes   names of the nodes in the tail, sorted: {@code action:…}, or one {@code outcome:…}; they act together
 * @param effect   name of the node in the head, {@code outcome:…}
 * @param evidence what is known
 */
public record CausalEdge(int ordinal, List<String> causes, String effect, Evidence evidence) {

    /**
     * What is known of an edge.
     *
     * @param naive    the estimate that looks at no covariates, of all observations
     * @param adjusted the estimate that the memory stands by: adjusted for the covariates, if there are any
     * @param unit     what turns it into standard deviations of the outcome (for a cause that is an outcome, for each standard deviation of
     *                 the cause); NaN while the outcome or the cause never varied
     * @param updated  the latest time of an observation in which the causes were at work, in milliseconds since 1970
     */
    public record Evidence(EffectEstimate naive, EffectEstimate adjusted, double unit, long updated) {

        /** Refuses a unit that is not above 0, nor NaN. */
        public Evidence {
            Objects.requireNonNull(naive, "naive");
            Objects.requireNonNull(adjusted, "adjusted");
            if (unit <= 0 || Double.isInfinite(unit)) {
                throw new IllegalArgumentException("The unit is " + unit + "; it must be above 0 and finite, or NaN");
            }
        }
    }

    /** Refuses an edge without causes. */
    public CausalEdge {
        causes = List.copyOf(causes);
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(evidence, "evidence");
        if (causes.isEmpty() || causes.contains(effect)) {
            throw new IllegalArgumentException(
                    "The causes of '" + effect + "' are " + causes + "; there must be one, and not the effect itself");
        }
    }

    /** The adjusted estimate. */
    public EffectEstimate estimate() {
        return evidence.adjusted;
    }

    /** The adjusted estimate in standard deviations, if it is known and there are such. */
    public Optional<EffectEstimate> standardised() {
        return evidence.adjusted.known() && !Double.isNaN(evidence.unit)
                ? Optional.of(evidence.adjusted.scaled(evidence.unit))
                : Optional.empty();
    }
}
