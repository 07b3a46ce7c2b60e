package org.ruvector.bench.micro;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Time to fill a store of facts, to ask what happened in the latest hour, and for what is two hops away. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HypergraphBenchmark {

    static final long SEED = 42;
    private static final int BUDGET = 10_000;
    private static final int STARTS = 1 << 10;

    /** Which store, see {@link FactStore#fill}. */
    @Param({"ruvector", "jgrapht"})
    public String store;

    /** How many hyperedges. */
    @Param("1000000")
    public int hyperedges;

    private FactStore.Facts facts;
    private FactStore filled;
    private int[] starts;
    private int next;

    /** For JMH. */
    public HypergraphBenchmark() {}

    /** Draws the facts, fills the store, and draws nodes of facts to start from: a busy node is drawn more often. */
    @Setup
    public void fill() {
        facts = FactStore.Facts.draw(hyperedges, SEED);
        filled = FactStore.fill(store, facts);
        SplittableRandom random = new SplittableRandom(7);
        starts = new int[STARTS];
        for (int i = 0; i < STARTS; i++) {
            starts[i] = facts.facts()[random.nextInt(hyperedges)][0];
        }
    }

    /** Fills another store with all facts, one by one. */
    @Benchmark
    public Object insert() {
        return FactStore.fill(store, facts);
    }

    /** Finds the facts of the latest hour, about a thousand. */
    @Benchmark
    public int latestHour() {
        return filled.lastHour(facts.end());
    }

    /** Expands a node by two hops, to at most 10,000 hyperedges. */
    @Benchmark
    public int twoHops() {
        next = (next + 1) & (STARTS - 1);
        return filled.twoHops(starts[next], BUDGET);
    }
}
