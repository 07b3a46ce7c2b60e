package org.ruvector.api;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.LongPredicate;

/**
 * Which ids may be answered. A set of ids ({@link Ids}) can be enumerated, so an index can scan exactly the matching rows
 * when they are few; prefer it to a predicate when the ids are known, and reuse one instance for many searches.
 */
public sealed interface Filter {

    /** Whether the id may be answered. */
    boolean matches(long id);

    /** Number of ids that match, or an estimate of it, or −1 if unknown. */
    long cardinality();

    /** Everything matches. */
    static Filter all() {
        return All.ALL;
    }

    /** What satisfies the predicate, which must be pure and, if searches run in parallel, thread-safe. */
    static Filter where(LongPredicate predicate) {
        return new Where(predicate, -1);
    }

    /** The same with an estimate of how many ids match, which helps an index choose its plan. */
    static Filter where(LongPredicate predicate, long cardinality) {
        return new Where(predicate, cardinality);
    }

    /** The given ids; repeated ones count once. The array is copied. */
    static Filter ids(long... ids) {
        return new Ids(ids);
    }

    /** Lets everything through. */
    enum All implements Filter {
        /** The only instance. */
        ALL;

        @Override
        public boolean matches(long id) {
            return true;
        }

        @Override
        public long cardinality() {
            return -1;
        }
    }

    /**
     * Ids that satisfy a predicate.
     *
     * @param predicate   pure and thread-safe
     * @param cardinality number of ids expected to match, or −1 if unknown
     */
    record Where(LongPredicate predicate, long cardinality) implements Filter {
        /** Refuses a cardinality below −1. */
        public Where {
            Objects.requireNonNull(predicate, "predicate");
            if (cardinality < -1) {
                throw new IllegalArgumentException(
                        "cardinality is " + cardinality + "; it must be −1 (unknown) or more");
            }
        }

        @Override
        public boolean matches(long id) {
            return predicate.test(id);
        }
    }

    /** A finite set of ids, immutable. Membership is one bit test where the ids are dense, a binary search where not. */
    final class Ids implements Filter {
        private final long[] sorted;
        private final BitSet dense;

        private Ids(long[] ids) {
            sorted = Arrays.stream(ids).sorted().distinct().toArray();
            int n = sorted.length;
            boolean bitmapPays =
                    n > 0 && sorted[0] >= 0 && sorted[n - 1] < Math.min(Integer.MAX_VALUE, 1024L * n + 65_536);
            dense = bitmapPays ? new BitSet((int) sorted[n - 1] + 1) : null;
            if (bitmapPays) {
                for (long id : sorted) {
                    dense.set((int) id);
                }
            }
        }

        @Override
        public boolean matches(long id) {
            if (dense != null) {
                return id >= 0 && id <= sorted[sorted.length - 1] && dense.get((int) id);
            }
            return Arrays.binarySearch(sorted, id) >= 0;
        }

        @Override
        public long cardinality() {
            return sorted.length;
        }

        /** The {@code i}-th smallest id, for {@code i} from 0 to {@code cardinality() − 1}. */
        public long id(int i) {
            return sorted[i];
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Ids other && Arrays.equals(sorted, other.sorted);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sorted);
        }

        @Override
        public String toString() {
            return "Ids[" + sorted.length + "]";
        }
    }
}
