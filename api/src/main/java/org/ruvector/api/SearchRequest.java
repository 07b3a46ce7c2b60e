package org.ruvector.api;

import java.time.Duration;
import java.util.Objects;

/**
 * What to search for and how hard. Immutable; start with {@link #of} and refine:
 *
 * <pre>{@code
 * SearchRequest.of(Query.of(vector), 10).with("ef", 100).filter(Filter.ids(wanted))
 * }</pre>
 *
 * @param query      the vector to search with
 * @param k          most hits wanted, at least 1; {@link Integer#MAX_VALUE} for all within the cut-off
 * @param parameters search-time parameters of the index, such as {@code ef} or {@code nprobe}
 * @param filter     which ids may be answered
 * @param cutoff     only hits at most this far; positive infinity for no cut-off
 * @param effort     limits of the work done
 */
public record SearchRequest(Query query, int k, Parameters parameters, Filter filter, float cutoff, Effort effort) {

    /**
     * Limits of the work that one search may do.
     *
     * @param timeBudget stop with the best so far after this time; {@code null} for no limit
     * @param oversample candidates kept per wanted hit for exact re-ranking, at least 1; used by indexes that search codes
     * @param stopPolicy asked once per hop; {@code null} for none
     */
    public record Effort(Duration timeBudget, float oversample, StopPolicy stopPolicy) {
        /** No limits. */
        public static final Effort DEFAULT = new Effort(null, 1f, null);

        /** Refuses a budget that is not positive and an oversampling below 1. */
        public Effort {
            if (timeBudget != null && (timeBudget.isNegative() || timeBudget.isZero())) {
                throw new IllegalArgumentException("The time budget is " + timeBudget + "; it must be positive");
            }
            if (!(oversample >= 1f) || oversample == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "oversample is " + oversample + "; it must be at least 1 and finite");
            }
        }
    }

    /** Refuses {@code k < 1} and a cut-off that is NaN. */
    public SearchRequest {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(effort, "effort");
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; it must be at least 1");
        }
        if (Float.isNaN(cutoff)) {
            throw new IllegalArgumentException(
                    "The cut-off is NaN; it must be a distance, or positive infinity for none");
        }
    }

    /** The {@code k} nearest, with everything else by default. */
    public static SearchRequest of(Query query, int k) {
        return new SearchRequest(query, k, Parameters.none(), Filter.all(), Float.POSITIVE_INFINITY, Effort.DEFAULT);
    }

    /** Range search: everything at most {@code cutoff} away. */
    public static SearchRequest range(Query query, float cutoff) {
        return of(query, Integer.MAX_VALUE).within(cutoff);
    }

    /** This request for another query. */
    public SearchRequest query(Query other) {
        return new SearchRequest(other, k, parameters, filter, cutoff, effort);
    }

    /** This request with one search-time parameter set. */
    public SearchRequest with(String name, Object value) {
        return with(parameters.with(name, value));
    }

    /** This request with these search-time parameters in place of the earlier ones. */
    public SearchRequest with(Parameters all) {
        return new SearchRequest(query, k, all, filter, cutoff, effort);
    }

    /** This request restricted to ids that match. */
    public SearchRequest filter(Filter only) {
        return new SearchRequest(query, k, parameters, only, cutoff, effort);
    }

    /** This request restricted to hits at most {@code distance} away. */
    public SearchRequest within(float distance) {
        return new SearchRequest(query, k, parameters, filter, distance, effort);
    }

    /** This request ending after the given time with the best found so far. */
    public SearchRequest timeBudget(Duration budget) {
        return new SearchRequest(
                query, k, parameters, filter, cutoff, new Effort(budget, effort.oversample, effort.stopPolicy));
    }

    /** This request keeping {@code factor · k} candidates for exact re-ranking. */
    public SearchRequest oversample(float factor) {
        return new SearchRequest(
                query, k, parameters, filter, cutoff, new Effort(effort.timeBudget, factor, effort.stopPolicy));
    }

    /** This request with a policy that is asked once per hop whether to stop. */
    public SearchRequest stopWhen(StopPolicy policy) {
        return new SearchRequest(
                query, k, parameters, filter, cutoff, new Effort(effort.timeBudget, effort.oversample, policy));
    }
}
