package org.ruvector.index.learned.keys;

/**
 * Finds positions in a sorted sequence of keys. A learned index predicts the position by a model of the keys' distribution, with
 * a bound of its error, and searches only there (T. Kraska and others, "The case for learned index structures", SIGMOD 2018).
 *
 * <p>Immutable and thread-safe. Whatever the model predicts, the answer is that of a binary search.
 */
public interface KeyIndex {

    /** The keys. */
    SortedKeys keys();

    /**
     * The first position whose key has at least this code, or the number of keys if all are smaller. For keys whose code is at
     * hand; others use the methods below.
     *
     * @param code of {@link SortedKeys#codeOf(long)} or {@link SortedKeys#codeOf(double)}
     */
    int position(long code);

    /** Bytes that the index takes beside the keys. */
    long bytes();

    /** A short name with the parameters, for reports. */
    @Override
    String toString();

    /**
     * The first position whose key is at least this one, or the number of keys if all are smaller.
     *
     * @throws IllegalArgumentException if the keys are doubles
     */
    default int lowerBound(long key) {
        return position(keys().codeOf(key));
    }

    /**
     * The first position whose key is at least this one, or the number of keys if all are smaller.
     *
     * @throws IllegalArgumentException if the keys are longs, or this is not a number
     */
    default int lowerBound(double key) {
        return position(keys().codeOf(key));
    }

    /**
     * The positions of keys from {@code from} to {@code to}, both included.
     *
     * @throws IllegalArgumentException if the keys are doubles, or {@code from} is above {@code to}
     */
    default Positions range(long from, long to) {
        return Positions.of(this, keys().codeOf(from), keys().codeOf(to));
    }

    /**
     * The positions of keys from {@code from} to {@code to}, both included.
     *
     * @throws IllegalArgumentException if the keys are longs, one of the two is not a number, or {@code from} is above {@code to}
     */
    default Positions range(double from, double to) {
        return Positions.of(this, keys().codeOf(from), keys().codeOf(to));
    }

    /**
     * Neighbouring positions.
     *
     * @param from the first
     * @param to   after the last
     */
    record Positions(int from, int to) {

        /** Refuses positions out of order. */
        public Positions {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("From " + from + " to " + to + " is not a range of positions");
            }
        }

        /** How many there are. */
        public int count() {
            return to - from;
        }

        private static Positions of(KeyIndex index, long from, long to) {
            if (from > to) {
                throw new IllegalArgumentException("The range ends before it begins; give the smaller key first");
            }
            int first = index.position(from);
            return new Positions(first, to == Long.MAX_VALUE ? index.keys().size() : index.position(to + 1));
        }
    }
}
