package org.ruvector.index.hnsw;

import java.util.Arrays;

/** A graph in plain arrays for one thread: what the seam looks like where there is no native memory. */
final class ArrayGraph implements Graph {
    /** Links by node and layer. */
    private final int[][][] links;

    private int entryPoint = -1;

    /** Nodes of these levels, without links. */
    ArrayGraph(int... levels) {
        links = new int[levels.length][][];
        for (int node = 0; node < levels.length; node++) {
            links[node] = new int[levels[node] + 1][0];
        }
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
        return links[node].length - 1;
    }

    @Override
    public int links(int level, int node, int[] out) {
        int[] list = links[node][level];
        System.arraycopy(list, 0, out, 0, list.length);
        return list.length;
    }

    @Override
    public void setLinks(int level, int node, int[] list, int n) {
        links[node][level] = Arrays.copyOf(list, n);
    }

    @Override
    public void lock(int node) {}

    @Override
    public void unlock(int node) {}
}
