package org.ruvector.bench.peer;

import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex.ScoringView;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.feature.FeatureId;
import io.github.jbellis.jvector.graph.disk.feature.FusedPQ;
import io.github.jbellis.jvector.graph.disk.feature.InlineVectors;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.quantization.KMeansPlusPlusClusterer;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.UnavailableException;
import org.ruvector.bench.Workload;

/**
 * JVector: a graph built of floats, overflow 1.2, alpha 1.2 and a hierarchy, as in its own benchmarks; {@code ef} is its
 * {@code rerankK}. Its degree is the whole degree of a node, so {@code 2·m} makes the layer 0 that the others build.
 *
 * <p>With product-quantized {@link Vectors}, searches compute approximate distances from codes and re-rank {@code ef} nodes by
 * the floats. A code has a byte for each eight components, which is the default of JVector's benchmarks; a byte for four was
 * slower at recall 0.95 and 0.99 on both data sets, and so was one for sixteen at 0.99. Training and encoding count as building.
 */
public final class JVectorPeer implements Contestant {

    private static final String PROVIDER = "jvector.vectorization_provider";
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;
    private static final int COMPONENTS_PER_BYTE = 8;
    private static final int CENTROIDS = 256;

    /** What searches compute distances from. */
    public enum Vectors {
        /** The floats. */
        FLOAT("jvector"),
        /** Product-quantized codes on the heap, one by one. */
        PQ("jvector-pq"),
        /** Product-quantized codes of a node's neighbours beside its links, in a mapped file with the floats. */
        FUSED_PQ("jvector-fused");

        private final String peer;

        Vectors(String peer) {
            this.peer = peer;
        }
    }

    private final HnswSettings settings;
    private final Vectors vectors;
    private final Path folder;

    /**
     * With a place for its file.
     *
     * @param settings of the graph; JVector takes no seed
     * @param vectors  what searches compute distances from
     * @param folder   an index that needs a file is written into a fresh one in here, deleted when closed
     */
    public JVectorPeer(HnswSettings settings, Vectors vectors, Path folder) {
        this.settings = settings;
        this.vectors = vectors;
        this.folder = folder;
    }

    @Override
    public String name() {
        return vectors.peer;
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
        private final ListRandomAccessVectorValues rows;
        private final List<VectorFloat<?>> queries;
        private final ImmutableGraphIndex graph;
        private final PQVectors codes;
        private final Path file;
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
            rows = new ListRandomAccessVectorValues(
                    vectors(unit.base()), unit.base().dimension());
            queries = vectors(unit.queries());
            long start = System.nanoTime();
            try (ForkJoinPool pool = new ForkJoinPool(threads);
                    GraphIndexBuilder builder = GraphIndexBuilder.builder(
                                    BuildScoreProvider.randomAccessScoreProvider(rows, similarity),
                                    rows.dimension(),
                                    2 * settings.m())
                            .withBeamWidth(settings.efConstruction())
                            .withNeighborOverflow(OVERFLOW)
                            .withAlpha(ALPHA)
                            .withSimdExecutor(pool)
                            .withParallelExecutor(pool)
                            .build()) {
                ImmutableGraphIndex onHeap = builder.build(rows);
                codes = vectors == Vectors.FLOAT ? null : encode(pool);
                file = vectors == Vectors.FUSED_PQ ? write(onHeap) : null;
                graph = file == null ? onHeap : OnDiskGraphIndex.load(ReaderSupplierFactory.open(file));
            } catch (IOException e) {
                throw new UncheckedIOException("JVector failed to build", e);
            }
            buildNanos = System.nanoTime() - start;
        }

        private PQVectors encode(ForkJoinPool pool) {
            // As JVector's examples do: only the Euclidean distance does not change with the origin.
            boolean centred = similarity == VectorSimilarityFunction.EUCLIDEAN;
            return ProductQuantization.compute(
                            rows, subspaces(), CENTROIDS, centred, KMeansPlusPlusClusterer.UNWEIGHTED, pool, pool)
                    .encodeAll(rows, pool);
        }

        private int subspaces() {
            return Math.max(1, rows.dimension() / COMPONENTS_PER_BYTE);
        }

        private Path write(ImmutableGraphIndex onHeap) throws IOException {
            Files.createDirectories(folder);
            Path path = Files.createTempFile(folder, "jvector", ".graph");
            try (ImmutableGraphIndex.View view = onHeap.getView();
                    OnDiskGraphIndexWriter writer = new OnDiskGraphIndexWriter.Builder(onHeap, path)
                            .with(new InlineVectors(rows.dimension()))
                            .with(new FusedPQ(onHeap.maxDegree(), codes.getCompressor()))
                            .build()) {
                writer.write(Map.of(
                        FeatureId.INLINE_VECTORS, row -> new InlineVectors.State(rows.getVector(row)),
                        FeatureId.FUSED_PQ, row -> new FusedPQ.State(view, codes, row)));
            }
            return path;
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
                    + OVERFLOW + ",alpha=" + ALPHA + (codes == null ? "" : ",subspaces=" + subspaces());
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        @Override
        public long bytes() {
            if (file != null) {
                return graph.ramBytesUsed() + file.toFile().length();
            }
            long vectorBytes = 4L * rows.dimension() * rows.size();
            return graph.ramBytesUsed() + vectorBytes + (codes == null ? 0 : codes.ramBytesUsed());
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
                SearchScoreProvider scores = scores(queries.get(query), searcher);
                NodeScore[] found =
                        searcher.search(scores, k, ef, 0f, 0f, Bits.ALL).getNodes();
                for (int i = 0; i < found.length; i++) {
                    ids[i] = found[i].node;
                }
                return found.length;
            };
        }

        private SearchScoreProvider scores(VectorFloat<?> query, GraphSearcher searcher) {
            return switch (vectors) {
                case FLOAT -> DefaultSearchScoreProvider.exact(query, similarity, rows);
                case PQ ->
                    new DefaultSearchScoreProvider(
                            codes.precomputedScoreFunctionFor(query, similarity), rows.rerankerFor(query, similarity));
                case FUSED_PQ -> {
                    ScoringView view = (ScoringView) searcher.getView();
                    yield new DefaultSearchScoreProvider(
                            view.approximateScoreFunctionFor(query, similarity), view.rerankerFor(query, similarity));
                }
            };
        }

        @Override
        public void close() {
            try {
                graph.close();
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("JVector failed to close", e);
            }
        }
    }
}
