package org.ruvector.hypergraph.structure;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import org.jgrapht.Graph;
import org.jgrapht.GraphType;
import org.jgrapht.graph.AbstractGraph;
import org.jgrapht.graph.DefaultGraphType;

/**
 * A simple, undirected, unweighted graph of ints for JGraphT's algorithms that never changes, in compressed sparse
 * rows: 24 bytes an edge, where a {@code SimpleGraph} has some hundred. Immutable.
 */
final class CompressedGraph extends AbstractGraph<Integer, Integer> {

    // Ascending.
    private final int[] vertices;
    // The neighbours of v, ascending, and the edges to them, ascending too, are from start[v] to before start[v + 1].
    private final int[] start;
    private final int[] neighbours;
    private final int[] edges;
    private final int[] source;
    private final int[] target;

    /**
     * Pairs of vertices to make a graph of; each pair once, in ascending order of (source, target), with source below
     * target.
     */
    static final class Pairs {

        private int[] source = new int[64];
        private int[] target = new int[64];
        private int count;

        void add(int from, int to) {
            if (count == source.length) {
                int capacity = Math.toIntExact(count * 3L / 2);
                source = Arrays.copyOf(source, capacity);
                target = Arrays.copyOf(target, capacity);
            }
            source[count] = from;
            target[count++] = to;
        }

        /**
         * The graph.
         *
         * @param vertices ascending; kept
         * @param bound    more than any of them
         */
        CompressedGraph toGraph(int[] vertices, int bound) {
            return new CompressedGraph(this, vertices, bound);
        }
    }

    private CompressedGraph(Pairs pairs, int[] vertices, int bound) {
        this.vertices = vertices;
        source = Arrays.copyOf(pairs.source, pairs.count);
        target = Arrays.copyOf(pairs.target, pairs.count);
        start = new int[bound + 1];
        for (int edge = 0; edge < source.length; edge++) {
            start[source[edge] + 1]++;
            start[target[edge] + 1]++;
        }
        for (int v = 0; v < bound; v++) {
            start[v + 1] = Math.addExact(start[v + 1], start[v]);
        }
        neighbours = new int[start[bound]];
        edges = new int[start[bound]];
        int[] next = start.clone();
        // All edges to smaller neighbours come first, because they ascend: so neighbours and edges both do.
        for (int edge = 0; edge < source.length; edge++) {
            int to = next[target[edge]]++;
            neighbours[to] = source[edge];
            edges[to] = edge;
        }
        for (int edge = 0; edge < source.length; edge++) {
            int to = next[source[edge]]++;
            neighbours[to] = target[edge];
            edges[to] = edge;
        }
    }

    /** One more than the largest vertex that there could be. */
    int bound() {
        return start.length - 1;
    }

    int degree(int vertex) {
        return start[vertex + 1] - start[vertex];
    }

    /** The {@code i}-th neighbour, ascending. */
    int neighbour(int vertex, int i) {
        return neighbours[start[vertex] + i];
    }

    /** The neighbours, ascending; the caller owns the array. */
    int[] neighbours(int vertex) {
        return Arrays.copyOfRange(neighbours, start[vertex], start[vertex + 1]);
    }

    /** The vertices, ascending; not to be changed. */
    int[] vertices() {
        return vertices;
    }

    /** Numbers of steps from a vertex by breadth-first search, −1 where none lead. */
    int[] distances(int from) {
        int[] distances = new int[bound()];
        Arrays.fill(distances, -1);
        int[] queue = new int[vertices.length];
        int end = 0;
        queue[end++] = from;
        distances[from] = 0;
        for (int at = 0; at < end; at++) {
            int vertex = queue[at];
            for (int i = start[vertex]; i < start[vertex + 1]; i++) {
                if (distances[neighbours[i]] < 0) {
                    distances[neighbours[i]] = distances[vertex] + 1;
                    queue[end++] = neighbours[i];
                }
            }
        }
        return distances;
    }

    /** Ascending ints as a set: an array from an index to before another, or the indices themselves. */
    private static final class Ordinals extends AbstractSet<Integer> {

        private final int[] values;
        private final int from;
        private final int to;

        Ordinals(int[] values, int from, int to) {
            this.values = values;
            this.from = from;
            this.to = to;
        }

        @Override
        public int size() {
            return to - from;
        }

        @Override
        public boolean contains(Object o) {
            if (!(o instanceof Integer value)) {
                return false;
            }
            return values == null ? value >= from && value < to : Arrays.binarySearch(values, from, to, value) >= 0;
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private int next = from;

                @Override
                public boolean hasNext() {
                    return next < to;
                }

                @Override
                public Integer next() {
                    if (next >= to) {
                        throw new NoSuchElementException();
                    }
                    int at = next++;
                    return values == null ? at : values[at];
                }
            };
        }
    }

    @Override
    public boolean containsVertex(Integer vertex) {
        return vertex != null && Arrays.binarySearch(vertices, vertex) >= 0;
    }

    @Override
    public boolean containsEdge(Integer edge) {
        return edge != null && edge >= 0 && edge < source.length;
    }

    @Override
    public Set<Integer> vertexSet() {
        return new Ordinals(vertices, 0, vertices.length);
    }

    @Override
    public Set<Integer> edgeSet() {
        return new Ordinals(null, 0, source.length);
    }

    @Override
    public Integer getEdge(Integer from, Integer to) {
        if (!containsVertex(from) || !containsVertex(to)) {
            return null;
        }
        int at = Arrays.binarySearch(neighbours, start[from], start[from + 1], to);
        return at < 0 ? null : (Integer) edges[at];
    }

    @Override
    public Set<Integer> getAllEdges(Integer from, Integer to) {
        if (!containsVertex(from) || !containsVertex(to)) {
            return null;
        }
        Integer edge = getEdge(from, to);
        return edge == null ? Set.of() : Set.of(edge);
    }

    @Override
    public Set<Integer> edgesOf(Integer vertex) {
        assertVertexExist(vertex);
        return new Ordinals(edges, start[vertex], start[vertex + 1]);
    }

    @Override
    public Set<Integer> incomingEdgesOf(Integer vertex) {
        return edgesOf(vertex);
    }

    @Override
    public Set<Integer> outgoingEdgesOf(Integer vertex) {
        return edgesOf(vertex);
    }

    @Override
    public int degreeOf(Integer vertex) {
        assertVertexExist(vertex);
        return degree(vertex);
    }

    @Override
    public int inDegreeOf(Integer vertex) {
        return degreeOf(vertex);
    }

    @Override
    public int outDegreeOf(Integer vertex) {
        return degreeOf(vertex);
    }

    @Override
    public Integer getEdgeSource(Integer edge) {
        return source[edge];
    }

    @Override
    public Integer getEdgeTarget(Integer edge) {
        return target[edge];
    }

    @Override
    public GraphType getType() {
        return DefaultGraphType.simple().asUnmodifiable();
    }

    @Override
    public double getEdgeWeight(Integer edge) {
        return Graph.DEFAULT_EDGE_WEIGHT;
    }

    @Override
    public Supplier<Integer> getVertexSupplier() {
        return null;
    }

    @Override
    public Supplier<Integer> getEdgeSupplier() {
        return null;
    }

    @Override
    public Integer addEdge(Integer from, Integer to) {
        throw unmodifiable();
    }

    @Override
    public boolean addEdge(Integer from, Integer to, Integer edge) {
        throw unmodifiable();
    }

    @Override
    public Integer addVertex() {
        throw unmodifiable();
    }

    @Override
    public boolean addVertex(Integer vertex) {
        throw unmodifiable();
    }

    @Override
    public Integer removeEdge(Integer from, Integer to) {
        throw unmodifiable();
    }

    @Override
    public boolean removeEdge(Integer edge) {
        throw unmodifiable();
    }

    @Override
    public boolean removeVertex(Integer vertex) {
        throw unmodifiable();
    }

    @Override
    public void setEdgeWeight(Integer edge, double weight) {
        throw unmodifiable();
    }

    private static UnsupportedOperationException unmodifiable() {
        return new UnsupportedOperationException("This graph is a view of a hypergraph; change that and view it again");
    }
}
