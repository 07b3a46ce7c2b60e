package org.ruvector.bench.micro;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.VectorIndex;

/**
 * Searches of one index, with the number of visited nodes beside the time, so that the profiler's bytes per search can be told
 * per visited node. The clustered vectors serve to walk a graph; no claim about recall or speed is made from them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SearchBenchmark {

    private static final int DIMENSION = 128;
    static final int QUERIES = 1_000;
    private static final int CLUSTERS = 200;

    /** The index in its short form. */
    @Param({"hnsw", "hnsw-fused"})
    public String index;

    /** Candidates kept. */
    @Param({"64", "512"})
    public int ef;

    /** Vectors in the index. */
    @Param("20000")
    public int count;

    private VectorIndex built;
    private Searcher searcher;
    private SearchRequest[] requests;
    private int next;

    /** For JMH. */
    public SearchBenchmark() {}

    /** Visited nodes, counted beside the searches. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        /** Nodes visited in this iteration. */
        public long visited;

        /** For JMH. */
        public Counters() {}
    }

    /** Builds the index; all from one seed. */
    @Setup
    public void build() {
        SplittableRandom random = new SplittableRandom(42);
        float[] centres = new float[CLUSTERS * DIMENSION];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) random.nextGaussian();
        }
        float[] data = new float[(count + QUERIES) * DIMENSION];
        for (int row = 0; row < count + QUERIES; row++) {
            int cluster = random.nextInt(CLUSTERS);
            for (int d = 0; d < DIMENSION; d++) {
                data[row * DIMENSION + d] = centres[cluster * DIMENSION + d] + 0.5f * (float) random.nextGaussian();
            }
        }
        VectorRows all = VectorRows.ofFloats(data, DIMENSION);
        Plugins plugins = Plugins.load();
        IndexSpec spec = IndexSpec.parse(index, Metric.EUCLIDEAN, ElementType.FLOAT32, DIMENSION);
        built = plugins.builder(spec, BuildContext.of(plugins)).build(all.slice(0, count));
        searcher = built.searcher();
        requests = new SearchRequest[QUERIES];
        for (int q = 0; q < QUERIES; q++) {
            Query query = all.query(count + q);
            requests[q] = SearchRequest.of(query, 10).with("ef", ef);
            // On a busy machine the compiler may need longer than JMH's own warm-up.
            searcher.search(requests[q]);
        }
    }

    /** Frees the index. */
    @TearDown
    public void close() {
        built.close();
    }

    /**
     * One search.
     *
     * @param counters counts visited nodes
     * @return its result
     */
    @Benchmark
    public SearchResult search(Counters counters) {
        next = next + 1 == requests.length ? 0 : next + 1;
        SearchResult result = searcher.search(requests[next]);
        counters.visited += result.stats().visited();
        return result;
    }
}
