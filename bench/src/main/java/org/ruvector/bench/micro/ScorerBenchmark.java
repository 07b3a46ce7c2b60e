package org.ruvector.bench.micro;

import static org.ruvector.bench.micro.RandomInput.BATCH;
import static org.ruvector.bench.micro.RandomInput.BATCHES;
import static org.ruvector.bench.micro.RandomInput.ROWS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.NeighbourhoodCodec.NeighbourhoodScorer;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;

/**
 * Nanoseconds for one vector when one query is compared with 32 vectors at a time, as a traversal does: with floats, with codes,
 * and with blocks of neighbours' codes. The preparation of the query is not counted. What is in the vectors makes no difference
 * to the time, so that few different ones are encoded and repeated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScorerBenchmark {

    /** The scorer that computes exact distances. */
    static final String EXACT = "exact";

    /** After a quantizer: its codes beside those of 31 neighbours. */
    static final String IN_BLOCKS = " in blocks";

    private static final Metric METRIC = Metric.EUCLIDEAN;
    private static final int DIFFERENT = 32 * BATCH;

    /** Coordinates per vector. */
    @Param({"384", "784"})
    public int dimension;

    /** The best kernel, {@code exact}, or a quantizer in its short form, perhaps with {@code in blocks} after it. */
    @Param(EXACT)
    public String scorer;

    /** The same 32 vectors again and again, or random ones. */
    @Param({"cached", "random"})
    public String rows;

    /** How many there are to choose from at random. */
    @Param("1000000")
    public int vectors;

    private Scorer vectorScorer;
    private NeighbourhoodScorer blockScorer;
    private MemorySegment blocks;
    private long blockBytes;
    private float referenceDistance;
    private int[] visits;
    private int position;
    private final int[] batch = new int[BATCH];
    private final float[] out = new float[BATCH];

    /** For JMH. */
    public ScorerBenchmark() {}

    /** Trains a quantizer, given in its short form, on few random vectors: what it learns is not measured. */
    static Quantizer train(String form, int dimension, Plugins plugins) {
        IndexSpec spec = IndexSpec.parse(form, METRIC, ElementType.FLOAT32, dimension);
        return plugins.quantizer(spec.provider())
                .train(
                        vectors(new RandomInput(), Arena.ofAuto(), dimension),
                        new QuantizerSpec(spec.provider(), spec.parameters(), METRIC, dimension),
                        BuildContext.of(plugins));
    }

    private static VectorRows vectors(RandomInput input, Arena arena, int dimension) {
        return new VectorRows(input.rows(arena, dimension, DIFFERENT), ElementType.FLOAT32, dimension, DIFFERENT);
    }

    /** Fills rows, query and ordinals, all from one seed, and waits for the compiler. */
    @Setup
    public void fill() {
        RandomInput input = new RandomInput();
        // JMH gives every figure a fresh virtual machine, so nothing need be freed.
        Arena arena = Arena.ofAuto();
        VectorRows different = vectors(input, arena, dimension);
        float[] query = input.query(dimension);
        boolean cached = rows.equals("cached");
        int count = cached ? BATCH : vectors;
        Plugins plugins = Plugins.load();
        RowKernel<float[]> kernel = plugins.kernel().floats(METRIC);
        if (scorer.equals(EXACT)) {
            long stride = different.stride();
            MemorySegment block = repeated(different.segment(), stride, count, arena);
            vectorScorer =
                    (ordinals, n, bound, into) -> kernel.distances(query, block, stride, ordinals, n, bound, into);
        } else if (scorer.endsWith(IN_BLOCKS)) {
            String form = scorer.substring(0, scorer.length() - IN_BLOCKS.length());
            NeighbourhoodCodec codec =
                    train(form, dimension, plugins).neighbourhoods().orElseThrow();
            count = Math.ceilDiv(count, BATCH);
            blockBytes = codec.blockBytes();
            blocks = repeated(encode(codec, different, arena), blockBytes, count, arena);
            blockScorer = codec.scorer(Query.of(query));
            referenceDistance = kernel.distance(query, different.segment(), 0);
        } else {
            Quantizer quantizer = train(scorer, dimension, plugins);
            MemorySegment encoded = arena.allocate((long) DIFFERENT * quantizer.codeBytes(), 64);
            quantizer.encode(different, encoded);
            MemorySegment codes = repeated(encoded, quantizer.codeBytes(), count, arena);
            vectorScorer = quantizer.scorer(Query.of(query), new Codes(codes, quantizer.codeBytes(), count));
        }
        visits = input.visits(count, cached);
        Allocation.awaitNone(this::scores);
    }

    /** One block after another of vectors that all have the first of them as neighbour. */
    private static MemorySegment encode(NeighbourhoodCodec codec, VectorRows different, Arena arena) {
        float[] first = different.segment().asSlice(0, different.stride()).toArray(VectorRows.FLOAT);
        MemorySegment encoded = arena.allocate((long) DIFFERENT / BATCH * codec.blockBytes(), 64);
        for (int i = 0; i < DIFFERENT / BATCH; i++) {
            int[] ordinals = IntStream.range(i * BATCH, (i + 1) * BATCH).toArray();
            MemorySegment block = encoded.asSlice((long) i * codec.blockBytes(), codec.blockBytes());
            codec.encode(first, different, ordinals, 0, BATCH, block);
        }
        return encoded;
    }

    /** Things of {@code size} bytes again and again, until there are {@code count}. */
    private static MemorySegment repeated(MemorySegment things, long size, int count, Arena arena) {
        MemorySegment all = arena.allocate(size * count, 64);
        for (long at = 0; at < all.byteSize(); at += things.byteSize()) {
            MemorySegment.copy(things, 0, all, at, Math.min(things.byteSize(), all.byteSize() - at));
        }
        return all;
    }

    /** The scores of the last batch, for tests. */
    float[] lastScores() {
        return out.clone();
    }

    /**
     * Compares the query with 1,024 vectors.
     *
     * @return something that depends on all of them
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public float scores() {
        int from = position;
        position = from + ROWS == visits.length ? 0 : from + ROWS;
        float sum = 0;
        if (blockScorer != null) {
            for (int b = 0; b < BATCHES; b++) {
                long at = visits[from + b * BATCH] * blockBytes;
                sum += blockScorer.score(blocks, at, referenceDistance, Float.POSITIVE_INFINITY, out);
            }
            return sum;
        }
        for (int b = 0; b < BATCHES; b++) {
            System.arraycopy(visits, from + b * BATCH, batch, 0, BATCH);
            sum += vectorScorer.score(batch, BATCH, Float.POSITIVE_INFINITY, out);
        }
        return sum;
    }
}
