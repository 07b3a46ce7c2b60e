package org.ruvector.hypergraph.skills;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far apart the elements of a sequence may lie that match those of a pattern. A distance is a difference of positions:
 * neighbours are 1 apart.
 *
 * @param minGap  least distance between elements that match one after the other, at least 1
 * @param maxGap  largest such distance, at least {@code minGap}
 * @param maxSpan largest distance between the first matched element and the last, at least 0
 */
public record SequenceConstraints(int minGap, int maxGap, int maxSpan) {

    /** Every subsequence matches. */
    public static final SequenceConstraints NONE = new SequenceConstraints(1, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Refuses ranges that nothing fits. */
    public SequenceConstraints {
        if (minGap < 1) {
            throw new IllegalArgumentException(
                    "The least gap is " + minGap + "; neighbours are 1 apart, so it is at least 1");
        }
        if (maxGap < minGap) {
            throw new IllegalArgumentException(
                    "The largest gap is " + maxGap + "; it must not be below the least, " + minGap);
        }
        if (maxSpan < 0) {
            throw new IllegalArgumentException("The largest span is " + maxSpan + "; it must be at least 0");
        }
    }

    /**
     * Where a sequence matches a pattern: for each element of the pattern the position of an element that contains it. Of several
     * matches, one that ends first; among those, the one whose other elements come last. Time and space are the product of both lengths.
     *
     * @param pattern  at least one element; items of an element ascending
     * @param sequence likewise, but may be empty
     * @return ascending positions, or nothing if there is no match
     */
    public Optional<int[]> find(int[][] pattern, int[][] sequence) {
        int m = pattern.length;
        int n = sequence.length;
        // For each prefix of the pattern and each position it may end at: where it began, as late as possible, or -1.
        int[][] start = new int[m][];
        int[][] before = new int[m][];
        for (int k = 0; k < m; k++) {
            start[k] = new int[n];
            before[k] = new int[n];
            Arrays.fill(start[k], -1);
            // Both where a prefix began and where it ended grow with the position, so that the latest end is best for
            // gap and span.
            int last = -1;
            boolean any = false;
            for (int p = 0; p < n; p++) {
                if (k > 0 && p >= minGap && start[k - 1][p - minGap] >= 0) {
                    last = p - minGap;
                }
                boolean reached = k == 0 || (last >= 0 && p - last <= maxGap && p - start[k - 1][last] <= maxSpan);
                if (!reached || !contains(sequence[p], pattern[k])) {
                    continue;
                }
                start[k][p] = k == 0 ? p : start[k - 1][last];
                before[k][p] = last;
                any = true;
                if (k == m - 1) {
                    return Optional.of(positions(before, p));
                }
            }
            if (!any) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int[] positions(int[][] before, int end) {
        int[] positions = new int[before.length];
        int at = end;
        for (int k = positions.length - 1; k >= 0; k--) {
            positions[k] = at;
            at = before[k][at];
        }
        return positions;
    }

    private static boolean contains(int[] element, int[] part) {
        int i = 0;
        for (int item : part) {
            while (i < element.length && element[i] < item) {
                i++;
            }
            if (i == element.length || element[i] != item) {
                return false;
            }
            i++;
        }
        return true;
    }
}
