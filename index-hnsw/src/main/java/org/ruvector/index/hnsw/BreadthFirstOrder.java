package org.ruvector.index.hnsw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.OffHeap;

/**
 * Renumbers the nodes of a graph in the order in which a breadth-first walk over layer 0 meets them, from the entry point on:
 * neighbours become neighbours in memory, so that a search touches fewer pages. Ids stay with their vectors. Linear time;
 * vectors are moved in place, everything else is copied.
 */
final class BreadthFirstOrder {

    private BreadthFirstOrder() {}

    /** Renumbers; nobody else may be using the store. */
    static void apply(NodeStore store, int m, long stride) {
        int n = store.slots;
        int[] order = walk(store.graph, n, 2 * m);
        int[] newOf = new int[n];
        for (int i = 0; i < n; i++) {
            newOf[order[i]] = i;
        }
        moveRows(store.rows, stride, order);
        try (Arena scratch = Arena.ofShared()) {
            MemorySegment ids = copyOf(store.ids, scratch);
            MemorySegment upperAt = copyOf(store.upperAt, scratch);
            long linkBytes = 8L * m;
            MemorySegment links = OffHeap.allocate(scratch, linkBytes * n);
            for (int node = 0; node < n; node++) {
                MemorySegment.copy(store.base.segment, store.base.linksAt(node), links, linkBytes * node, linkBytes);
            }
            for (int node = 0; node < n; node++) {
                int old = order[node];
                store.ids.set(VectorRows.LONG, 8L * node, ids.get(VectorRows.LONG, 8L * old));
                int at = upperAt.get(NativeGraph.INT, 4L * old);
                store.upperAt.set(NativeGraph.INT, 4L * node, at);
                renumber(links, linkBytes * old, store.base.segment, store.base.linksAt(node), 2 * m, newOf);
                if (at != 0) {
                    int above = m * store.upper.get(NativeGraph.INT, 4L * at);
                    renumber(store.upper, 4L * (at + 1), store.upper, 4L * (at + 1), above, newOf);
                }
            }
        }
        store.graph.entryPoint(newOf[store.graph.entryPoint()]);
    }

    /** All nodes, in the order in which they are met; those that no link leads to come last. */
    private static int[] walk(Graph graph, int n, int maxLinks) {
        int[] order = new int[n];
        boolean[] met = new boolean[n];
        int[] links = new int[maxLinks];
        order[0] = graph.entryPoint();
        met[order[0]] = true;
        int last = 1;
        int unmet = 0;
        for (int next = 0; next < n; next++) {
            if (next == last) {
                while (met[unmet]) {
                    unmet++;
                }
                met[unmet] = true;
                order[last++] = unmet;
            }
            int count = graph.links(0, order[next], links);
            for (int i = 0; i < count; i++) {
                if (!met[links[i]]) {
                    met[links[i]] = true;
                    order[last++] = links[i];
                }
            }
        }
        return order;
    }

    /** Moves row {@code order[i]} to place {@code i}, for all i, along the cycles of the permutation. */
    static void moveRows(MemorySegment rows, long stride, int[] order) {
        boolean[] moved = new boolean[order.length];
        try (Arena scratch = Arena.ofShared()) {
            MemorySegment first = scratch.allocate(stride);
            for (int start = 0; start < order.length; start++) {
                if (moved[start] || order[start] == start) {
                    continue;
                }
                MemorySegment.copy(rows, start * stride, first, 0, stride);
                int place = start;
                while (order[place] != start) {
                    MemorySegment.copy(rows, order[place] * stride, rows, place * stride, stride);
                    moved[place] = true;
                    place = order[place];
                }
                MemorySegment.copy(first, 0, rows, place * stride, stride);
                moved[place] = true;
            }
        }
    }

    private static void renumber(MemorySegment from, long fromAt, MemorySegment to, long toAt, int count, int[] newOf) {
        for (int i = 0; i < count; i++) {
            int link = from.get(NativeGraph.INT, fromAt + 4L * i);
            to.set(NativeGraph.INT, toAt + 4L * i, link == 0 ? 0 : newOf[link - 1] + 1);
        }
    }

    private static MemorySegment copyOf(MemorySegment segment, Arena arena) {
        return OffHeap.allocate(arena, segment.byteSize()).copyFrom(segment);
    }
}
