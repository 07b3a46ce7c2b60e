package org.ruvector.index.hnsw;

import java.util.Arrays;

/**
 * A binary heap of (distance, ordinal) pairs, each packed into one {@code long} whose order is that of the distances, equal
 * ones by ordinal. The nearest is on top, or the farthest if so constructed. Not thread-safe; grows as needed.
 */
final class Candidates {
    private final long flip;
    private long[] heap;
    private int size;

    private Candidates(long flip, int capacity) {
        this.flip = flip;
        this.heap = new long[capacity + 1];
    }

    static Candidates nearestFirst(int capacity) {
        return new Candidates(0, capacity);
    }

    static Candidates farthestFirst(int capacity) {
        return new Candidates(-1, capacity);
    }

    static long pack(float distance, int ordinal) {
        int bits = Float.floatToRawIntBits(distance);
        // Makes the integer order that of the floats, negative ones (inner products) included.
        int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
        return ((long) ordered << 32) | ordinal;
    }

    static float distance(long packed) {
        int ordered = (int) (packed >> 32);
        return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7fffffff));
    }

    static int ordinal(long packed) {
        return (int) packed;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** The pair on top; there must be one. */
    long top() {
        return heap[1] ^ flip;
    }

    void push(long packed) {
        if (size + 1 == heap.length) {
            heap = Arrays.copyOf(heap, heap.length * 2);
        }
        long value = packed ^ flip;
        int i = ++size;
        while (i > 1 && heap[i >>> 1] > value) {
            heap[i] = heap[i >>> 1];
            i >>>= 1;
        }
        heap[i] = value;
    }

    long pop() {
        long top = heap[1] ^ flip;
        long last = heap[size--];
        if (size > 0) {
            siftDown(1, last);
        }
        return top;
    }

    /** Like {@link #pop} then {@link #push}, in one pass. */
    void replaceTop(long packed) {
        siftDown(1, packed ^ flip);
    }

    /** Takes over the pairs of another heap, which is then empty. */
    void takeAll(Candidates other) {
        if (heap.length <= other.size) {
            heap = new long[other.heap.length];
        }
        size = other.size;
        for (int i = 1; i <= size; i++) {
            heap[i] = other.heap[i] ^ other.flip ^ flip;
        }
        for (int i = size >>> 1; i > 0; i--) {
            siftDown(i, heap[i]);
        }
        other.size = 0;
    }

    private void siftDown(int from, long value) {
        int i = from;
        while (true) {
            int child = i << 1;
            if (child > size) {
                break;
            }
            if (child < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
    }

    /** Copies the pairs, nearest first, to {@code out} and leaves the heap empty. Returns how many there were. */
    int drainSorted(long[] out) {
        int n = size;
        for (int i = 0; i < n; i++) {
            out[i] = heap[i + 1] ^ flip;
        }
        Arrays.sort(out, 0, n);
        size = 0;
        return n;
    }
}
