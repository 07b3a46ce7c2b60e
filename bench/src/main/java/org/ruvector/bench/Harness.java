package org.ruvector.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.bench.BuiltIndex.QuerySearcher;
import org.ruvector.bench.Measurement.Build;
import org.ruvector.bench.Measurement.Speed;
import org.ruvector.bench.Measurement.Subject;

/**
 * Measures contestants against each other, on one workload, in one process.
 *
 * <p>All are built first, one after another. A warm-up pass over all queries at every sweep point gives the recall and lets
 * the compiler finish. Then come the repetitions; in each, at every sweep point, the contestants take turns, in an order that
 * rotates, so that whatever else the machine does hits them all. A timed run asks every query at least once and lasts at
 * least {@link Effort#minSeconds}. What is reported is the median of the repetitions.
 */
public final class Harness {

    /**
     * How much work is put into it.
     *
     * @param buildThreads     threads that build, at least 1
     * @param buildRepetitions builds of each contestant, interleaved; the median time is reported, the last one searched
     * @param repetitions      timed runs of each point, at least 1
     * @param minSeconds       shortest duration of a timed run, and of the warm-up of each point
     */
    public record Effort(int buildThreads, int buildRepetitions, int repetitions, double minSeconds) {

        /** One build on the given threads, five repetitions of at least 0.3 s. */
        public static Effort standard(int buildThreads) {
            return new Effort(buildThreads, 1, 5, 0.3);
        }

        /**
         * These facts and how thoroughly was measured.
         *
         * @param provenance what is known so far
         * @return that and more
         */
        public Provenance addTo(Provenance provenance) {
            return provenance
                    .with("buildThreads", buildThreads)
                    .with("buildRepetitions", buildRepetitions)
                    .with("repetitions", repetitions)
                    .with("minSecondsPerRun", minSeconds);
        }

        /** Refuses numbers below 1. */
        public Effort {
            if (buildThreads < 1 || buildRepetitions < 1 || repetitions < 1 || !(minSeconds >= 0)) {
                throw new IllegalArgumentException("Build threads, builds and repetitions are " + buildThreads + ", "
                        + buildRepetitions + " and " + repetitions + "; each must be at least 1");
            }
        }
    }

    /** The most queries in one timed run: 80 MB of latencies. */
    private static final int MOST = 10_000_000;

    private final Workload workload;
    private final Recall recall;
    private final Sweep sweep;
    private final Effort effort;

    /**
     * For one workload.
     *
     * @param workload what to index and search
     * @param truth    exact neighbours per query, at least {@code k} or as many as there are rows
     * @param sweep    what is varied
     * @param effort   how thoroughly
     * @throws IllegalArgumentException if the truth does not belong to the workload, or lists too few neighbours
     */
    public Harness(Workload workload, int[][] truth, Sweep sweep, Effort effort) {
        int wanted = Math.min(sweep.k(), workload.base().count());
        for (int q = 0; q < Math.min(truth.length, workload.queries().count()); q++) {
            if (truth[q].length < wanted) {
                throw new IllegalArgumentException(
                        "The truth lists " + truth[q].length + " neighbours of query " + q + ", but k is " + sweep.k());
            }
        }
        if (workload.queries().count() == 0) {
            throw new IllegalArgumentException("There are no queries");
        }
        this.workload = workload;
        this.recall = new Recall(workload, truth, sweep.k());
        this.sweep = sweep;
        this.effort = effort;
    }

    /**
     * Builds and measures.
     *
     * @param contestants who takes part
     * @param progress    told about each step
     * @return one measurement per contestant, sweep point and number of threads, in that order
     * @throws UnavailableException     if a contestant cannot run here
     * @throws IllegalArgumentException if nobody knows a sweep parameter
     */
    public List<Measurement> run(List<? extends Contestant> contestants, Progress progress) {
        List<Entry> entries = new ArrayList<>();
        try {
            build(contestants, entries, progress);
            List<Run> runs = warmUp(plan(entries), progress);
            for (int r = 0; r < effort.repetitions; r++) {
                measure(runs, r, progress);
            }
            return runs.stream()
                    .sorted((a, b) -> Integer.compare(entries.indexOf(a.entry), entries.indexOf(b.entry)))
                    .map(Run::result)
                    .toList();
        } finally {
            entries.stream().filter(entry -> entry.index != null).forEach(entry -> entry.index.close());
        }
    }

    /**
     * Builds, measures and reports.
     *
     * @param provenance  where the data come from; what was varied, and how thoroughly, is added to it
     * @param contestants who takes part
     * @param progress    told about each step
     * @return the report
     * @throws UnavailableException     if a contestant cannot run here
     * @throws IllegalArgumentException if nobody knows a sweep parameter
     */
    public Report report(Provenance provenance, List<? extends Contestant> contestants, Progress progress) {
        List<Measurement> records = run(contestants, progress);
        return Report.of(effort.addTo(sweep.addTo(provenance)), records);
    }

    private void build(List<? extends Contestant> contestants, List<Entry> entries, Progress progress) {
        int steps = effort.buildRepetitions * contestants.size();
        for (int r = 0; r < effort.buildRepetitions; r++) {
            for (int c = 0; c < contestants.size(); c++) {
                Contestant contestant = contestants.get(c);
                step(progress, "build " + contestant.name(), r * contestants.size() + c, steps);
                if (r == 0) {
                    entries.add(new Entry(contestant, effort.buildRepetitions));
                }
                Entry entry = entries.get(c);
                if (entry.index != null) {
                    entry.index.close();
                    entry.index = null;
                }
                entry.index = contestant.build(workload, effort.buildThreads);
                entry.buildSeconds[r] = entry.index.buildNanos() / 1e9;
            }
        }
        step(progress, "build", steps, steps);
    }

    /** One run for each sweep point, contestant and number of threads; contestants next to each other. */
    private List<Run> plan(List<Entry> entries) {
        List<Run> runs = new ArrayList<>();
        boolean[] known = new boolean[sweep.points().size()];
        for (int p = 0; p < sweep.points().size(); p++) {
            for (int threads : sweep.threads()) {
                for (Entry entry : entries) {
                    boolean accepted = entry.index.accepts(sweep.points().get(p));
                    known[p] |= accepted;
                    // Whoever knows none of them is measured once.
                    if (accepted || (p == 0 && sweep.points().stream().noneMatch(entry.index::accepts))) {
                        runs.add(new Run(entry, accepted ? sweep.points().get(p) : Parameters.none(), threads));
                    }
                }
            }
            // A misspelt name must not end in one measurement with the defaults.
            if (!known[p]) {
                throw new IllegalArgumentException("None of the indexes knows the search parameters "
                        + sweep.points().get(p) + "; without a sweep each is measured once with its defaults");
            }
        }
        return runs;
    }

    /** Warms up, and leaves out those points of a contestant that come after enough recall. */
    private List<Run> warmUp(List<Run> planned, Progress progress) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            step(progress, "warm-up", i, planned.size());
            Run run = planned.get(i);
            boolean enough = runs.stream()
                    .anyMatch(r -> r.entry == run.entry && r.threads == run.threads && r.found >= sweep.enough());
            if (!enough) {
                run.warmUp();
                runs.add(run);
            }
        }
        step(progress, "warm-up", planned.size(), planned.size());
        return runs;
    }

    private void measure(List<Run> runs, int repetition, Progress progress) {
        String stage = "repetition " + (repetition + 1) + " of " + effort.repetitions;
        int done = 0;
        for (int from = 0; from < runs.size(); ) {
            int to = from;
            while (to < runs.size() && runs.get(to).sameTurn(runs.get(from))) {
                to++;
            }
            for (int i = 0; i < to - from; i++) {
                runs.get(from + (i + repetition) % (to - from)).time(repetition);
                step(progress, stage, ++done, runs.size());
            }
            from = to;
        }
    }

    /** Tells, and ends the measurement if it is not wanted any more. */
    static void step(Progress progress, String stage, long done, long total) {
        if (!progress.update(stage, done, total)) {
            throw new CancellationException("The measurement was not wanted any more");
        }
    }

    /** A contestant and what it has built. */
    private static final class Entry {
        final Contestant contestant;
        final double[] buildSeconds;
        BuiltIndex index;

        Entry(Contestant contestant, int builds) {
            this.contestant = contestant;
            this.buildSeconds = new double[builds];
        }
    }

    /** One contestant at one sweep point with one number of threads. */
    private final class Run {
        final Entry entry;
        final Parameters point;
        final int threads;
        final Speed[] speeds = new Speed[effort.repetitions];
        int rounds;
        double found;

        Run(Entry entry, Parameters point, int threads) {
            this.entry = entry;
            this.point = point;
            this.threads = threads;
        }

        boolean sameTurn(Run other) {
            return threads == other.threads
                    && (point.equals(other.point)
                            || point.asMap().isEmpty()
                            || other.point.asMap().isEmpty());
        }

        /** Asks every query once to judge the answers, then goes on until the compiler had its time. */
        void warmUp() {
            int n = workload.queries().count();
            QuerySearcher searcher = entry.index.searcher(point, sweep.k());
            int[] ids = new int[sweep.k()];
            double sum = 0;
            for (int q = 0; q < n; q++) {
                int count = searcher.search(q, ids);
                sum += recall.of(q, ids, count);
            }
            found = sum / n;
            long start = System.nanoTime();
            long asked = 0;
            do {
                ask(1);
                asked += n;
            } while (System.nanoTime() - start < effort.minSeconds * 1e9);
            double perRound = (System.nanoTime() - start) / 1e9 * n / asked;
            rounds = (int) Math.clamp(Math.ceil(effort.minSeconds / perRound), 1, Math.max(1, MOST / n));
        }

        void time(int repetition) {
            speeds[repetition] = ask(rounds);
        }

        private Speed ask(int times) {
            int n = workload.queries().count();
            long[] latencies = new long[times * n];
            QuerySearcher[] searchers = new QuerySearcher[threads];
            Arrays.setAll(searchers, t -> entry.index.searcher(point, sweep.k()));
            AtomicInteger next = new AtomicInteger();
            long start = System.nanoTime();
            Team.run(threads, member -> {
                int[] ids = new int[sweep.k()];
                QuerySearcher searcher = searchers[member];
                long before = System.nanoTime();
                for (int i = next.getAndIncrement(); i < latencies.length; i = next.getAndIncrement()) {
                    searcher.search(i % n, ids);
                    long now = System.nanoTime();
                    latencies[i] = now - before;
                    before = now;
                }
            });
            return Speed.of(latencies, System.nanoTime() - start);
        }

        Measurement result() {
            BuiltIndex index = entry.index;
            double bytes = index.bytes() < 0
                    ? Double.NaN
                    : (double) index.bytes() / workload.base().count();
            Subject subject = new Subject(
                    entry.contestant.name(),
                    index.params(),
                    entry.contestant.peer(),
                    new Build(index.kernel(), Measurement.median(entry.buildSeconds), bytes));
            return new Measurement(subject, point, threads, found, Speed.median(speeds));
        }
    }
}
