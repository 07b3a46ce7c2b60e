package org.ruvector.hypergraph.causal;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ruvector.api.Query;

/**
 * What was done in a context, and what came of it. Immutable; arrays are copied in and out.
 *
 * @param context    the embedding of the context, finite
 * @param covariates numbers known before anything was done, in the order of the schema
 * @param actions    what was done; empty if nothing was; sorted
 * @param outcomes   what came of it, by name, at least one; more is better; sorted
 * @param latency    how long it took, in milliseconds, at least 0 and finite
 * @param time       when, in milliseconds since 1970
 */
public record Observation(
        float[] context,
        double[] covariates,
        Set<String> actions,
        Map<String, Double> outcomes,
        double latency,
        long time) {

    /**
     * Refuses what is malformed.
     *
     * @throws IllegalArgumentException if a number is NaN, infinite or beyond {@link TreatmentData#LARGEST}, a name is blank or
     *     too long, there is no outcome, or the latency is negative
     */
    public Observation {
        context = new Query.Floats(context.clone()).vector();
        covariates = covariates.clone();
        for (int j = 0; j < covariates.length; j++) {
            requireNumber("Covariate " + j, covariates[j]);
        }
        SortedSet<String> sortedActions = new TreeSet<>(actions);
        sortedActions.forEach(action -> CausalSchema.requireName("action", action));
        actions = Collections.unmodifiableSortedSet(sortedActions);
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("The observation has no outcome; it must have at least one");
        }
        SortedMap<String, Double> sortedOutcomes = new TreeMap<>(outcomes);
        sortedOutcomes.forEach((name, value) -> {
            CausalSchema.requireName("outcome", name);
            requireNumber("Outcome '" + name + "'", Objects.requireNonNull(value, name));
        });
        outcomes = Collections.unmodifiableSortedMap(sortedOutcomes);
        if (!(latency >= 0 && TreatmentData.inRange(latency))) {
            throw new IllegalArgumentException(
                    "The latency is " + latency + " ms; it must be at least 0 and at most " + TreatmentData.LARGEST);
        }
    }

    /** One outcome, without covariates, in no time, at time 0. */
    public static Observation of(float[] context, Set<String> actions, String outcome, double value) {
        return new Observation(context, new double[0], actions, Map.of(outcome, value), 0, 0);
    }

    private static void requireNumber(String what, double value) {
        if (!TreatmentData.inRange(value)) {
            throw new IllegalArgumentException(
                    what + " is " + value + "; it must be a number of at most " + TreatmentData.LARGEST + " in size");
        }
    }

    /** This observation with these covariates. */
    public Observation covariates(double... values) {
        return new Observation(context, values, actions, outcomes, latency, time);
    }

    /** This observation with one outcome more, or another value of it. */
    public Observation outcome(String name, double value) {
        Map<String, Double> more = new TreeMap<>(outcomes);
        more.put(name, value);
        return new Observation(context, covariates, actions, more, latency, time);
    }

    /** This observation with that latency, in milliseconds. */
    public Observation latency(double milliseconds) {
        return new Observation(context, covariates, actions, outcomes, milliseconds, time);
    }

    /** This observation at that time, in milliseconds since 1970. */
    public Observation time(long milliseconds) {
        return new Observation(context, covariates, actions, outcomes, latency, milliseconds);
    }

    /** The embedding of the context; the caller owns the array. */
    @Override
    public float[] context() {
        return context.clone();
    }

    /** The covariates; the caller owns the array. */
    @Override
    public double[] covariates() {
        return covariates.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Observation other
                && Arrays.equals(context, other.context)
                && Arrays.equals(covariates, other.covariates)
                && actions.equals(other.actions)
                && outcomes.equals(other.outcomes)
                && latency == other.latency
                && time == other.time;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(context), Arrays.hashCode(covariates), actions, outcomes, latency, time);
    }

    @Override
    public String toString() {
        return actions + " → " + outcomes + " in " + latency + " ms at " + time + ", covariates "
                + Arrays.toString(covariates);
    }
}
