package org.ruvector.bench.micro;

import java.io.IOException;
import java.util.SplittableRandom;
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
import org.ruvector.index.learned.keys.KeyIndex;
import org.ruvector.index.learned.keys.KeyIndexes;
import org.ruvector.index.learned.keys.SortedKeys;

/** Nanoseconds to find one of the keys, each time another, drawn at random: so that neither keys nor index are in the cache by design. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyBenchmark {

    private static final int LOOKUPS = 1 << 20;
    private static final int BATCH = 1 << 10;

    /** The keys, see {@link KeyColumn}. */
    @Param("uniform")
    public String keys;

    /** How many of them, where they are drawn. */
    @Param({"1000000", "20000000"})
    public int count;

    /** The index in its short form. */
    @Param("binary-search")
    public String index;

    private KeyIndex built;
    private long[] wanted;
    private int position;

    /** For JMH. */
    public KeyBenchmark() {}

    /** Builds the index and draws the look-ups. */
    @Setup
    public void build() throws IOException {
        long[] column = KeyColumn.read(keys, count);
        built = KeyIndexes.build(index, SortedKeys.of(column));
        SplittableRandom random = new SplittableRandom(7);
        wanted = new long[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            wanted[i] = column[random.nextInt(column.length)];
        }
    }

    /**
     * Finds 1,024 keys, one after another: a look-up may begin before the last one has ended.
     *
     * @return something that depends on all of them
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long find() {
        int from = position;
        position = (from + BATCH) & (LOOKUPS - 1);
        long sum = 0;
        for (int i = from; i < from + BATCH; i++) {
            sum += built.lowerBound(wanted[i]);
        }
        return sum;
    }
}
