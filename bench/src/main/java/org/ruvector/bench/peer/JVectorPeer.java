package org.ruvector.bench.peer;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.UnavailableException;
import org.ruvector.bench.Workload;

/**
 * JVector: float vectors and graph in memory, overflow 1.2, alpha 1.2 and a hierarchy, as in its own benchmarks; {@code ef} is its
 * {@code rerankK}. Its degree is the whole degree of a node, so {@code 2·m} makes the layer 0 that the others build.
 */
public final class JVectorPeer implements Contestant {

    private static final String PROVIDER = "jvector.vectorization_provider";
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    private final HnswSettings settings;

    /**
     * With settings.
     *
     * @param settings of the graph; JVector takes no seed
     */
    public JVectorPeer(HnswSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "jvector";
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public BuiltIndex build(Workload workload, int threads) {
        // Its native provider, the default, was slower than its Panama one on Fashion-MNIST: 180 against 143 µs at
        // ef=20.
        boolean panama = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (panama && System.getProperty(PROVIDER) == null) {
            System.setProperty(PROVIDER, "panama");
        }
        String provider = VectorizationProvider.getInstance().getClass().getSimpleName();
        if (provider.startsWith("Default")) {
            throw new UnavailableException(
                    "JVector runs with its " + provider + ", so comparing with it would be unfair:"
                            + " start Java with --add-modules jdk.incubator.vector");
        }
        return new Graph(workload.unitForCosine(), workload, provider, threads);
    }

    private final class Graph implements BuiltIndex {
        private final VectorSimilarityFunction similarity;
        private final ListRandomAccessVectorValues vectors;
        private final List<VectorFloat<?>> queries;
        private final ImmutableGraphIndex graph;
        private final String provider;
        private final long buildNanos;

        Graph(Workload unit, Workload original, String provider, int threads) {
            this.provider = provider;
            similarity = switch (original.metric()) {
                case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
                case COSINE, INNER_PRODUCT -> VectorSimilarityFunction.DOT_PRODUCT;
                default ->
                    throw new IllegalArgumentException(
                            "JVector has no " + original.metric().text() + " distance");
            };
            vectors = new ListRandomAccessVectorValues(
                    vectors(unit.base()), unit.base().dimension());
            queries = vectors(unit.queries());
            long start = System.nanoTime();
            try (ForkJoinPool pool = new ForkJoinPool(threads);
                    GraphIndexBuilder builder = GraphIndexBuilder.builder(
                                    BuildScoreProvider.randomAccessScoreProvider(vectors, similarity),
                                    vectors.dimension(),
                                    2 * settings.m())
                            .withBeamWidth(settings.efConstruction())
                            .withNeighborOverflow(OVERFLOW)
                            .withAlpha(ALPHA)
                            .withSimdExecutor(pool)
                            .withParallelExecutor(pool)
                            .build()) {
                graph = builder.build(vectors);
            } catch (IOException e) {
                throw new UncheckedIOException("JVector failed to build", e);
            }
            buildNanos = System.nanoTime() - start;
        }

        private static List<VectorFloat<?>> vectors(VectorRows rows) {
            VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
            List<VectorFloat<?>> result = new ArrayList<>(rows.count());
            for (int i = 0; i < rows.count(); i++) {
                result.add(types.createFloatVector(Workload.row(rows, i)));
            }
            return result;
        }

        @Override
        public String params() {
            return "degree=" + 2 * settings.m() + ",efConstruction=" + settings.efConstruction() + ",overflow="
                    + OVERFLOW + ",alpha=" + ALPHA;
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        @Override
        public long bytes() {
            long vectorBytes = 4L * vectors.dimension() * vectors.size();
            return graph.ramBytesUsed() + vectorBytes;
        }

        @Override
        public String kernel() {
            return provider + (graph.isHierarchical() ? "" : " (flat graph)");
        }

        @Override
        public boolean accepts(Parameters point) {
            return HnswSettings.onlyEf(point);
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            int ef = HnswSettings.ef(point, k);
            GraphSearcher searcher = new GraphSearcher(graph);
            return (query, ids) -> {
                DefaultSearchScoreProvider scores =
                        DefaultSearchScoreProvider.exact(queries.get(query), similarity, vectors);
                NodeScore[] found =
                        searcher.search(scores, k, ef, 0f, 0f, Bits.ALL).getNodes();
                for (int i = 0; i < found.length; i++) {
                    ids[i] = found[i].node;
                }
                return found.length;
            };
        }

        @Override
        public void close() {
            try {
                graph.close();
            } catch (IOException e) {
                throw new UncheckedIOException("JVector failed to close", e);
            }
        }
    }
}
