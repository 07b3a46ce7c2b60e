package org.ruvector.hypergraph.time;

import java.time.Duration;
import java.util.Objects;

/**
 * A rule by which {@link TemporalHypergraph#expire} forgets. A hyperedge expires when more than {@code age} passed since its end, or
 * since it happened. A fact without an end never does.
 *
 * @param age  at least 0, in full milliseconds, and at most {@link Long#MAX_VALUE} of them
 * @param keep what to keep although it is old enough
 */
public record Retention(Duration age, Keep keep) {

    /** Says what is kept. */
    @FunctionalInterface
    public interface Keep {

        /** Whether to keep a hyperedge that is old enough to expire. Must not change the hypergraph. */
        boolean keep(TemporalView view, int edge);
    }

    /** Refuses an age that is negative or too large. */
    public Retention {
        Objects.requireNonNull(keep, "keep");
        if (age.isNegative() || age.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "The age is " + age + "; it must be from 0 to " + Long.MAX_VALUE + " ms");
        }
    }

    /** Keeps nothing that is old enough to expire. */
    public Retention(Duration age) {
        this(age, (view, edge) -> false);
    }

    /** The instant before which what expires must have ended. */
    long cutoff(long now) {
        long cutoff = now - age.toMillis();
        return cutoff > now ? Long.MIN_VALUE : cutoff;
    }
}
