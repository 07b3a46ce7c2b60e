package org.ruvector.bench.micro;

import static org.ruvector.bench.micro.RandomInput.BATCH;
import static org.ruvector.bench.micro.RandomInput.BATCHES;
import static org.ruvector.bench.micro.RandomInput.ROWS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.bench.peer.HnswlibDistance;
import org.ruvector.bench.peer.HnswlibLibrary;

/**
 * Nanoseconds for one row when one query is compared with 32 rows at a time, as a traversal does. C++ gets all rows in one
 * call, so that the price of foreign calls does not count.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    private static final long BLOCK = 1L << 30;

    /** Coordinates per row. */
    @Param({"64", "128", "384", "768", "784", "1536", "3072"})
    public int dimension;

    /** The distance. */
    @Param({"euclidean", "inner-product"})
    public String metric;

    /** Whose loop: the name of a kernel plugin, or {@code cpp} for hnswlib's. */
    @Param({"scalar", "vector", "cpp"})
    public String kernel;

    /** The same 32 rows again and again, or random rows of a block of 1 GiB. */
    @Param({"cached", "random"})
    public String rows;

    /** Where the compiled C++ library is kept. */
    @Param("")
    public String cache;

    private MemorySegment block;
    private float[] query;
    private int[] ordinals;
    private int position;
    private RowKernel<float[]> floats;
    private final int[] batch = new int[BATCH];
    private final float[] out = new float[BATCH];
    private HnswlibDistance cpp;
    private MemorySegment cppQuery;
    private MemorySegment cppOrdinals;
    private MemorySegment cppOut;

    /** For JMH. */
    public KernelBenchmark() {}

    /** Fills rows, query and ordinals, all from one seed, and waits for the compiler. */
    @Setup
    public void fill() {
        RandomInput input = new RandomInput();
        boolean cached = rows.equals("cached");
        int count = cached ? BATCH : (int) (BLOCK / (4L * dimension));
        // JMH gives every figure a fresh virtual machine, so nothing need be freed.
        Arena arena = Arena.ofAuto();
        block = input.rows(arena, dimension, count);
        query = input.query(dimension);
        ordinals = input.visits(count, cached);
        Metric by = Metric.of(metric);
        if (kernel.equals("cpp")) {
            HnswlibLibrary library = HnswlibLibrary.load(Path.of(cache));
            cpp = library.distance(by == Metric.INNER_PRODUCT, dimension);
            cppQuery = arena.allocateFrom(ValueLayout.JAVA_FLOAT, query);
            cppOrdinals = arena.allocateFrom(ValueLayout.JAVA_INT, ordinals);
            cppOut = arena.allocate(ValueLayout.JAVA_FLOAT, ROWS);
        } else {
            floats = Plugins.load().kernel(kernel).floats(by);
            Allocation.awaitNone(this::distances);
        }
    }

    /** The distances of the last batch, for tests. */
    float[] lastDistances() {
        return cpp == null ? out.clone() : cppOut.asSlice(4L * (ROWS - BATCH)).toArray(ValueLayout.JAVA_FLOAT);
    }

    /**
     * Compares the query with 1,024 rows.
     *
     * @return something that depends on all of them
     */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public float distances() {
        int from = position;
        position = from + ROWS == ordinals.length ? 0 : from + ROWS;
        if (cpp != null) {
            cpp.distances(cppQuery, block, cppOrdinals.asSlice(4L * from, 4L * ROWS), ROWS, cppOut);
            return cppOut.get(ValueLayout.JAVA_FLOAT, 0);
        }
        float best = 0;
        for (int b = 0; b < BATCHES; b++) {
            System.arraycopy(ordinals, from + b * BATCH, batch, 0, BATCH);
            best += floats.distances(query, block, 4L * dimension, batch, BATCH, Float.POSITIVE_INFINITY, out);
        }
        return best;
    }
}
