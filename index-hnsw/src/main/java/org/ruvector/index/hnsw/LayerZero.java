package org.ruvector.index.hnsw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;

/**
 * The memory of layer 0: for each node 2·M links, and beside them, if there is a codec, the codes of those neighbours, so that
 * one sequential read tells how far all of them are. Codes follow the links: a place whose link changes is encoded again.
 */
final class LayerZero {
    private static final int LINE = 64;

    final MemorySegment segment;
    /** Bytes from one node's links to the next node's. */
    final long stride;
    /** {@code null} if there are links only. */
    final NeighbourhoodCodec codec;

    private final int maxLinks;
    private final VectorRows rows;
    /** Not while a graph is being built: then everything is encoded at its end. */
    private boolean keepsUp;

    /**
     * Takes memory that may hold links already.
     *
     * @param rows the nodes' vectors
     */
    LayerZero(int maxLinks, MemorySegment segment, NeighbourhoodCodec codec, VectorRows rows) {
        this.maxLinks = maxLinks;
        this.segment = segment;
        this.codec = codec;
        this.rows = rows;
        this.stride = stride(maxLinks, codec);
    }

    /** Bytes per node. */
    static long stride(int maxLinks, NeighbourhoodCodec codec) {
        return codec == null ? 4L * maxLinks : linkBytes(maxLinks) + (long) blocks(maxLinks) * codec.blockBytes();
    }

    private static long linkBytes(int maxLinks) {
        return (4L * maxLinks + LINE - 1) / LINE * LINE;
    }

    private static int blocks(int maxLinks) {
        return (maxLinks + NeighbourhoodCodec.WIDTH - 1) / NeighbourhoodCodec.WIDTH;
    }

    /** Where a node's links begin. */
    long linksAt(int node) {
        return stride * node;
    }

    /** Where the codes of a node's first {@value NeighbourhoodCodec#WIDTH} neighbours begin; those of the next follow. */
    long codesAt(int node) {
        return stride * node + linkBytes(maxLinks);
    }

    /** From now on codes follow the links. */
    void keepUp() {
        keepsUp = codec != null;
    }

    /** Before a node's links become these: puts those that stay where they were, and encodes the others. */
    void follow(int node, int[] links, int n) {
        if (!keepsUp) {
            return;
        }
        int[] arranged = new int[n];
        boolean[] placed = new boolean[n];
        boolean[] stays = new boolean[n];
        for (int place = 0; place < n; place++) {
            int old = segment.get(NativeGraph.INT, linksAt(node) + 4L * place) - 1;
            for (int i = 0; i < n; i++) {
                if (links[i] == old && !placed[i]) {
                    arranged[place] = old;
                    placed[i] = true;
                    stays[place] = true;
                    break;
                }
            }
        }
        int next = 0;
        for (int place = 0; place < n; place++) {
            if (!stays[place]) {
                while (placed[next]) {
                    next++;
                }
                arranged[place] = links[next++];
            }
        }
        System.arraycopy(arranged, 0, links, 0, n);
        for (int from = 0; from < n; from++) {
            int to = from;
            while (to < n && !stays[to]) {
                to++;
            }
            if (to > from) {
                encode(node, links, from, to);
                from = to;
            }
        }
    }

    /** Encodes the neighbours at some places of a node. */
    void encode(int node, int[] links, int from, int to) {
        encode(node, links, from, to, codes(node));
    }

    /** Whether encoding the neighbours again gives what is stored. */
    boolean codesAreOf(int node, int[] links, int n) {
        try (Arena scratch = Arena.ofShared()) {
            MemorySegment again = scratch.allocate(codes(node).byteSize(), LINE).copyFrom(codes(node));
            encode(node, links, 0, n, again);
            return again.mismatch(codes(node)) < 0;
        }
    }

    private MemorySegment codes(int node) {
        return segment.asSlice(codesAt(node), stride - linkBytes(maxLinks));
    }

    private void encode(int node, int[] links, int from, int to, MemorySegment blocks) {
        float[] vector = new float[rows.dimension()];
        MemorySegment.copy(rows.segment(), VectorRows.FLOAT, node * rows.stride(), vector, 0, vector.length);
        for (int block = from / NeighbourhoodCodec.WIDTH; block * NeighbourhoodCodec.WIDTH < to; block++) {
            int first = block * NeighbourhoodCodec.WIDTH;
            int[] ordinals = Arrays.copyOfRange(links, first, Math.min(first + NeighbourhoodCodec.WIDTH, to));
            MemorySegment codes = blocks.asSlice((long) block * codec.blockBytes(), codec.blockBytes());
            codec.encode(vector, rows, ordinals, Math.max(0, from - first), ordinals.length, codes);
        }
    }
}
