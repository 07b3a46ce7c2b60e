package org.ruvector.index.hnsw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Lock;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.CodeRows;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.VectorLayout;

/**
 * All that is stored of the nodes, for a fixed number of them: vectors, ids, links, and when a node was removed. To hold more,
 * everything is copied into a larger store, and searches that still read the old one end there.
 */
final class NodeStore {
    final MemorySegment rows;
    /** {@code null} if there are vectors only. */
    final CodeRows codes;

    final MemorySegment ids;
    final LayerZero base;
    final MemorySegment upperAt;
    final MemorySegment upper;
    final NativeGraph graph;
    final int capacity;
    private final Runnable release;

    /** When each node was removed, by {@link Epochs}; 0 for those that are there. {@code null} until the first removal. */
    private volatile AtomicLongArray removedAt;

    /** Slots in use, removed ones included; all nodes are below it. Guarded by the index. */
    int slots;

    /** Ints of {@code upper} in use; the first is left free. Guarded by the index. */
    int upperUsed = 1;

    NodeStore(
            HnswParams params,
            MemorySegment rows,
            CodeRows codes,
            MemorySegment ids,
            LayerZero base,
            MemorySegment upperAt,
            MemorySegment upper,
            Lock[] locks,
            Runnable release) {
        this.rows = rows;
        this.codes = codes;
        this.ids = ids;
        this.base = base;
        this.upperAt = upperAt;
        this.upper = upper;
        this.graph = new NativeGraph(params.m(), base, upperAt, upper, locks);
        this.capacity = (int) (ids.byteSize() / Long.BYTES);
        this.release = release;
    }

    /** Fresh memory for {@code capacity} nodes, whose upper layers need {@code upperInts} ints. */
    @SuppressWarnings("MustBeClosedChecker") // the store closes the arena
    static NodeStore allocate(
            HnswParams params, VectorLayout layout, NodeCodes codes, int capacity, long upperInts, Lock[] locks) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment rows = OffHeap.allocate(arena, capacity * layout.stride());
            MemorySegment base =
                    OffHeap.allocate(arena, LayerZero.stride(params.maxLinks(0), codes.codec()) * capacity);
            return new NodeStore(
                    params,
                    rows,
                    codes.tiers() == null ? null : CodeRows.allocate(codes.tiers(), arena, capacity),
                    OffHeap.allocate(arena, 8L * capacity),
                    new LayerZero(params.maxLinks(0), base, codes.codec(), layout.rows(rows, capacity)),
                    OffHeap.allocate(arena, 4L * capacity),
                    OffHeap.allocate(arena, 4 * (1 + upperInts)),
                    locks,
                    arena::close);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** A larger store with the same contents. Nobody else may be changing this one. */
    NodeStore grown(
            HnswParams params,
            VectorLayout layout,
            NodeCodes nodeCodes,
            int newCapacity,
            long upperInts,
            Lock[] locks) {
        NodeStore larger = allocate(params, layout, nodeCodes, newCapacity, upperInts, locks);
        copy(rows, larger.rows, slots * layout.stride());
        if (codes != null) {
            codes.copyTo(larger.codes, slots);
        }
        copy(ids, larger.ids, 8L * slots);
        copy(base.segment, larger.base.segment, base.stride * slots);
        larger.base.keepUp();
        copy(upperAt, larger.upperAt, 4L * slots);
        copy(upper, larger.upper, 4L * upperUsed);
        larger.slots = slots;
        larger.upperUsed = upperUsed;
        larger.graph.entryPoint(graph.entryPoint());
        AtomicLongArray removed = removedAt;
        for (int slot = 0; removed != null && slot < slots; slot++) {
            larger.removedAt(slot, removed.get(slot));
        }
        return larger;
    }

    private static void copy(MemorySegment from, MemorySegment to, long bytes) {
        MemorySegment.copy(from, 0, to, 0, bytes);
    }

    /** Writes a vector to its slot, and its codes. */
    void write(Query vector, VectorLayout layout, int slot) {
        layout.write(vector, rows, slot);
        if (codes != null) {
            codes.encode(layout, rows, slot, slot + 1);
        }
    }

    long id(int slot) {
        return ids.get(VectorRows.LONG, 8L * slot);
    }

    /** Whether a node is there for a search that began at {@code epoch}: not removed, or removed only later. */
    boolean isThere(int slot, long epoch) {
        AtomicLongArray removed = removedAt;
        if (removed == null) {
            return true;
        }
        long at = removed.get(slot);
        return at == 0 || at > epoch;
    }

    /** Whether any node was ever removed. */
    boolean hasRemovals() {
        return removedAt != null;
    }

    /** Notes that a node was removed at an epoch, or, with 0, that it is there again. */
    void removedAt(int slot, long epoch) {
        if (removedAt == null) {
            synchronized (this) {
                if (removedAt == null) {
                    if (epoch == 0) {
                        return;
                    }
                    removedAt = new AtomicLongArray(capacity);
                }
            }
        }
        removedAt.set(slot, epoch);
    }

    /** Whether {@code upper} has room for the block of a node of that level. */
    boolean hasRoomAbove(int level, int m) {
        return level == 0 || upperUsed + 1L + (long) level * m <= upper.byteSize() / Integer.BYTES;
    }

    /** Gives a fresh slot its level; there must be room. */
    void raise(int slot, int level, int m) {
        if (level > 0) {
            graph.level(slot, level, upperUsed);
            upperUsed += 1 + level * m;
        }
    }

    List<MemoryReport.Part> memory() {
        List<MemoryReport.Part> parts = new ArrayList<>();
        parts.add(part("vectors", rows));
        if (codes != null) {
            parts.addAll(codes.memory());
        }
        parts.add(part("links of layer 0", base.segment));
        parts.add(part("upper layers", upper));
        parts.add(part("upper layer table", upperAt));
        parts.add(part("ids", ids));
        parts.add(new MemoryReport.Part("removal epochs", hasRemovals() ? 8L * capacity : 0, false));
        return parts;
    }

    private static MemoryReport.Part part(String name, MemorySegment segment) {
        return new MemoryReport.Part(name, segment.byteSize(), segment.isMapped());
    }

    /** Frees the memory; nobody may be reading it. */
    void close() {
        release.run();
    }
}
