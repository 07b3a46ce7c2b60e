package org.ruvector.hypergraph;

import java.util.Arrays;
import java.util.Objects;

/**
 * The arrays of a hypergraph that grows, without any lock: {@link MutableHypergraph} has it.
 *
 * <p>The nodes of all hyperedges lie in one pool, one hyperedge after another; each node has a list of its hyperedges.
 */
final class LiveHypergraph implements Hypergraph {

    private static final int[] NONE = {};

    private int edgeBound;
    private int edges;
    private int[] start = new int[16];
    private int[] size = new int[16];
    // Both are null until a first hyperedge is directed, or weighs something else than 1.
    private int[] tail;
    private double[] weight;

    private int[] pool = new int[64];
    private int poolEnd;
    private int poolDead;

    private int nodes;
    private int[] degree = new int[16];
    private int[][] incident = new int[16][];

    final Annotations nodeAnnotations = new Annotations();
    final Annotations edgeAnnotations = new Annotations();

    @Override
    public int nodes() {
        return nodes;
    }

    @Override
    public int edges() {
        return edges;
    }

    @Override
    public int edgeBound() {
        return edgeBound;
    }

    @Override
    public long incidences() {
        return (long) poolEnd - poolDead;
    }

    @Override
    public int size(int edge) {
        return size[Objects.checkIndex(edge, edgeBound)];
    }

    @Override
    public int tailSize(int edge) {
        Objects.checkIndex(edge, edgeBound);
        return tail == null ? 0 : tail[edge];
    }

    @Override
    public int node(int edge, int i) {
        return pool[start[edge] + Objects.checkIndex(i, size(edge))];
    }

    @Override
    public int degree(int node) {
        return degree[Objects.checkIndex(node, nodes)];
    }

    @Override
    public int edge(int node, int i) {
        return incident[node][Objects.checkIndex(i, degree(node))];
    }

    @Override
    public double weight(int edge) {
        Objects.checkIndex(edge, edgeBound);
        return weight == null ? 1 : weight[edge];
    }

    @Override
    public Annotations nodeAnnotations() {
        return nodeAnnotations;
    }

    @Override
    public Annotations edgeAnnotations() {
        return edgeAnnotations;
    }

    int addNodes(int count) {
        int first = nodes;
        int needed = Math.addExact(nodes, count);
        if (needed > degree.length) {
            int capacity = grown(degree.length, needed);
            int[][] more = Arrays.copyOf(incident, capacity);
            degree = Arrays.copyOf(degree, capacity);
            incident = more;
        }
        Arrays.fill(incident, first, needed, NONE);
        nodes = needed;
        return first;
    }

    /**
     * Adds a hyperedge.
     *
     * @param members  the tail's nodes, ascending, then the others, ascending; checked, and copied
     * @param tailSize 0 for an undirected one
     */
    int addEdge(int[] members, int tailSize) {
        int edge = edgeBound;
        makeRoom(members.length);
        start[edge] = poolEnd;
        size[edge] = members.length;
        if (tailSize > 0 && tail == null) {
            tail = new int[size.length];
        }
        if (tail != null) {
            tail[edge] = tailSize;
        }
        if (weight != null) {
            weight[edge] = 1;
        }
        System.arraycopy(members, 0, pool, poolEnd, members.length);
        poolEnd += members.length;
        for (int node : members) {
            int[] list = incident[node];
            int n = degree[node]++;
            if (n == list.length) {
                list = Arrays.copyOf(list, n == 0 ? 2 : n + (n >> 1) + 1);
                incident[node] = list;
            }
            list[n] = edge;
        }
        edgeBound++;
        edges++;
        return edge;
    }

    /** Adds a hyperedge that is gone already. */
    int addGap() {
        int edge = addEdge(NONE, 0);
        edges--;
        return edge;
    }

    private void makeRoom(int members) {
        if (edgeBound == size.length) {
            int capacity = grown(size.length, edgeBound + 1);
            start = Arrays.copyOf(start, capacity);
            tail = tail == null ? null : Arrays.copyOf(tail, capacity);
            weight = weight == null ? null : Arrays.copyOf(weight, capacity);
            size = Arrays.copyOf(size, capacity);
        }
        int needed = Math.addExact(poolEnd, members);
        if (needed > pool.length) {
            pool = Arrays.copyOf(pool, grown(pool.length, needed));
        }
    }

    private static int grown(int capacity, int needed) {
        return (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, capacity * 3L / 2 + 16));
    }

    void weight(int edge, double value) {
        if (weight == null) {
            weight = new double[size.length];
            Arrays.fill(weight, 0, edgeBound, 1);
        }
        weight[edge] = value;
    }

    /**
     * Removes hyperedges. Takes time linear in the degrees of their nodes, each node counted once, and s log s in the
     * sum s of their sizes.
     *
     * @param gone distinct
     */
    void removeEdges(int[] gone) {
        int touched = 0;
        for (int edge : gone) {
            touched = Math.addExact(touched, size[edge]);
        }
        int[] nodesOfGone = new int[touched];
        touched = 0;
        for (int edge : gone) {
            System.arraycopy(pool, start[edge], nodesOfGone, touched, size[edge]);
            touched += size[edge];
            poolDead += size[edge];
            size[edge] = 0;
            if (tail != null) {
                tail[edge] = 0;
            }
            if (weight != null) {
                weight[edge] = 1;
            }
            edges--;
            edgeAnnotations.remove(edge);
        }
        Arrays.sort(nodesOfGone);
        for (int i = 0; i < touched; i++) {
            if (i == 0 || nodesOfGone[i] != nodesOfGone[i - 1]) {
                leaveOutGone(nodesOfGone[i]);
            }
        }
        // The second condition: or closing gaps, linear in all ordinals ever used, would cost a small hypergraph with
        // many gaps more than all else.
        if (poolDead > poolEnd / 2 && poolDead >= edgeBound / 4) {
            closeGaps();
        }
    }

    private void leaveOutGone(int node) {
        int kept = 0;
        int[] list = incident[node];
        for (int i = 0; i < degree[node]; i++) {
            if (size[list[i]] > 0) {
                list[kept++] = list[i];
            }
        }
        degree[node] = kept;
        if (kept < list.length / 4) {
            incident[node] = kept == 0 ? NONE : Arrays.copyOf(list, kept);
        }
    }

    private void closeGaps() {
        int to = 0;
        for (int edge = 0; edge < edgeBound; edge++) {
            System.arraycopy(pool, start[edge], pool, to, size[edge]);
            start[edge] = to;
            to += size[edge];
        }
        poolEnd = to;
        poolDead = 0;
        pool = Arrays.copyOf(pool, to + 64);
    }
}
