package org.ruvector.hypergraph.time;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a temporal hypergraph should answer, by looking at each hyperedge; and random times that are hard on it. */
final class ModelTimes {

    private final TreeMap<Integer, Validity> alive = new TreeMap<>();
    private final SplittableRandom random;

    ModelTimes(SplittableRandom random) {
        this.random = random;
    }

    void put(int edge, Validity validity) {
        alive.put(edge, validity);
    }

    void remove(int edge) {
        alive.remove(edge);
    }

    int size() {
        return alive.size();
    }

    Map<Integer, Validity> all() {
        return alive;
    }

    int any() {
        return (int) alive.keySet().toArray()[random.nextInt(alive.size())];
    }

    int[] matching(Predicate<Validity> wanted) {
        return alive.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .sorted((a, b) -> Long.compare(a.getValue().from(), b.getValue().from()))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    /** Written down once more, and differently. */
    int[] window(long start, long end) {
        return matching(v -> v.from() == v.until()
                ? v.from() >= start && v.from() < end
                : Math.max(v.from(), start) < Math.min(v.until(), end));
    }

    int[] beginning(long start, long end) {
        return matching(v -> v.from() >= start && v.from() < end);
    }

    Object[] histogram(Granularity granularity, long start, long end) {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        for (int edge : beginning(start, end)) {
            counts.merge(granularity.start(alive.get(edge).from()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new BucketCount(entry.getKey(), granularity.end(entry.getKey()), entry.getValue()))
                .toArray();
    }

    /** Mostly near each other, sometimes at the ends of time, or anywhere. */
    long instant() {
        long instant = switch (random.nextInt(10)) {
            case 0 -> Long.MIN_VALUE + random.nextInt(5);
            case 1 -> Long.MAX_VALUE - 1 - random.nextInt(5);
            case 2 -> random.nextLong();
            case 3, 4, 5 -> random.nextInt(-20, 20);
            default -> 1_700_000_000_000L + random.nextLong(100L * 24 * 3_600_000);
        };
        return Math.min(instant, Long.MAX_VALUE - 1);
    }

    /** Events, facts of all orders of magnitude, and facts without an end. */
    Validity validity() {
        long from = instant();
        long until = switch (random.nextInt(8)) {
            case 0, 1 -> from;
            case 2 -> from + random.nextInt(1, 6);
            case 3 -> Validity.OPEN;
            case 4 -> from + (1L << random.nextInt(62)) + random.nextInt(2);
            case 5 -> Math.max(from, instant());
            default -> from + random.nextLong(1L << random.nextInt(1, 63));
        };
        return new Validity(from, until < from ? from + random.nextLong(Validity.OPEN - from) : until);
    }

    long[] sortedInstants() {
        long[] bounds = {random.nextInt(8) == 0 ? Validity.OPEN : instant(), instant()};
        Arrays.sort(bounds);
        return bounds;
    }
}
