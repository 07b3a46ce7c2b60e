package org.ruvector.index.hnsw;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.ruvector.api.Filter;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/**
 * The nodes of an index and how they change while searches read them without a lock. Additions and removals share a lock;
 * what needs the whole graph (a larger store, consolidation, saving, closing) takes it alone. The id table and the choice of
 * slots have the monitor of {@code slots}, links have the striped {@code locks}, and the top of the graph has {@code top}.
 */
final class HnswNodes {
    private final HnswParams params;
    private final VectorLayout layout;
    private final NodeCodes codes;
    private final Lock[] locks;
    private final Epochs epochs = new Epochs();
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final Object top = new Object();
    private final Queue<Growth> idleGrowths = new ConcurrentLinkedQueue<>();
    private final SlotAllocator slots = new SlotAllocator(epochs);
    private final Deque<Retired> retired = new ArrayDeque<>();
    private SlotTable table;
    private volatile NodeStore store;
    private volatile int live;
    private volatile boolean closed;

    /** A store that searches begun before {@code epoch} may still read. */
    private record Retired(long epoch, NodeStore store) {}

    /** What one thread needs to add to one store. */
    private record Growth(NodeStore store, Insertion insertion, StoredVectors vectors) {}

    HnswNodes(HnswParams params, VectorLayout layout, NodeCodes codes, NodeStore store, Lock[] locks) {
        this.params = params;
        this.layout = layout;
        this.codes = codes;
        this.store = store;
        this.live = store.slots;
        this.locks = locks;
    }

    Epochs epochs() {
        return epochs;
    }

    VectorLayout layout() {
        return layout;
    }

    int size() {
        return live;
    }

    /** Bytes of the id table. */
    long tableBytes() {
        synchronized (slots) {
            return table == null ? 0 : table.byteSize();
        }
    }

    /** A copy of the vector with that id, or {@code null}. */
    Query vector(long id) {
        return shared(current -> {
            synchronized (slots) {
                int slot = table().find(id, current.ids);
                return slot < 0 ? null : layout.read(current.rows, slot);
            }
        });
    }

    /** Does something while vectors may come and go, but the store stays the same. */
    <T> T shared(Function<NodeStore, T> task) {
        changes.readLock().lock();
        try {
            return task.apply(store());
        } finally {
            changes.readLock().unlock();
        }
    }

    /** Something to do with the store, and the slots in it that hold no vector. */
    interface Task<T, E extends Exception> {
        T apply(NodeStore store, int[] vacant) throws E;
    }

    /** Does something while nothing else changes, after removed nodes were taken out of the graph. */
    <T, E extends Exception> T alone(Task<T, E> task) throws E {
        changes.writeLock().lock();
        try {
            NodeStore current = store();
            consolidate();
            return task.apply(current, slots.vacant());
        } finally {
            changes.writeLock().unlock();
        }
    }

    /** The slots that hold no vector, of an index that was opened. */
    void vacant(int[] vacantSlots) {
        long epoch = epochs.advance();
        for (int slot : vacantSlots) {
            store.removedAt(slot, epoch);
            slots.free(slot);
        }
        live = store.slots - vacantSlots.length;
        epochs.advance();
    }

    /** What a search that has entered its epoch reads from. */
    NodeStore store() {
        if (closed) {
            throw new IllegalStateException("The index is closed");
        }
        return store;
    }

    /** The slots in a store that are in use or were. */
    int slotsInUse(NodeStore of) {
        synchronized (slots) {
            return of.slots;
        }
    }

    /** Notes the slots of those ids that are there; returns false if the store is not the current one. */
    boolean findAll(Filter.Ids ids, NodeStore of, FoundSlots found) {
        synchronized (slots) {
            if (of != store()) {
                return false;
            }
            found.lookUp(ids, table(), of.ids);
            return true;
        }
    }

    /** Built at first need, so that opening a file does not read all ids. */
    private SlotTable table() {
        if (table == null) {
            SlotTable filled = new SlotTable(store.slots);
            for (int slot = 0; slot < store.slots; slot++) {
                if (store.isThere(slot, Epochs.NEVER)) {
                    int other = filled.put(slot, store.ids);
                    if (other >= 0) {
                        throw new IndexFileException.Corrupt("The index is damaged: slots " + other + " and " + slot
                                + " both have the id " + store.id(slot));
                    }
                }
            }
            table = filled;
        }
        return table;
    }

    /** Adds a vector, or replaces the one that has the id; returns whether there was one. */
    boolean put(long id, Query vector, boolean replace) {
        boolean replaced;
        changes.readLock().lock();
        try {
            if (!replace) {
                synchronized (slots) {
                    requireAbsent(table().find(id, store().ids), id);
                }
            }
            int slot = claim();
            NodeStore current = store();
            current.ids.set(VectorRows.LONG, 8L * slot, id);
            current.write(vector, layout, slot);
            current.graph.unlink(slot);
            if (!replace) {
                take(id, slot, current);
            }
            // A search may find it from here on, by scanning or by following links.
            current.removedAt(slot, 0);
            try {
                link(current, slot);
            } catch (Throwable e) {
                abandon(id, slot, current, !replace);
                throw e;
            }
            // The old vector goes only now, so that a search meanwhile finds one of the two.
            replaced = replace && exchange(id, slot, current);
        } finally {
            changes.readLock().unlock();
        }
        consolidateIfWorthwhile();
        return replaced;
    }

    /** Takes back a vector that could not be linked, because the graph is damaged. */
    private void abandon(long id, int slot, NodeStore current, boolean taken) {
        synchronized (slots) {
            if (taken) {
                table().remove(id, current.ids);
                live = table().size();
            }
            current.removedAt(slot, epochs.advance());
            slots.removed(slot);
        }
    }

    private static void requireAbsent(int slot, long id) {
        if (slot >= 0) {
            throw new IllegalArgumentException("Id " + id + " is present already; use replace to change its vector");
        }
    }

    private void take(long id, int slot, NodeStore current) {
        synchronized (slots) {
            int other = table().put(slot, current.ids);
            if (other >= 0) {
                slots.free(slot);
            }
            requireAbsent(other, id);
            live = table().size();
        }
    }

    private boolean exchange(long id, int slot, NodeStore current) {
        synchronized (slots) {
            int old = table().remove(id, current.ids);
            table().put(slot, current.ids);
            live = table().size();
            if (old >= 0) {
                current.removedAt(old, epochs.advance());
                slots.removed(old);
            }
            return old >= 0;
        }
    }

    private void link(NodeStore current, int slot) {
        Growth growth = idleGrowths.poll();
        if (growth == null || growth.store != current) {
            growth = new Growth(current, new Insertion(params), new StoredVectors(layout, current.rows));
        }
        // Removed nodes may become neighbours: they still lead somewhere, and consolidation replaces them.
        growth.insertion.insertAndRaise(current.graph, growth.vectors, slot, current.capacity, top);
        idleGrowths.add(growth);
    }

    /** A slot for a new vector, its level set. Needs the shared lock, which it may let go for a while. */
    private int claim() {
        while (true) {
            NodeStore current = store();
            synchronized (slots) {
                // Filled before a slot is taken, because it reads the ids of all slots in use.
                table();
                int slot = slots.reuse();
                if (slot >= 0) {
                    return slot;
                }
                slot = current.slots;
                int level = Levels.of(params.seed(), slot, params.m());
                if (slot < current.capacity && current.hasRoomAbove(level, params.m())) {
                    current.raise(slot, level, params.m());
                    // Until its vector is written, a scan must pass it by.
                    current.removedAt(slot, Epochs.BEFORE_ALL);
                    current.slots++;
                    return slot;
                }
            }
            changes.readLock().unlock();
            try {
                grow(current);
            } finally {
                changes.readLock().lock();
            }
        }
    }

    private void grow(NodeStore full) {
        changes.writeLock().lock();
        try {
            if (store() != full) {
                return;
            }
            int capacity = (int) Math.min(SlotTable.MAX_SIZE, Math.max(64, full.capacity * 5L / 4));
            if (capacity <= full.capacity) {
                throw new IllegalStateException("The index is full: it has " + capacity + " slots");
            }
            // One node in M reaches above layer 0, and one in M of those one layer higher; twice that is ample.
            long upperInts = full.upperUsed
                    + 2L * (capacity - full.slots) * (params.m() + 1) / (params.m() - 1)
                    + 16L * params.m();
            NodeStore larger = full.grown(params, layout, codes, capacity, upperInts, locks);
            // Choosing links anew can cut a node off. Here all of the graph is copied anyway.
            Reachability.repair(larger, params, layout);
            store = larger;
            retired.add(new Retired(epochs.advance(), full));
            closeRetired(epochs.oldest());
        } finally {
            changes.writeLock().unlock();
        }
    }

    private void closeRetired(long oldest) {
        while (!retired.isEmpty() && retired.peek().epoch <= oldest) {
            retired.remove().store.close();
        }
    }

    /** Returns whether the id was there. */
    boolean remove(long id) {
        changes.readLock().lock();
        try {
            NodeStore current = store();
            synchronized (slots) {
                int slot = table().remove(id, current.ids);
                if (slot < 0) {
                    return false;
                }
                live = table().size();
                current.removedAt(slot, epochs.advance());
                slots.removed(slot);
            }
        } finally {
            changes.readLock().unlock();
        }
        consolidateIfWorthwhile();
        return true;
    }

    /** Removed nodes are swept out of the graph in batches: a sweep costs the same for one as for many. */
    private void consolidateIfWorthwhile() {
        synchronized (slots) {
            if (slots.removedCount() < Math.max(32, store.slots / 64)) {
                return;
            }
        }
        changes.writeLock().lock();
        try {
            if (!closed) {
                consolidate();
            }
        } finally {
            changes.writeLock().unlock();
        }
    }

    /** Takes removed nodes out of the graph and links in what that cut off. Needs the lock alone. */
    private void consolidate() {
        NodeStore current = store;
        if (slots.removedCount() == 0) {
            return;
        }
        NodeFilter there = node -> current.isThere(node, Epochs.NEVER);
        new Consolidation(params).sweep(current.graph, new StoredVectors(layout, current.rows), current.slots, there);
        int entry = current.graph.entryPoint();
        if (entry >= 0 && !there.accepts(entry)) {
            current.graph.entryPoint(highest(current, there));
        }
        Reachability.repair(current, params, layout);
        slots.unlinked();
        closeRetired(epochs.oldest());
    }

    private static int highest(NodeStore current, NodeFilter there) {
        int highest = -1;
        for (int node = 0; node < current.slots; node++) {
            if (there.accepts(node) && (highest < 0 || current.graph.level(node) > current.graph.level(highest))) {
                highest = node;
            }
        }
        return highest;
    }

    void close() {
        changes.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                store.close();
                closeRetired(Long.MAX_VALUE);
            }
        } finally {
            changes.writeLock().unlock();
        }
    }
}
