package org.ruvector.index.hnsw;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.locks.Lock;
import org.ruvector.api.IndexFileException;

/**
 * A graph in native memory. A link is stored as ordinal + 1, so that fresh zeroed memory is a graph without links and 0 ends
 * a list. On layer 0 each node has 2·M such ints in {@code base}. A node that reaches higher also has a block in
 * {@code upper}: its level, then M ints for each layer from 1 on; {@code upperAt} holds, for each node, where in
 * {@code upper} its block begins, or 0 if it has none (int 0 of {@code upper} is not used).
 *
 * <p>Every link read is checked to be a node, because the memory may be a damaged file.
 */
final class NativeGraph implements Graph {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int m;
    private final int capacity;
    private final LayerZero base;
    private final MemorySegment upperAt;
    private final MemorySegment upper;
    private final Lock[] locks;
    private volatile int entryPoint = -1;

    /**
     * A graph without entry point over memory that may hold links already.
     *
     * @param locks a power of two of them
     */
    NativeGraph(int m, LayerZero base, MemorySegment upperAt, MemorySegment upper, Lock[] locks) {
        this.m = m;
        this.capacity = (int) (upperAt.byteSize() / Integer.BYTES);
        this.base = base;
        this.upperAt = upperAt;
        this.upper = upper;
        this.locks = locks;
    }

    @Override
    public int entryPoint() {
        return entryPoint;
    }

    @Override
    public void entryPoint(int node) {
        entryPoint = node;
    }

    @Override
    public int level(int node) {
        int at = upperAt.get(INT, 4L * node);
        if (at == 0) {
            return 0;
        }
        requireUpper(node, at, 1);
        int level = upper.get(INT, 4L * at);
        if (level < 1 || level > Levels.MAX) {
            throw damaged("node " + node + " is on layer " + level);
        }
        return level;
    }

    /** Throws unless the node's block in {@code upper} can reach to that layer. */
    private void requireUpper(int node, int at, int level) {
        if (at < 1 || 4 * (at + 1 + (long) level * m) > upper.byteSize()) {
            throw damaged("node " + node + " has its upper layers at " + at);
        }
    }

    private static IndexFileException damaged(String how) {
        return new IndexFileException.Corrupt(
                "The graph is damaged: " + how + "; check the file it was opened from with 'ruvector info --verify'");
    }

    /** Gives a node its block on the upper layers. */
    void level(int node, int level, int blockAt) {
        upper.set(INT, 4L * blockAt, level);
        upperAt.set(INT, 4L * node, blockAt);
    }

    @Override
    public int links(int level, int node, int[] out) {
        int most = most(level);
        // One copy of the whole list: reading it int by int took four times as long.
        MemorySegment.copy(level == 0 ? base.segment : upper, INT, listAt(level, node), out, 0, most);
        int n = 0;
        while (n < most && out[n] != 0) {
            out[n] = requireNode(out[n] - 1, node, level);
            n++;
        }
        return n;
    }

    /** One of the links on layer 0, from place 0 on; −1 if the place is empty. */
    int link(int node, int place) {
        int stored = base.segment.get(INT, base.linksAt(node) + 4L * place);
        return stored == 0 ? -1 : requireNode(stored - 1, node, 0);
    }

    private int requireNode(int link, int node, int level) {
        // As unsigned, so that one comparison catches what is negative, too.
        if (Integer.compareUnsigned(link, capacity) >= 0) {
            throw damaged("node " + node + " links to node " + link + " on layer " + level + ", but there are only "
                    + capacity);
        }
        return link;
    }

    @Override
    public void setLinks(int level, int node, int[] links, int n) {
        MemorySegment segment = level == 0 ? base.segment : upper;
        int most = most(level);
        long at = listAt(level, node);
        if (level == 0) {
            base.follow(node, links, n);
        }
        // Whoever reads a link must also see the vector and the links of the node that it leads to.
        VarHandle.releaseFence();
        for (int i = 0; i < n; i++) {
            segment.set(INT, at + 4L * i, links[i] + 1);
        }
        for (int i = n; i < most; i++) {
            segment.set(INT, at + 4L * i, 0);
        }
    }

    /** Takes away all links of a node; what led to it is gone already. */
    void unlink(int node) {
        for (int level = level(node); level >= 0; level--) {
            setLinks(level, node, new int[0], 0);
        }
    }

    private int most(int level) {
        return level == 0 ? 2 * m : m;
    }

    private long listAt(int level, int node) {
        if (level == 0) {
            return base.linksAt(node);
        }
        int at = upperAt.get(INT, 4L * node);
        requireUpper(node, at, level);
        return 4L * (at + 1 + (long) (level - 1) * m);
    }

    @Override
    public void lock(int node) {
        locks[node & (locks.length - 1)].lock();
    }

    @Override
    public void unlock(int node) {
        locks[node & (locks.length - 1)].unlock();
    }
}
