package org.ruvector.hypergraph.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds hyperedges by when they hold. There is one {@link TimeOrder} for events, one for facts without an end, and one for each class
 * of durations: class c has those in {@code (2^(c-1), 2^c]}, class 0 the duration 1.
 *
 * <p>A fact of class c that meets {@code [a, b)} begins before b and, since it lasts at most 2^c, after a − 2^c. So the query walks
 * over these beginnings and leaves out what ended too early. What began after a − 2^(c-1) cannot have: hence, where beginnings are
 * about as dense before a as they are in general, what is left out is no more than what is found. A query costs O(log n) for each
 * class that has members, of which there are at most 67, and is linear in what is walked over.
 */
final class TimeIndex {

    private static final int EVENTS = 0;
    private static final int FIRST_CLASS = 1;
    private static final int OPEN = 66;

    private final Validities validities = new Validities();
    // Null where there was never a member.
    private final TimeOrder[] orders = new TimeOrder[OPEN + 1];

    Validity validity(int edge) {
        return new Validity(validities.from(edge), validities.until(edge));
    }

    /** Adds a hyperedge with bounds that make a {@link Validity}. */
    void add(int edge, long from, long until) {
        validities.set(edge, from, until);
        int order = order(from, until);
        if (orders[order] == null) {
            orders[order] = new TimeOrder(validities);
        }
        orders[order].add(edge);
    }

    /** Removes a hyperedge that is there. */
    void remove(int edge) {
        orders[order(validities.from(edge), validities.until(edge))].remove(edge);
    }

    private static int order(long from, long until) {
        if (until == from) {
            return EVENTS;
        }
        // The difference is exact as an unsigned number.
        return until == Validity.OPEN ? OPEN : FIRST_CLASS + Long.SIZE - Long.numberOfLeadingZeros(until - from - 1);
    }

    /** The hyperedges that hold at an instant of {@code [start, end)}, by beginning, then by ordinal. */
    int[] window(long start, long end) {
        List<int[]> runs = new ArrayList<>();
        for (int order = 0; order < orders.length && start < end; order++) {
            if (orders[order] != null) {
                runs.add(window(order, start, end));
            }
        }
        return merged(runs);
    }

    private int[] window(int order, long start, long end) {
        if (order == EVENTS) {
            return orders[order].range(start, end);
        }
        if (order == OPEN) {
            return orders[order].range(Long.MIN_VALUE, end);
        }
        return endingFrom(start, orders[order].range(earliest(order - FIRST_CLASS, start), end));
    }

    /** The first instant at which a fact of a class may begin that holds at {@code start} or later. */
    private static long earliest(int durationClass, long start) {
        // Above, 2^c is no long; what is too early is left out anyway.
        if (durationClass >= Long.SIZE - 1) {
            return Long.MIN_VALUE;
        }
        long longest = 1L << durationClass;
        return start < Long.MIN_VALUE + longest ? Long.MIN_VALUE : start - longest + 1;
    }

    /** Those that end after an instant, in the same order. */
    private int[] endingFrom(long instant, int[] edges) {
        int kept = 0;
        for (int edge : edges) {
            if (validities.until(edge) > instant) {
                edges[kept++] = edge;
            }
        }
        return kept == edges.length ? edges : Arrays.copyOf(edges, kept);
    }

    /** The hyperedges that begin in {@code [start, end)}, by beginning, then by ordinal. */
    int[] beginning(long start, long end) {
        List<int[]> runs = new ArrayList<>();
        for (TimeOrder order : orders) {
            if (order != null) {
                runs.add(order.range(start, end));
            }
        }
        return merged(runs);
    }

    /** The hyperedges that ended before an instant, in no order. */
    int[] ended(long before) {
        List<int[]> runs = new ArrayList<>();
        for (int order = 0; order < OPEN; order++) {
            if (orders[order] != null) {
                int[] begun = orders[order].range(Long.MIN_VALUE, before);
                int kept = 0;
                for (int edge : begun) {
                    if (validities.until(edge) < before) {
                        begun[kept++] = edge;
                    }
                }
                runs.add(Arrays.copyOf(begun, kept));
            }
        }
        return runs.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** The buckets in which hyperedges begin; only those that begin in {@code [start, end)} are counted. */
    List<BucketCount> histogram(Granularity granularity, long start, long end) {
        TimeOrder[] present =
                Arrays.stream(orders).filter(order -> order != null).toArray(TimeOrder[]::new);
        long[] positions = new long[present.length];
        for (int i = 0; i < present.length; i++) {
            positions[i] = present[i].seek(start);
        }
        List<BucketCount> histogram = new ArrayList<>();
        while (true) {
            long next = Validity.OPEN;
            for (int i = 0; i < present.length; i++) {
                if (present[i].has(positions[i])) {
                    next = Math.min(next, present[i].instant(positions[i]));
                }
            }
            if (next >= end) {
                return List.copyOf(histogram);
            }
            long bucketEnd = granularity.end(next);
            int count = 0;
            for (int i = 0; i < present.length; i++) {
                long after = present[i].seek(Math.min(bucketEnd, end));
                count += present[i].count(positions[i], after);
                positions[i] = after;
            }
            histogram.add(new BucketCount(granularity.start(next), bucketEnd, count));
        }
    }

    /** Merges what is ordered, neighbour with neighbour, until one is left. */
    private int[] merged(List<int[]> runs) {
        List<int[]> left = runs;
        left.removeIf(run -> run.length == 0);
        while (left.size() > 1) {
            List<int[]> merged = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                merged.add(i + 1 < left.size() ? merged(left.get(i), left.get(i + 1)) : left.get(i));
            }
            left = merged;
        }
        return left.isEmpty() ? new int[0] : left.getFirst();
    }

    private int[] merged(int[] a, int[] b) {
        int[] merged = new int[a.length + b.length];
        for (int i = 0, j = 0, n = 0; n < merged.length; n++) {
            merged[n] = j == b.length || (i < a.length && precedes(a[i], b[j])) ? a[i++] : b[j++];
        }
        return merged;
    }

    private boolean precedes(int edge, int other) {
        int compared = Long.compare(validities.from(edge), validities.from(other));
        return compared < 0 || (compared == 0 && edge < other);
    }
}
