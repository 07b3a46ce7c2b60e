package org.ruvector.hypergraph.skills;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PrefixSpan: all frequent sequential patterns, found by growing prefixes (J. Pei, J. Han et al., "PrefixSpan: mining sequential patterns
 * efficiently by prefix-projected pattern growth", ICDE 2001; "Mining sequential patterns by pattern-growth", TKDE 2004).
 *
 * <p>A sequence is a list of elements, an element a set of items. A sequence contains a pattern if its elements contain those of the
 * pattern, one by one in the same order and under the {@linkplain SequenceConstraints constraints}. Support is the number of sequences
 * that contain it, however often each does.
 *
 * <p>Projections are pseudo-projections: positions in the sequences, not copies of their suffixes. Without constraints the first match of
 * a prefix is enough, as all that follows another follows it. With gaps or a span it is not: a later match may be the only one that
 * goes on. So a projection keeps every position that a prefix may end at, each with the latest beginning. One rule then serves both ways
 * to grow, a new element and an item more in the last one. With a largest gap, a pattern can be frequent while a part of it with
 * elements missing in the middle is not; prefixes stay as frequent, which is all that growing needs.
 *
 * <p>There can be exponentially many patterns; {@code minSupport} and {@code maxLength} are what bounds them. Each costs time
 * in the sum of its projected suffixes.
 *
 * @param minSupport  sequences that must contain a pattern, at least 1
 * @param maxLength   most items of a pattern, at least 1
 * @param constraints on the distances between matched elements
 */
public record PrefixSpan(int minSupport, int maxLength, SequenceConstraints constraints) {

    /** Refuses numbers below 1. */
    public PrefixSpan {
        if (minSupport < 1) {
            throw new IllegalArgumentException("The minimum support is " + minSupport + "; it must be at least 1");
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("The maximum length is " + maxLength + "; it must be at least 1");
        }
        if (constraints == null) {
            throw new IllegalArgumentException("There are no constraints; give SequenceConstraints.NONE");
        }
    }

    /**
     * All frequent patterns, each once: a prefix before what grows from it, smaller items first, an item in the same element before one in
     * the next.
     *
     * @param database sequences, which may be empty; elements not empty, items at least 0 and strictly ascending; only read
     * @throws IllegalArgumentException if an element is empty or not ascending
     */
    public List<SequencePattern> mine(List<int[][]> database) {
        return new Growth(this, database, false).run();
    }

    /** Those of {@link #mine} that the last sequence contains. */
    List<SequencePattern> mineLast(List<int[][]> database) {
        return new Growth(this, database, true).run();
    }

    /** Where a prefix may end: triples of a sequence, a position in it, and the latest beginning; ascending. */
    private static final class Projection {

        private int[] sequence = new int[8];
        private int[] end = new int[8];
        private int[] start = new int[8];
        private int size;
        private int support;

        void add(int inSequence, int endsAt, int startsAt) {
            if (size == sequence.length) {
                sequence = Arrays.copyOf(sequence, 2 * size);
                end = Arrays.copyOf(end, 2 * size);
                start = Arrays.copyOf(start, 2 * size);
            }
            if (size == 0 || sequence[size - 1] != inSequence) {
                support++;
            }
            sequence[size] = inSequence;
            end[size] = endsAt;
            start[size] = startsAt;
            size++;
        }

        int[] sequences() {
            return Arrays.stream(sequence, 0, size).distinct().toArray();
        }
    }

    private static final class Growth {

        private final int minSupport;
        private final int maxLength;
        private final SequenceConstraints constraints;
        private final boolean inLast;
        /** The sequences without infrequent items; those left are named by their rank in {@code items}. */
        private final int[][][] database;

        private final int[] items;
        private final List<SequencePattern> found = new ArrayList<>();

        Growth(PrefixSpan settings, List<int[][]> sequences, boolean inLast) {
            minSupport = settings.minSupport;
            maxLength = settings.maxLength;
            constraints = settings.constraints;
            this.inLast = inLast;
            items = frequentItems(sequences);
            database = new int[sequences.size()][][];
            for (int s = 0; s < database.length; s++) {
                database[s] = ranked(sequences.get(s));
            }
        }

        private int[] frequentItems(List<int[][]> sequences) {
            // For each item the number of sequences, and the last of them.
            Map<Integer, int[]> counts = new TreeMap<>();
            for (int s = 0; s < sequences.size(); s++) {
                int[][] sequence = sequences.get(s);
                for (int p = 0; p < sequence.length; p++) {
                    requireSet(s, p, sequence[p]);
                    for (int item : sequence[p]) {
                        int[] count = counts.computeIfAbsent(item, unseen -> new int[] {0, -1});
                        if (count[1] != s) {
                            count[0]++;
                            count[1] = s;
                        }
                    }
                }
            }
            int last = sequences.size() - 1;
            return counts.entrySet().stream()
                    .filter(e -> e.getValue()[0] >= minSupport && (!inLast || e.getValue()[1] == last))
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
        }

        private static void requireSet(int sequence, int position, int[] element) {
            for (int i = 0; i < element.length; i++) {
                if (element[i] < 0 || (i > 0 && element[i] <= element[i - 1])) {
                    throw new IllegalArgumentException("Element " + position + " of sequence " + sequence + " is "
                            + Arrays.toString(element) + "; items must be at least 0 and strictly ascending");
                }
            }
            if (element.length == 0) {
                throw new IllegalArgumentException(
                        "Element " + position + " of sequence " + sequence + " is empty; leave it out");
            }
        }

        private int[][] ranked(int[][] sequence) {
            int[][] ranked = new int[sequence.length][];
            for (int p = 0; p < ranked.length; p++) {
                ranked[p] = Arrays.stream(sequence[p])
                        .map(item -> Arrays.binarySearch(items, item))
                        .filter(rank -> rank >= 0)
                        .toArray();
            }
            return ranked;
        }

        List<SequencePattern> run() {
            Projection[] first = new Projection[items.length];
            for (int s = 0; s < database.length; s++) {
                for (int p = 0; p < database[s].length; p++) {
                    for (int item : database[s][p]) {
                        add(first, item, s, p, p);
                    }
                }
            }
            for (int item = 0; item < first.length; item++) {
                keep(new int[][] {{item}}, 1, first[item]);
            }
            return found;
        }

        private void keep(int[][] pattern, int length, Projection at) {
            if (at == null || at.support < minSupport || (inLast && at.sequence[at.size - 1] != database.length - 1)) {
                return;
            }
            int[][] named = new int[pattern.length][];
            for (int i = 0; i < named.length; i++) {
                named[i] = Arrays.stream(pattern[i]).map(rank -> items[rank]).toArray();
            }
            found.add(new SequencePattern(named, at.sequences()));
            if (length < maxLength) {
                grow(pattern, length, at);
            }
        }

        private void grow(int[][] pattern, int length, Projection at) {
            Projection[] same = new Projection[items.length];
            Projection[] next = new Projection[items.length];
            int[] lastElement = pattern[pattern.length - 1];
            int largest = lastElement[lastElement.length - 1];
            int to;
            for (int from = 0; from < at.size; from = to) {
                to = from + 1;
                while (to < at.size && at.sequence[to] == at.sequence[from]) {
                    to++;
                }
                for (int i = from; i < to; i++) {
                    for (int item : database[at.sequence[i]][at.end[i]]) {
                        if (item > largest) {
                            add(same, item, at.sequence[i], at.end[i], at.start[i]);
                        }
                    }
                }
                projectNext(next, at, from, to);
            }
            for (int item = 0; item < items.length; item++) {
                if (same[item] != null) {
                    int[][] grown = pattern.clone();
                    grown[grown.length - 1] = Arrays.copyOf(lastElement, lastElement.length + 1);
                    grown[grown.length - 1][lastElement.length] = item;
                    keep(grown, length + 1, same[item]);
                }
                if (next[item] != null) {
                    int[][] grown = Arrays.copyOf(pattern, pattern.length + 1);
                    grown[pattern.length] = new int[] {item};
                    keep(grown, length + 1, next[item]);
                }
            }
        }

        private void projectNext(Projection[] next, Projection at, int from, int to) {
            int[][] sequence = database[at.sequence[from]];
            long first = (long) at.end[from] + constraints.minGap();
            // Later ends have later beginnings: so the latest end that the least gap allows is best for largest gap and
            // span.
            int e = from;
            for (int p = (int) Math.min(first, sequence.length); p < sequence.length; p++) {
                while (e + 1 < to && at.end[e + 1] <= p - constraints.minGap()) {
                    e++;
                }
                if (p - at.end[e] <= constraints.maxGap() && p - at.start[e] <= constraints.maxSpan()) {
                    for (int item : sequence[p]) {
                        add(next, item, at.sequence[from], p, at.start[e]);
                    }
                }
            }
        }

        private static void add(Projection[] projections, int item, int sequence, int end, int start) {
            Projection projection = projections[item];
            if (projection == null) {
                projection = new Projection();
                projections[item] = projection;
            }
            projection.add(sequence, end, start);
        }
    }
}
