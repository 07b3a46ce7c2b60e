package org.ruvector.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;
import org.ruvector.bench.Harness.Effort;
import org.ruvector.bench.QuantizerOutcome.CodeKind;
import org.ruvector.bench.QuantizerOutcome.Found;
import org.ruvector.bench.QuantizerOutcome.Measured;
import org.ruvector.bench.QuantizerOutcome.Refused;
import org.ruvector.bench.QuantizerOutcome.Speed;

/**
 * What quantizers lose and what they cost: recall@{@value #K} of a scan of all codes, alone and after the best of it are re-ranked by
 * exact distances; training time, encoding throughput, and the time to score a code beside that of an exact distance.
 *
 * <p>Scoring goes over all rows in order, in blocks of {@value #BLOCK}, on one thread, so that memory is read ahead: the time of
 * the arithmetic and of the bytes, not of cache misses. Codes and exact distances take turns; a timed run lasts at least
 * {@link Effort#minSeconds} and goes over all rows at least once, with another query each time, whose preparation is not counted.
 */
public final class QuantizerBench {

    /** Neighbours wanted. */
    public static final int K = 10;

    private static final int BLOCK = 1024;

    /**
     * The quantizers that are measured where none are named: those of the plan, the hash codes all with 128 bits. What is measured
     * depends on this list and not on the plugins that happen to be there.
     */
    public static final List<String> USUAL = List.of(
            "sq8",
            "sq8:per=dimension",
            "sq4",
            "sq4:per=dimension",
            "pq:m=48,bits=8",
            "pq:m=96,bits=4",
            "opq:m=48,bits=8",
            "rabitq:bits=1",
            "rabitq:bits=2",
            "rabitq:bits=4",
            "rabitq:bits=8",
            "rotational:bits=8",
            "rotational:bits=1",
            "binary",
            "itq:bits=128",
            "hyperplanes:bits=128",
            "neural-hash:bits=128");

    private final Workload workload;
    private final Recall recall;
    private final int rerank;
    private final Effort effort;
    private final int[][] blocks;

    /**
     * For one workload.
     *
     * @param workload float vectors, at least one, and at least one query
     * @param truth    exact neighbours per query, at least {@value #K} or as many as there are rows
     * @param rerank   candidates to re-rank, at least {@value #K}
     * @param effort   how thoroughly; a build is a training
     */
    public QuantizerBench(Workload workload, int[][] truth, int rerank, Effort effort) {
        if (workload.base().type() != ElementType.FLOAT32) {
            throw new IllegalArgumentException("Quantizers make codes of float32 vectors, but these are "
                    + workload.base().type().text());
        }
        if (rerank < K) {
            throw new IllegalArgumentException(
                    rerank + " candidates cannot be re-ranked to " + K + " neighbours; take at least " + K);
        }
        int n = workload.base().count();
        if (n == 0 || workload.queries().count() == 0) {
            throw new IllegalArgumentException("There are " + n + " vectors and "
                    + workload.queries().count() + " queries; at least one of each is needed");
        }
        this.workload = workload;
        this.recall = new Recall(workload, truth, K);
        this.rerank = rerank;
        this.effort = effort;
        this.blocks = IntStream.iterate(0, from -> from < n, from -> from + BLOCK)
                .mapToObj(
                        from -> IntStream.range(from, Math.min(n, from + BLOCK)).toArray())
                .toArray(int[][]::new);
    }

    /**
     * Trains, encodes, searches and times one quantizer after another.
     *
     * @param quantizers what to measure, as name or {@code name:parameter=value,...}
     * @param context    plugins, kernel and seed, and who is told about each step; its executor is not used
     * @return one outcome per quantizer; one that the data's metric, dimension or number does not allow says so
     * @throws org.ruvector.api.PluginException      if there is no quantizer of that name; before anything is measured
     * @throws java.util.concurrent.CancellationException if {@code progress} wanted no more
     * @throws IllegalStateException                 if a score is NaN
     */
    public List<QuantizerOutcome> run(List<String> quantizers, BuildContext context) {
        List<QuantizerSpec> specs = quantizers.stream().map(this::parse).toList();
        specs.forEach(spec -> context.plugins().quantizer(spec.provider()));
        List<QuantizerOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            outcomes.add(measure(quantizers.get(i), specs.get(i), context));
        }
        return outcomes;
    }

    /**
     * Measures and reports.
     *
     * @param provenance where the data come from; how thoroughly and against what was measured is added to it
     * @param quantizers as for {@link #run}
     * @param context    likewise
     * @return the report
     */
    public QuantizerReport report(Provenance provenance, List<String> quantizers, BuildContext context) {
        Provenance facts = effort.addTo(provenance)
                .with("k", K)
                .with("rerank", rerank)
                .with("kernel", context.kernel().describe());
        return new QuantizerReport(facts, run(quantizers, context), rerank);
    }

    private QuantizerSpec parse(String text) {
        // The short form is that of indexes.
        VectorRows base = workload.base();
        IndexSpec form = IndexSpec.parse(text, workload.metric(), base.type(), base.dimension());
        return new QuantizerSpec(form.provider(), form.parameters(), workload.metric(), base.dimension());
    }

    private QuantizerOutcome measure(String name, QuantizerSpec spec, BuildContext context) {
        Progress all = context.progress();
        Progress named = (stage, done, total) -> all.update(name + ": " + stage, done, total);
        Quantizer quantizer = null;
        double[] training = new double[effort.buildRepetitions()];
        try (ExecutorService workers = Executors.newFixedThreadPool(effort.buildThreads())) {
            BuildContext parallel = context.on(workers, effort.buildThreads()).progress(named);
            for (int r = 0; r < training.length; r++) {
                Harness.step(named, "training", r, training.length);
                long start = System.nanoTime();
                quantizer = train(spec, parallel);
                training[r] = (System.nanoTime() - start) / 1e9;
            }
        } catch (IllegalArgumentException e) {
            // The contract's way to say that parameters do not fit the data.
            return new Refused(name, e.getMessage());
        }
        try (Arena arena = Arena.ofShared()) {
            int n = workload.base().count();
            MemorySegment segment = arena.allocate((long) n * quantizer.codeBytes(), 64);
            Codes codes = new Codes(segment, quantizer.codeBytes(), n);
            double encoded = encode(quantizer, codes, named);
            Contender ours = new Contender(name, queryScorers(quantizer, codes));
            RowKernel<float[]> kernel = context.kernel().floats(workload.metric());
            Contender exact = new Contender("kernel " + context.kernel().name(), query -> exact(kernel, query));
            Found found = search(ours, exact, named);
            double[] nanos = time(List.of(ours, exact), named);
            return new Measured(
                    name,
                    quantizer.spec(),
                    new CodeKind(quantizer.codeBytes(), quantizer.estimatesDistances()),
                    found,
                    new Speed(Measurement.median(training), encoded, nanos[0], nanos[1]));
        }
    }

    private Quantizer train(QuantizerSpec spec, BuildContext context) {
        QuantizerProvider provider = context.plugins().quantizer(spec.provider());
        if (!provider.metrics().contains(spec.metric())) {
            throw new IllegalArgumentException("'" + provider.name() + "' knows "
                    + provider.metrics().stream().map(Metric::text).sorted().collect(Collectors.joining(", "))
                    + " only, not " + spec.metric().text());
        }
        return provider.train(workload.base(), spec, context);
    }

    /** Encodes all rows, again if that is quick, until the compiler had its time; vectors per second, the median. */
    private double encode(Quantizer quantizer, Codes codes, Progress progress) {
        int n = workload.base().count();
        List<Double> seconds = new ArrayList<>();
        long begin = System.nanoTime();
        do {
            AtomicInteger next = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            long start = System.nanoTime();
            Team.run(effort.buildThreads(), member -> {
                for (int b = next.getAndIncrement(); b < blocks.length; b = next.getAndIncrement()) {
                    int from = blocks[b][0];
                    int to = from + blocks[b].length;
                    long at = (long) from * codes.codeBytes();
                    quantizer.encode(
                            workload.base().slice(from, to), codes.segment().asSlice(at));
                    Harness.step(progress, "encoding", done.addAndGet(to - from), n);
                }
            });
            seconds.add((System.nanoTime() - start) / 1e9);
        } while (seconds.size() < effort.repetitions()
                && System.nanoTime() - begin < effort.repetitions() * effort.minSeconds() * 1e9);
        return n / Measurement.median(seconds.stream().mapToDouble(s -> s).toArray());
    }

    private IntFunction<Scorer> queryScorers(Quantizer quantizer, Codes codes) {
        return query -> quantizer.scorer(workload.queries().query(query), codes);
    }

    private Scorer exact(RowKernel<float[]> kernel, int query) {
        VectorRows base = workload.base();
        float[] vector = Workload.row(workload.queries(), query);
        return (ordinals, n, bound, out) ->
                kernel.distances(vector, base.segment(), base.stride(), ordinals, n, bound, out);
    }

    /** The mean recall over all queries, which the building threads share. */
    private Found search(Contender codes, Contender exact, Progress progress) {
        int queries = workload.queries().count();
        double[] ofCodes = new double[queries];
        double[] reranked = new double[queries];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Team.run(effort.buildThreads(), member -> {
            float[] scores = new float[Math.max(BLOCK, rerank)];
            for (int q = next.getAndIncrement(); q < queries; q = next.getAndIncrement()) {
                int[] candidates = codes.nearest(q, blocks, rerank, scores);
                int[] best = exact.nearest(q, new int[][] {candidates}, K, scores);
                ofCodes[q] = recall.of(q, candidates, Math.min(K, candidates.length));
                reranked[q] = recall.of(q, best, best.length);
                Harness.step(progress, "search", done.incrementAndGet(), queries);
            }
        });
        return new Found(mean(ofCodes), mean(reranked));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Nanoseconds per row of each contender; one run to warm up, then they take turns. */
    private double[] time(List<Contender> contenders, Progress progress) {
        contenders.forEach(this::nanosPerVector);
        double[][] runs = new double[contenders.size()][effort.repetitions()];
        for (int r = 0; r < effort.repetitions(); r++) {
            Harness.step(progress, "scoring", r, effort.repetitions());
            for (int c = 0; c < runs.length; c++) {
                int turn = (c + r) % runs.length;
                runs[turn][r] = nanosPerVector(contenders.get(turn));
            }
        }
        Harness.step(progress, "scoring", effort.repetitions(), effort.repetitions());
        return Arrays.stream(runs).mapToDouble(Measurement::median).toArray();
    }

    private double nanosPerVector(Contender contender) {
        float[] scores = new float[BLOCK];
        long scans = 0;
        long nanos = 0;
        do {
            int query = (int) (scans++ % workload.queries().count());
            Scorer scorer = contender.scorers.apply(query);
            float best = Float.POSITIVE_INFINITY;
            long start = System.nanoTime();
            for (int[] block : blocks) {
                best = Math.min(best, scorer.score(block, block.length, Float.POSITIVE_INFINITY, scores));
            }
            nanos += System.nanoTime() - start;
            contender.requireNumber(best, query);
        } while (nanos < effort.minSeconds() * 1e9);
        return (double) nanos / scans / workload.base().count();
    }

    /**
     * Something that gives distances from queries to rows.
     *
     * @param name    for messages
     * @param scorers prepares for a query, given its number
     */
    private record Contender(String name, IntFunction<Scorer> scorers) {

        /** The {@code k} nearest among the rows of some blocks, nearest first. */
        int[] nearest(int query, int[][] blocks, int k, float[] scores) {
            Scorer scorer = scorers.apply(query);
            NearestRows nearest = new NearestRows(k);
            for (int[] block : blocks) {
                scorer.score(block, block.length, Float.POSITIVE_INFINITY, scores);
                for (int i = 0; i < block.length; i++) {
                    requireNumber(scores[i], query);
                    nearest.offer(block[i], scores[i]);
                }
            }
            return nearest.rows();
        }

        /** Whoever orders NaN silently measures nonsense. */
        void requireNumber(float score, int query) {
            if (Float.isNaN(score)) {
                throw new IllegalStateException(name + " gives NaN as a distance from query " + query);
            }
        }
    }
}
