package org.ruvector.hypergraph.skills;

import java.util.BitSet;
import java.util.List;

/** A sequence of actions that enough successes share, and what was seen of it since. */
final class Candidate {

    /** About how many candidates are tested nearly as if they were the only so many. */
    private static final double CHEAP = 100;

    final int ordinal;
    final int[][] pattern;
    /** The first episode that may judge it: those before proposed it. */
    final int since;

    /** Successes before that. */
    final int successesBefore;

    /** Ids of the successes that made it a candidate. */
    final List<String> provenance;

    /** Ordinals of the episodes that contain it, those from before it was a candidate among them. */
    final BitSet occurrences = new BitSet();

    // Of the episodes since.
    int uses;
    int successes;
    double rewards;
    double latencies;

    /** What explained its success when last looked at; most likely it still does. */
    Candidate explanation;

    /** The skill that has these steps, or null. */
    LiveSkill skill;

    Candidate(int ordinal, int[][] pattern, Rate before, List<String> provenance) {
        this.ordinal = ordinal;
        this.pattern = pattern;
        since = before.trials();
        successesBefore = before.successes();
        this.provenance = List.copyOf(provenance);
    }

    /** Its part of the level. Over all candidates that there can ever be these sum up to 1. */
    double weight() {
        return CHEAP / ((CHEAP + ordinal) * (CHEAP + ordinal + 1));
    }

    /** Counts an episode that contains it, seen since it is a candidate. */
    void use(int episode, Outcome outcome) {
        occurrences.set(episode);
        uses++;
        successes += outcome.success() ? 1 : 0;
        rewards += outcome.reward();
        latencies += outcome.latencyMillis();
    }

    /** Successes among later episodes that contain it. */
    Rate with() {
        return new Rate(successes, uses);
    }

    boolean contains(Candidate other) {
        return pattern.length > other.pattern.length
                && SequenceConstraints.NONE.find(other.pattern, pattern).isPresent();
    }
}
