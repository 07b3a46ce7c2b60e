package org.ruvector.hypergraph.time;

/**
 * When a hyperedge holds: from an instant on until before another. An interval of length zero is an event, which happens at its
 * one instant. Instants are milliseconds since 1970-01-01T00:00Z, from {@link Long#MIN_VALUE} to {@code Long.MAX_VALUE - 1}.
 *
 * @param from  the first instant
 * @param until the first instant after it; the same as {@code from} for an event; {@link #OPEN} where no end is known
 */
public record Validity(long from, long until) {

    /** Later than all instants: stands for the end of what has none. */
    public static final long OPEN = Long.MAX_VALUE;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if it ends before it begins, or begins at {@link #OPEN}
     */
    public Validity {
        requireInstant("beginning of a validity", from);
        if (until < from) {
            throw new IllegalArgumentException("Time before validity: it ends at " + until + ", before it begins at "
                    + from + "; swap them, or leave the end open with " + OPEN);
        }
    }

    /** The validity of an event. */
    public static Validity at(long instant) {
        return new Validity(instant, instant);
    }

    /** The validity of a fact whose end is not known. */
    public static Validity since(long from) {
        return new Validity(from, OPEN);
    }

    static void requireInstant(String what, long time) {
        if (time == OPEN) {
            throw new IllegalArgumentException("The " + what + " is " + OPEN
                    + ", which is no instant but stands for an open end; give an earlier one");
        }
    }

    /** Whether it is an event. */
    public boolean event() {
        return from == until;
    }

    /** Whether its end is not known. */
    public boolean open() {
        return until == OPEN;
    }

    /** Whether it holds, or happens, at an instant. */
    public boolean holds(long instant) {
        return from <= instant && (instant < until || instant == from);
    }

    /** Whether it holds, or happens, at any instant from {@code start} on and before {@code end}. */
    public boolean meets(long start, long end) {
        return start < end && from < end && (until > start || (event() && from >= start));
    }
}
