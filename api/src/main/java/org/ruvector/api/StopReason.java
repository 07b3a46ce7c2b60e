package org.ruvector.api;

/** Why a search ended. */
public enum StopReason {
    /** Nothing left in the frontier could improve the result under the requested effort. */
    CONVERGED,
    /** Every row that could match was looked at; the result is exact. */
    EXHAUSTED,
    /** The time budget ran out; the result is the best found so far. */
    TIME_BUDGET,
    /** The request's {@link StopPolicy} said so. */
    POLICY
}
