package org.ruvector.hypergraph.time;

import java.util.Arrays;

/**
 * Hyperedges by their beginning, those of the same instant by ordinal: a B-tree of two levels. Leaves hold up to 512 ordinals; the
 * root is an array of leaves, so that nothing is boxed and a hyperedge costs little more than 4 bytes. What arrives in order is
 * appended, and a full last leaf is left full; what arrives out of order is inserted, and a full leaf is split.
 *
 * <p>A search takes time logarithmic in the number n of hyperedges, an insertion or removal that and the moving of up to 512 ordinals;
 * one in some hundred insertions also moves the root's n / 512 entries. Two neighbouring leaves always hold more than half a leaf.
 *
 * <p>A position is a leaf and a place in it, packed into a long; a change of the order voids it.
 */
final class TimeOrder {

    private static final int LEAF = 512;

    private final Validities validities;
    private int[][] leaves = new int[4][];
    private int[] sizes = new int[4];
    // The beginning of the first hyperedge of each leaf: spares a search of the root two cache misses for each step.
    private long[] first = new long[4];
    private int leafCount;
    private int size;

    TimeOrder(Validities validities) {
        this.validities = validities;
    }

    int size() {
        return size;
    }

    /** Number of leaves: tells how full they are. */
    int leaves() {
        return leafCount;
    }

    /** Adds a hyperedge whose validity is set, and that is not there yet. */
    void add(int edge) {
        long from = validities.from(edge);
        if (leafCount == 0) {
            insertLeaf(0, new int[LEAF], 0);
        }
        int leaf = leaf(from, edge);
        int place = place(leaf, from, edge);
        if (sizes[leaf] == LEAF) {
            if (place == LEAF && leaf == leafCount - 1) {
                insertLeaf(++leaf, new int[LEAF], 0);
                place = 0;
            } else {
                split(leaf);
                if (place > sizes[leaf]) {
                    place -= sizes[leaf];
                    leaf++;
                }
            }
        }
        System.arraycopy(leaves[leaf], place, leaves[leaf], place + 1, sizes[leaf] - place);
        leaves[leaf][place] = edge;
        sizes[leaf]++;
        size++;
        if (place == 0) {
            first[leaf] = from;
        }
    }

    /** Removes a hyperedge that is there, and whose beginning is as it was. */
    void remove(int edge) {
        long from = validities.from(edge);
        int leaf = leaf(from, edge);
        int place = place(leaf, from, edge);
        if (place == sizes[leaf] || leaves[leaf][place] != edge) {
            throw new AssertionError("Hyperedge " + edge + " is not in the order of time");
        }
        System.arraycopy(leaves[leaf], place + 1, leaves[leaf], place, sizes[leaf] - place - 1);
        sizes[leaf]--;
        size--;
        if (sizes[leaf] == 0) {
            removeLeaf(leaf);
        } else {
            if (place == 0) {
                first[leaf] = validities.from(leaves[leaf][0]);
            }
            mergeWithNext(leaf);
        }
        mergeWithNext(leaf - 1);
    }

    /** The position of the first hyperedge that begins at an instant or later. */
    long seek(long instant) {
        if (leafCount == 0) {
            return 0;
        }
        int leaf = leaf(instant, -1);
        int place = place(leaf, instant, -1);
        return place == sizes[leaf] ? (leaf + 1L) << 32 : ((long) leaf << 32) | place;
    }

    /** Whether there is a hyperedge at a position, or it is the end. */
    boolean has(long position) {
        return (int) (position >>> 32) < leafCount;
    }

    /** The beginning of the hyperedge at a position. */
    long instant(long position) {
        return validities.from(leaves[(int) (position >>> 32)][(int) position]);
    }

    /** Number of hyperedges from one position on and before another. */
    int count(long start, long end) {
        int leaf = (int) (start >>> 32);
        int last = (int) (end >>> 32);
        int count = (int) end - (int) start;
        for (; leaf < last; leaf++) {
            count += sizes[leaf];
        }
        return count;
    }

    /** The hyperedges that begin at {@code from} or later, and before {@code before}. */
    int[] range(long from, long before) {
        if (from >= before) {
            return new int[0];
        }
        long position = seek(from);
        int[] range = new int[count(position, seek(before))];
        int leaf = (int) (position >>> 32);
        int place = (int) position;
        for (int n = 0; n < range.length; leaf++) {
            int part = Math.min(sizes[leaf] - place, range.length - n);
            System.arraycopy(leaves[leaf], place, range, n, part);
            n += part;
            place = 0;
        }
        return range;
    }

    /** The last leaf whose first hyperedge is not after another, or the first leaf. */
    private int leaf(long from, int edge) {
        int low = 0;
        int high = leafCount - 1;
        // What arrives in order belongs to the last.
        int middle = high;
        while (low < high) {
            if (first[middle] < from || (first[middle] == from && leaves[middle][0] <= edge)) {
                low = middle;
            } else {
                high = middle - 1;
            }
            middle = (low + high + 1) >>> 1;
        }
        return low;
    }

    /** The first place of a leaf whose hyperedge is not before another, or its end. */
    private int place(int leaf, long from, int edge) {
        int[] entries = leaves[leaf];
        int low = 0;
        int high = sizes[leaf];
        int middle = high - 1;
        while (low < high) {
            long begins = validities.from(entries[middle]);
            if (begins < from || (begins == from && entries[middle] < edge)) {
                low = middle + 1;
            } else {
                high = middle;
            }
            middle = (low + high) >>> 1;
        }
        return low;
    }

    private void split(int leaf) {
        int half = LEAF / 2;
        int[] upper = new int[LEAF];
        System.arraycopy(leaves[leaf], half, upper, 0, LEAF - half);
        insertLeaf(leaf + 1, upper, LEAF - half);
        sizes[leaf] = half;
        first[leaf + 1] = validities.from(upper[0]);
    }

    private void mergeWithNext(int leaf) {
        if (leaf < 0 || leaf + 1 >= leafCount || sizes[leaf] + sizes[leaf + 1] > LEAF / 2) {
            return;
        }
        System.arraycopy(leaves[leaf + 1], 0, leaves[leaf], sizes[leaf], sizes[leaf + 1]);
        sizes[leaf] += sizes[leaf + 1];
        removeLeaf(leaf + 1);
    }

    private void insertLeaf(int at, int[] entries, int count) {
        if (leafCount == leaves.length) {
            int capacity = leafCount + (leafCount >> 1);
            int[] moreSizes = Arrays.copyOf(sizes, capacity);
            long[] moreFirst = Arrays.copyOf(first, capacity);
            leaves = Arrays.copyOf(leaves, capacity);
            sizes = moreSizes;
            first = moreFirst;
        }
        move(at, at + 1, leafCount - at);
        leafCount++;
        leaves[at] = entries;
        sizes[at] = count;
    }

    private void removeLeaf(int at) {
        move(at + 1, at, leafCount - at - 1);
        leafCount--;
        leaves[leafCount] = null;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(leaves, from, leaves, to, count);
        System.arraycopy(sizes, from, sizes, to, count);
        System.arraycopy(first, from, first, to, count);
    }
}
