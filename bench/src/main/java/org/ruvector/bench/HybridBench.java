package org.ruvector.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.VectorIndex;

/**
 * A mixed load on an index that retrains in the background: it is built on half of the rows, the others are inserted one by one at a
 * steady rate while another thread searches, nine searches for each insert. The order of the rows is shuffled. Retraining is what
 * the index hands to its executor.
 *
 * <p>Every search is judged against the exact neighbours among the rows that were there when it began.
 */
public final class HybridBench {

    /** Neighbours wanted. */
    public static final int K = 10;

    /** Into how many windows of time the figures are divided. */
    static final int WINDOWS = 20;

    private final Workload workload;
    private final int first;
    private final BuildContext context;

    /**
     * How long searches took.
     *
     * @param searches how many they were
     * @param p50      median time of one in µs; NaN if there were none
     * @param p99      its 99th percentile
     * @param p99Due   the same from when it was due, so that waiting for an earlier one counts
     */
    public record Latency(int searches, double p50, double p99, double p99Due) {}

    /**
     * One window of time.
     *
     * @param seconds when it ended
     * @param rows    rows in the index then
     * @param recall  recall@10; NaN if there was no search
     * @param latency of its searches
     */
    public record Window(double seconds, int rows, double recall, Latency latency) {}

    /**
     * One retraining.
     *
     * @param seconds when it began
     * @param took    seconds until the switch
     * @param rows    rows in the index when it began
     * @param share   vectors in the delta for each in the segment, then
     * @param before  since the switch before, or the beginning
     * @param during  searches that had not ended when it began, and had begun when it ended
     * @param after   until the next retraining began, or the end
     */
    public record Switch(
            double seconds, double took, int rows, double share, Latency before, Latency during, Latency after) {

        /** {@return p99 during it by p99 before it} */
        public double ratio() {
            return during.p99() / before.p99();
        }
    }

    /**
     * What came out.
     *
     * @param index         short form of the index
     * @param search        search parameters
     * @param kernel        in use
     * @param inserts       how many there were
     * @param insertMicros  mean time of one
     * @param windows       of time
     * @param switches      that there were
     * @param staticRecall  recall@10 of the segment alone, built on all rows at once
     * @param staticLatency of that
     * @param lost          inserted rows that are not found even if only they are asked for
     * @param notFound      inserted rows that are not among the ten nearest of their own vector, or as near
     */
    public record Result(
            String index,
            Parameters search,
            String kernel,
            int inserts,
            double insertMicros,
            List<Window> windows,
            List<Switch> switches,
            double staticRecall,
            Latency staticLatency,
            int lost,
            int notFound) {}

    /** One task of the index, which ends where {@code end} says. */
    private record Retraining(long begun, int rows, AtomicLong end, Future<?> task) {}

    private HybridBench(Workload workload, BuildContext context) {
        this.workload = workload;
        this.context = context;
        this.first = workload.base().count() / 2;
    }

    /**
     * Runs the load.
     *
     * @param workload   what to insert and to search for, at least 40 rows
     * @param spec       short form of the index
     * @param parameters of the searches
     * @param minutes    how long to insert
     * @param context    plugins, kernel, seed, and who is told; its executor is not used
     * @return what came out
     * @throws IllegalArgumentException if there are too few rows, or the index does not change
     */
    public static Result run(
            Workload workload, String spec, Parameters parameters, double minutes, BuildContext context) {
        if (workload.base().count() < 4 * K || !(minutes > 0)) {
            throw new IllegalArgumentException(workload.base().count() + " rows and " + minutes
                    + " minutes: it takes at least " + 4 * K + " rows, and more than 0 minutes");
        }
        Workload shuffled =
                new Workload(shuffled(workload.base(), context.seed()), workload.queries(), workload.metric());
        return new HybridBench(shuffled, context).run(spec, parameters, (long) (minutes * 60e9));
    }

    private Result run(String text, Parameters parameters, long nanos) {
        VectorRows rows = workload.base();
        IndexSpec spec = IndexSpec.parse(text, workload.metric(), rows.type(), rows.dimension());
        GrowingTruth truth = new GrowingTruth(workload, first, K, context);
        MixedLoad load = new MixedLoad(workload, first, K);
        List<Retraining> retrainings = new CopyOnWriteArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(cores)) {
            AtomicBoolean loading = new AtomicBoolean();
            Executor watched = task -> {
                if (loading.get()) {
                    retrainings.add(watch(task, pool, load));
                } else {
                    pool.execute(task);
                }
            };
            BuildContext watching = context.on(watched, cores);
            try (VectorIndex built = context.plugins().builder(spec, watching).build(rows.slice(0, first))) {
                if (!(built instanceof MutableIndex index)) {
                    throw new IllegalArgumentException(
                            "Index '" + spec.provider() + "' does not change once it is built; take 'hybrid'");
                }
                // So that compiled code is measured.
                search(index, parameters, truth, first);
                loading.set(true);
                load.run(index, parameters, nanos, context.progress());
                retrainings.forEach(HybridBench::await);
                int[] missing = missing(index, parameters);
                IndexSpec segment = segment(index.spec());
                try (VectorIndex alone = context.plugins()
                        .builder(segment, context.on(pool, cores))
                        .build(rows)) {
                    Parameters own = below("segment.", parameters);
                    search(alone, own, truth, rows.count());
                    Searched fixed = search(alone, own, truth, rows.count());
                    return new Result(
                            index.spec().text(),
                            parameters,
                            index.kernel(),
                            load.inserts(),
                            load.insertNanos() / 1e3,
                            windows(load, truth, nanos),
                            switches(load, retrainings),
                            fixed.recall,
                            fixed.latency,
                            missing[0],
                            missing[1]);
                }
            }
        }
    }

    private static Retraining watch(Runnable task, ExecutorService pool, MixedLoad load) {
        AtomicLong end = new AtomicLong();
        // The row is being added, so it is one more.
        int rows = load.there() + 1;
        long begun = load.now();
        Future<?> running = pool.submit(() -> {
            try {
                task.run();
            } finally {
                end.set(load.now());
            }
        });
        return new Retraining(begun, rows, end, running);
    }

    private static void await(Retraining retraining) {
        try {
            retraining.task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The wait for a retraining was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A retraining failed: " + e.getCause(), e.getCause());
        }
    }

    private record Searched(double recall, Latency latency) {}

    /** All queries once, one after another. */
    private Searched search(VectorIndex index, Parameters parameters, GrowingTruth truth, int there) {
        int queries = workload.queries().count();
        long[] nanos = new long[queries];
        double sum = 0;
        Searcher searcher = index.searcher();
        for (int q = 0; q < queries; q++) {
            SearchRequest request =
                    SearchRequest.of(workload.queries().query(q), K).with(parameters);
            long start = System.nanoTime();
            List<Hit> hits = searcher.search(request).hits();
            nanos[q] = System.nanoTime() - start;
            int[] ids = hits.stream().mapToInt(hit -> (int) hit.id()).toArray();
            sum += truth.recall(q, there, ids, 0, ids.length);
        }
        Measurement.Speed speed = Measurement.Speed.of(nanos, 1);
        return new Searched(sum / queries, new Latency(queries, speed.p50(), speed.p99(), Double.NaN));
    }

    /** How many of the inserted rows are lost, and how many are not found by their own vectors. */
    private int[] missing(VectorIndex index, Parameters parameters) {
        AtomicInteger lost = new AtomicInteger();
        AtomicInteger notFound = new AtomicInteger();
        AtomicInteger next = new AtomicInteger(first);
        Team.run(Runtime.getRuntime().availableProcessors(), member -> {
            Searcher searcher = index.searcher();
            for (int row; (row = next.getAndIncrement()) < workload.base().count(); ) {
                int id = row;
                Query own = workload.base().query(row);
                SearchRequest request = SearchRequest.of(own, K).with(parameters);
                List<Hit> alone =
                        searcher.search(request.filter(Filter.ids(id))).hits();
                List<Hit> hits = searcher.search(request).hits();
                if (alone.isEmpty()) {
                    lost.incrementAndGet();
                    notFound.incrementAndGet();
                } else if (hits.stream().noneMatch(hit -> hit.id() == id)
                        && (hits.size() < K
                                || hits.getLast().distance() > alone.getFirst().distance())) {
                    notFound.incrementAndGet();
                }
            }
        });
        return new int[] {lost.get(), notFound.get()};
    }

    private static List<Window> windows(MixedLoad load, GrowingTruth truth, long nanos) {
        List<Window> windows = new ArrayList<>();
        for (int w = 0; w < WINDOWS; w++) {
            long from = nanos * w / WINDOWS;
            long to = w == WINDOWS - 1 ? Long.MAX_VALUE : nanos * (w + 1) / WINDOWS;
            int[] searches = which(load, s -> load.begun(s) >= from && load.begun(s) < to);
            int rows = Arrays.stream(searches).map(load::known).max().orElse(0);
            double recall = Arrays.stream(searches)
                    .mapToDouble(s -> load.recall(s, truth))
                    .average()
                    .orElse(Double.NaN);
            windows.add(new Window(nanos * (w + 1.0) / WINDOWS / 1e9, rows, recall, load.latency(searches)));
        }
        return windows;
    }

    private List<Switch> switches(MixedLoad load, List<Retraining> retrainings) {
        List<Switch> switches = new ArrayList<>();
        for (int i = 0; i < retrainings.size(); i++) {
            Retraining now = retrainings.get(i);
            int segment = i == 0 ? first : retrainings.get(i - 1).rows;
            long last = i == 0 ? 0 : retrainings.get(i - 1).end.get();
            long next = i == retrainings.size() - 1 ? Long.MAX_VALUE : retrainings.get(i + 1).begun;
            long end = now.end.get();
            switches.add(new Switch(
                    now.begun / 1e9,
                    (end - now.begun) / 1e9,
                    now.rows,
                    (double) (now.rows - segment) / segment,
                    load.latency(which(load, s -> load.begun(s) > last && load.ended(s) < now.begun)),
                    load.latency(which(load, s -> load.ended(s) >= now.begun && load.begun(s) <= end)),
                    load.latency(which(load, s -> load.begun(s) > end && load.ended(s) < next))));
        }
        return switches;
    }

    private static int[] which(MixedLoad load, IntPredicate searches) {
        return IntStream.range(0, load.searches()).filter(searches).toArray();
    }

    /** The index that a hybrid one reads only, alone. */
    private static IndexSpec segment(IndexSpec spec) {
        Parameters all = spec.parameters();
        String provider = all.getText("segment", spec.provider());
        Parameters own = all.asMap().containsKey("segment") ? below("segment.", all) : all;
        return new IndexSpec(provider, own, spec.metric(), spec.type(), spec.dimension());
    }

    private static Parameters below(String prefix, Parameters all) {
        Parameters below = Parameters.none();
        for (Map.Entry<String, String> entry : all.asMap().entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                below = below.with(entry.getKey().substring(prefix.length()), entry.getValue());
            }
        }
        return below;
    }

    private static VectorRows shuffled(VectorRows rows, long seed) {
        int[] order = IntStream.range(0, rows.count()).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        MemorySegment copy = Arena.ofAuto().allocate(rows.byteSize(), 64);
        long stride = rows.stride();
        for (int i = 0; i < order.length; i++) {
            MemorySegment.copy(rows.segment(), order[i] * stride, copy, i * stride, stride);
        }
        return new VectorRows(copy, rows.type(), rows.dimension(), rows.count());
    }
}
