package org.ruvector.index.hnsw;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Where a new vector goes: into a slot whose former node was taken out of the graph and can no longer be seen by any search,
 * or else into a fresh one. Slots pass from {@link #removed} (still linked) over {@link #unlinked} (a search that began
 * earlier may still be there) to free. Guarded by the index.
 */
final class SlotAllocator {
    private record Batch(long epoch, int[] slots) {}

    private final Epochs epochs;
    private final Deque<Batch> unlinked = new ArrayDeque<>();
    private int[] removed = new int[16];
    private int removedCount;
    private int[] free = new int[16];
    private int freeCount;

    SlotAllocator(Epochs epochs) {
        this.epochs = epochs;
    }

    /** A slot that may be used again, or −1 if there is none. */
    int reuse() {
        while (freeCount == 0 && !unlinked.isEmpty() && epochs.oldest() >= unlinked.peek().epoch) {
            for (int slot : unlinked.remove().slots) {
                free(slot);
            }
        }
        return freeCount == 0 ? -1 : free[--freeCount];
    }

    /** A slot that no search can see may be used again. */
    void free(int slot) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = slot;
    }

    /** A node was removed, but links still lead to it. */
    void removed(int slot) {
        if (removedCount == removed.length) {
            removed = Arrays.copyOf(removed, removedCount * 2);
        }
        removed[removedCount++] = slot;
    }

    /** The number of removed nodes that links still lead to. */
    int removedCount() {
        return removedCount;
    }

    /** No link leads to the removed nodes any more. */
    void unlinked() {
        if (removedCount > 0) {
            unlinked.add(new Batch(epochs.advance(), Arrays.copyOf(removed, removedCount)));
            removedCount = 0;
        }
    }

    /** All slots that hold no vector. */
    int[] vacant() {
        int[] all = Arrays.copyOf(free, freeCount);
        for (Batch batch : unlinked) {
            int n = all.length;
            all = Arrays.copyOf(all, n + batch.slots.length);
            System.arraycopy(batch.slots, 0, all, n, batch.slots.length);
        }
        return all;
    }
}
