package org.ruvector.index.hnsw;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.VectorLayout;

/** Graphs grown node by node, for the tests of what is done to a graph afterwards. */
final class Grown {
    static final HnswParams PARAMS = new HnswParams(6, 40, false, 42);

    private Grown() {}

    /** Independent normally distributed vectors. */
    static float[][] vectors(int count, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] vectors = new float[count][dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    /** A graph of the vectors in plain arrays. */
    static ArrayGraph graph(Vectors vectors, int count, HnswParams params) {
        ArrayGraph graph = new ArrayGraph(IntStream.range(0, count)
                .map(node -> Levels.of(params.seed(), node, params.m()))
                .toArray());
        insertAll(graph, vectors, count, params);
        return graph;
    }

    /** A store of the vectors in native memory, with ids from 1000 on; the caller closes it. */
    static NodeStore store(float[][] vectors, HnswParams params) {
        VectorLayout layout = layout(vectors[0].length);
        int count = vectors.length;
        NodeStore store = NodeStore.allocate(params, layout, NodeCodes.NONE, count, 100L * count, HnswIndex.newLocks());
        for (int node = 0; node < count; node++) {
            store.ids.set(VectorRows.LONG, 8L * node, 1000 + node);
            store.raise(node, Levels.of(params.seed(), node, params.m()), params.m());
            layout.write(Query.of(vectors[node]), store.rows, node);
        }
        store.slots = count;
        insertAll(store.graph, new StoredVectors(layout, store.rows), count, params);
        return store;
    }

    static VectorLayout layout(int dimension) {
        return new VectorLayout(
                new IndexSpec("hnsw", Parameters.none(), Metric.EUCLIDEAN, ElementType.FLOAT32, dimension),
                new ScalarKernels());
    }

    private static void insertAll(Graph graph, Vectors vectors, int count, HnswParams params) {
        Insertion insertion = new Insertion(params);
        Object top = new Object();
        for (int node = 0; node < count; node++) {
            insertion.insertAndRaise(graph, vectors, node, count, top);
        }
    }

    /** The nodes nearest to what the scorer compares with, nearest first, as a search of the graph finds them. */
    static int[] search(Graph graph, Scorer scorer, int capacity, int ef) {
        LayerSearch search = new LayerSearch(2 * 64);
        int entry = graph.entryPoint();
        long nearest = search.descend(graph, scorer, search.score(scorer, entry), graph.level(entry), 1);
        search.search(graph, scorer, 0, nearest, ef, capacity, null, null);
        long[] found = new long[ef];
        int n = search.results.drainSorted(found);
        return Arrays.stream(found, 0, n).mapToInt(Candidates::ordinal).toArray();
    }

    /** The share of the ten nearest of the nodes that are there which searches with the queries find. */
    static double recall(Graph graph, ArrayVectors vectors, float[][] queries, NodeFilter there) {
        int count = vectors.rows().length;
        int found = 0;
        for (float[] query : queries) {
            TreeMap<Float, Integer> nearest = new TreeMap<>();
            for (int node = 0; node < count; node++) {
                if (there.accepts(node)) {
                    nearest.put(ArrayVectors.distance(query, vectors.rows()[node]), node);
                }
            }
            int[] answer = search(graph, vectors.to(query), count, 60);
            found += (int) nearest.values().stream()
                    .limit(10)
                    .filter(node -> Arrays.stream(answer).limit(10).anyMatch(n -> n == node))
                    .count();
        }
        return found / (10.0 * queries.length);
    }

    /** A node's links. */
    static int[] links(Graph graph, int level, int node) {
        int[] out = new int[2 * 64];
        int n = graph.links(level, node, out);
        return Arrays.copyOf(out, n);
    }
}
