package org.ruvector.hypergraph.time;

import java.util.Arrays;

/**
 * How many groups of one size there are in each time step, in each of several cells: one cell for all groups, or one for each pair of
 * nodes. Only what is not 0 is kept.
 *
 * @param start cell c has the entries from {@code start[c]} on and before {@code start[c + 1]}
 * @param step  of each entry, ascending within a cell
 * @param count of each entry, at least 1
 */
record Activity(int[] start, int[] step, int[] count) {

    /** Counts what happened, each with the cell in the upper and the step in the lower half; sorts it. */
    static Activity of(long[] happened, int cells) {
        Arrays.sort(happened);
        int[] start = new int[cells + 1];
        int[] step = new int[happened.length];
        int[] count = new int[happened.length];
        int entries = 0;
        for (int i = 0; i < happened.length; i++) {
            if (i == 0 || happened[i] != happened[i - 1]) {
                step[entries++] = (int) happened[i];
                start[(int) (happened[i] >>> 32) + 1] = entries;
            }
            count[entries - 1]++;
        }
        for (int cell = 1; cell <= cells; cell++) {
            start[cell] = Math.max(start[cell], start[cell - 1]);
        }
        return new Activity(start, Arrays.copyOf(step, entries), Arrays.copyOf(count, entries));
    }

    /** Number of groups in a cell over all steps. */
    private long total(int cell) {
        long total = 0;
        for (int i = start[cell]; i < start[cell + 1]; i++) {
            total += count[i];
        }
        return total;
    }

    /**
     * The sum over cells of the covariance of this and, {@code lag} steps later, another: products of differences from the means
     * over all steps, averaged over the steps that have one so much later. Takes time linear in the cells and in the entries.
     *
     * @param order where each step goes; has their number
     * @param row   as many zeros, which it leaves as such
     */
    double covariance(Activity later, int lag, int[] order, int[] row) {
        double steps = order.length;
        int overlap = order.length - lag;
        double sum = 0;
        for (int cell = 0; cell + 1 < start.length; cell++) {
            // Where one has nothing its differences from its mean are all 0.
            if (start[cell] == start[cell + 1] || later.start[cell] == later.start[cell + 1]) {
                continue;
            }
            long tail = 0;
            for (int i = later.start[cell]; i < later.start[cell + 1]; i++) {
                int t = order[later.step[i]];
                row[t] = later.count[i];
                tail += t >= lag ? later.count[i] : 0;
            }
            long head = 0;
            long products = 0;
            for (int i = start[cell]; i < start[cell + 1]; i++) {
                int t = order[step[i]];
                if (t < overlap) {
                    head += count[i];
                    products += (long) count[i] * row[t + lag];
                }
            }
            for (int i = later.start[cell]; i < later.start[cell + 1]; i++) {
                row[order[later.step[i]]] = 0;
            }
            double mean = total(cell) / steps;
            double laterMean = later.total(cell) / steps;
            sum += products - laterMean * head - mean * tail + overlap * mean * laterMean;
        }
        return sum / overlap;
    }
}
