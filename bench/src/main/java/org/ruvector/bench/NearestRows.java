package org.ruvector.bench;

import java.util.Arrays;

/** The rows with the least distances of those offered, equal distances by row number. Belongs to one thread. */
final class NearestRows {

    /** Distance in the upper half, row in the lower: comparing them as numbers compares distances, then rows. */
    private final long[] keys;

    private int count;

    /** Keeps at most that many, at least 1. */
    NearestRows(int most) {
        this.keys = new long[most];
    }

    /** Takes a row, unless enough are nearer. */
    void offer(int row, float distance) {
        // Adding 0 makes −0 equal to 0; the bits of negative floats grow with their size, so those are turned round.
        int bits = Float.floatToIntBits(distance + 0f);
        long key = (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | row;
        if (count == keys.length) {
            if (key >= keys[count - 1]) {
                return;
            }
            count--;
        }
        int at = -1 - Arrays.binarySearch(keys, 0, count, key);
        System.arraycopy(keys, at, keys, at + 1, count - at);
        keys[at] = key;
        count++;
    }

    /** {@return the rows, nearest first} */
    int[] rows() {
        return Arrays.stream(keys, 0, count).mapToInt(key -> (int) key).toArray();
    }
}
