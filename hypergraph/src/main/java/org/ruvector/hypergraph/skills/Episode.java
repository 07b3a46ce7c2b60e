package org.ruvector.hypergraph.skills;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Actions taken one after the other, and what came of them.
 *
 * @param id      unique in a {@link SkillLibrary}, not blank
 * @param time    when it happened
 * @param steps   at least one; copied
 * @param outcome of all steps together
 * @param context what it was about, in words; empty if nothing is known
 */
public record Episode(String id, Instant time, List<Action> steps, Outcome outcome, String context) {

    /** Refuses an episode without a name or steps. */
    public Episode {
        if (id.isBlank()) {
            throw new IllegalArgumentException("An episode has a blank id; give each its own");
        }
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(context, "context");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("Episode '" + id + "' has no steps; it must have at least one");
        }
    }

    /** An episode of which no context is known. */
    public Episode(String id, Instant time, List<Action> steps, Outcome outcome) {
        this(id, time, steps, outcome, "");
    }
}
