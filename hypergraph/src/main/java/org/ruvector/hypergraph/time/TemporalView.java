package org.ruvector.hypergraph.time;

import java.util.List;
import org.ruvector.hypergraph.Hypergraph;

/**
 * A temporal hypergraph to read, within {@link TemporalHypergraph#read} only. Hyperedges come by beginning, those of the same instant
 * by ordinal; the caller owns the arrays.
 */
public final class TemporalView {

    private final Hypergraph graph;
    private final TimeIndex times;

    /** Receives windows that slide. */
    @FunctionalInterface
    public interface WindowVisitor {

        /**
         * Receives a window.
         *
         * @param start its first instant
         * @param end   the first instant after it
         * @param edges the hyperedges that hold in it, as of {@link #window}
         */
        void visit(long start, long end, int[] edges);
    }

    TemporalView(Hypergraph graph, TimeIndex times) {
        this.graph = graph;
        this.times = times;
    }

    /** The hyperedges of all times. */
    public Hypergraph graph() {
        return graph;
    }

    /**
     * When a hyperedge holds.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Validity validity(int edge) {
        if (edge < 0 || edge >= graph.edgeBound() || graph.size(edge) == 0) {
            throw new IllegalArgumentException("There is no hyperedge " + edge
                    + (edge >= 0 && edge < graph.edgeBound()
                            ? ": it was removed"
                            : ": their ordinals end before " + graph.edgeBound()));
        }
        return times.validity(edge);
    }

    /**
     * The hyperedges that hold, or happen, at any instant from {@code start} on and before {@code end}: those of which
     * {@link Validity#meets} says so. Takes time logarithmic in the number of hyperedges, for each order of magnitude of their
     * durations, and linear in the number found; if facts of one order of magnitude are much denser before the window than
     * in it, linear in the number of those that might have reached into it.
     *
     * @param end {@link Validity#OPEN} for all that follows
     * @throws IllegalArgumentException if the window ends before it starts
     */
    public int[] window(long start, long end) {
        requireWindow(start, end);
        return times.window(start, end);
    }

    /** The hyperedges that hold, or happen, at an instant: the window of this one instant, at the same cost. */
    public int[] asOf(long instant) {
        Validity.requireInstant("instant to look at", instant);
        return times.window(instant, instant + 1);
    }

    /**
     * The hyperedges that begin, or happen, from {@code start} on and before {@code end}. Takes time logarithmic in the number of
     * hyperedges, and linear in the number found.
     *
     * @param end {@link Validity#OPEN} for all that follows
     * @throws IllegalArgumentException if the window ends before it starts
     */
    public int[] beginning(long start, long end) {
        requireWindow(start, end);
        return times.beginning(start, end);
    }

    /** The hyperedges that begin, or happen, in the bucket of the calendar that an instant is in. */
    public int[] beginning(Granularity granularity, long instant) {
        Validity.requireInstant("instant to look at", instant);
        return times.beginning(granularity.start(instant), granularity.end(instant));
    }

    /**
     * How many hyperedges begin, or happen, in each bucket of the calendar, from {@code start} on and before {@code end}; what lies
     * in the first or last bucket but outside of these bounds is not counted. Buckets in which nothing begins are left out.
     *
     * <p>Takes time logarithmic in the number n of hyperedges for each bucket told of, and n / 512. The order of time answers
     * for every granularity, so there are no counters to keep.
     *
     * @param end {@link Validity#OPEN} for all that follows
     * @return in order of time, unmodifiable
     * @throws IllegalArgumentException if the window ends before it starts
     */
    public List<BucketCount> histogram(Granularity granularity, long start, long end) {
        requireWindow(start, end);
        return times.histogram(granularity, start, end);
    }

    /**
     * Slides a window: {@code [start, start + width)}, {@code [start + step, start + step + width)} and so on, as long as they start
     * before {@code end}; each costs what {@link #window} does.
     *
     * @param window  how wide it is, and how far it slides at a time
     * @param visitor called for each, in order of time
     * @throws IllegalArgumentException if {@code end} is before {@code start}
     */
    public void slide(SlidingWindow window, long start, long end, WindowVisitor visitor) {
        requireWindow(start, end);
        long at = start;
        while (at < end) {
            long stop = at + window.width() < at ? Validity.OPEN : at + window.width();
            visitor.visit(at, stop, times.window(at, stop));
            if (at + window.step() < at) {
                return;
            }
            at += window.step();
        }
    }

    private static void requireWindow(long start, long end) {
        if (end < start) {
            throw new IllegalArgumentException(
                    "The window ends at " + end + ", before it starts at " + start + "; swap them");
        }
    }
}
