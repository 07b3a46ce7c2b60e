package org.ruvector.index.hnsw;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.VectorLayout;

/**
 * Builds a graph of many vectors at once, by several threads, in {@link InsertionOrder}, and then puts its nodes into
 * breadth-first order, so that nodes which are visited together lie together. With one thread the result is the same, bit for bit, each time.
 */
final class HnswBuild {
    /** Nodes that a thread takes at once: few enough that threads end together. */
    private static final int CHUNK = 16;

    private final HnswParams params;
    private final VectorLayout layout;
    private final BuildContext context;
    private final Lock[] locks;

    HnswBuild(HnswParams params, VectorLayout layout, BuildContext context, Lock[] locks) {
        this.params = params;
        this.layout = layout;
        this.context = context;
        this.locks = locks;
    }

    /** A store that holds the rows, linked and in order. Ids are stored as they are. */
    NodeStore build(VectorRows source, long[] ids, NodeCodes codes) {
        NodeStore store = NodeStore.allocate(params, layout, codes, ids.length, upperInts(ids.length), locks);
        try {
            layout.writeAll(source, 0, ids.length, store.rows);
            int[] order = InsertionOrder.of(store.rows, ids.length, layout, context.seed(params.seed()));
            BreadthFirstOrder.moveRows(store.rows, layout.stride(), order);
            for (int node = 0; node < ids.length; node++) {
                store.ids.set(VectorRows.LONG, 8L * node, ids[order[node]]);
                store.raise(node, Levels.of(params.seed(), node, params.m()), params.m());
            }
            store.slots = ids.length;
            if (ids.length > 0) {
                store.graph.entryPoint(0);
                insertAll(store);
                Reachability.repair(store, params, layout);
                BreadthFirstOrder.apply(store, params.m(), layout.stride());
                encodeAll(store);
            }
            store.base.keepUp();
            return store;
        } catch (Throwable e) {
            store.close();
            throw e;
        }
    }

    private long upperInts(int nodes) {
        long ints = 0;
        for (int node = 0; node < nodes; node++) {
            int level = Levels.of(params.seed(), node, params.m());
            ints += level == 0 ? 0 : 1 + level * params.m();
        }
        return ints;
    }

    private void insertAll(NodeStore store) {
        // Node 0 is the entry point to begin with.
        AtomicInteger next = new AtomicInteger(1);
        AtomicInteger done = new AtomicInteger(1);
        Object top = new Object();
        Runnable task = () -> {
            Insertion insertion = new Insertion(params);
            StoredVectors vectors = new StoredVectors(layout, store.rows);
            try {
                for (int from; (from = next.getAndAdd(CHUNK)) < store.slots; ) {
                    int to = Math.min(store.slots, from + CHUNK);
                    for (int node = from; node < to; node++) {
                        insertion.insertAndRaise(store.graph, vectors, node, store.capacity, top);
                    }
                    report(done.addAndGet(to - from), store.slots);
                }
            } finally {
                // Whoever fails, the others need not go on.
                next.set(store.slots);
            }
        };
        context.workers().run(task);
    }

    private void encodeAll(NodeStore store) {
        if (store.base.codec == null && store.codes == null) {
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            int[] links = new int[params.maxLinks(0)];
            for (int from; (from = next.getAndAdd(CHUNK)) < store.slots; ) {
                int to = Math.min(store.slots, from + CHUNK);
                if (store.codes != null) {
                    store.codes.encode(layout, store.rows, from, to);
                }
                for (int node = from; store.base.codec != null && node < to; node++) {
                    store.base.encode(node, links, 0, store.graph.links(0, node, links));
                }
            }
        };
        context.workers().run(task);
    }

    private void report(int done, int total) {
        if (!context.progress().update("build hnsw", done, total)) {
            throw new CancellationException(
                    "The build of an hnsw index was cancelled after " + done + " of " + total + " vectors");
        }
    }
}
