package org.ruvector.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ruvector.api.Hit;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;

/**
 * One thread that inserts rows at a steady rate, and one that searches nine times as often, each search due at its own time. Notes
 * of every search what it found, and when it was due, began and ended; nothing is judged meanwhile.
 */
final class MixedLoad {

    /** So that one of ten operations is an insert. */
    static final int SEARCHES_PER_INSERT = 9;

    private final Workload workload;
    private final int first;
    private final int k;
    private final AtomicInteger there;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final long[] due;
    private final long[] begun;
    private final long[] ended;
    private final int[] known;
    private final int[] ids;
    private final int[] counts;
    private int searches;
    private long insertNanos;
    private long start;

    /**
     * Nothing done yet.
     *
     * @param workload rows in the order in which they are added; row numbers are ids
     * @param first    rows that are in the index already
     * @param k        neighbours wanted
     */
    MixedLoad(Workload workload, int first, int k) {
        this.workload = workload;
        this.first = first;
        this.k = k;
        there = new AtomicInteger(first);
        int most = Math.multiplyExact(SEARCHES_PER_INSERT, inserts());
        due = new long[most];
        begun = new long[most];
        ended = new long[most];
        known = new int[most];
        ids = new int[Math.multiplyExact(most, k)];
        counts = new int[most];
    }

    /** Runs for that long; returns when all rows are in. */
    void run(MutableIndex index, Parameters parameters, long nanos, Progress progress) {
        SearchRequest settings =
                SearchRequest.of(workload.queries().query(0), k).with(parameters);
        Searcher searcher = index.searcher();
        start = System.nanoTime();
        Team.run(2, member -> {
            try {
                if (member == 0) {
                    search(searcher, settings, nanos);
                } else {
                    insert(index, nanos, progress);
                }
            } catch (Throwable e) {
                // The other one need not go on for the rest of the time.
                failed.set(true);
                throw e;
            }
        });
    }

    private void insert(MutableIndex index, long nanos, Progress progress) {
        VectorRows rows = workload.base();
        for (int row = first; row < rows.count() && !failed.get(); row++) {
            await(nanos * (row - first) / inserts());
            if (!progress.update("mixed load", row - first, inserts())) {
                throw new CancellationException(
                        "The load was cancelled after " + (row - first) + " of " + inserts() + " inserts");
            }
            long before = System.nanoTime();
            index.add(row, rows.query(row));
            insertNanos += System.nanoTime() - before;
            there.set(row + 1);
        }
        progress.update("mixed load", inserts(), inserts());
    }

    private void search(Searcher searcher, SearchRequest settings, long nanos) {
        int queries = workload.queries().count();
        while (searches < due.length && !failed.get()) {
            int s = searches;
            due[s] = (long) ((double) nanos * s / due.length);
            await(due[s]);
            if (now() > nanos && there.get() == workload.base().count()) {
                // Too slow to keep up: there are no more inserts to be mixed with.
                return;
            }
            SearchRequest request = settings.query(workload.queries().query(s % queries));
            known[s] = there.get();
            begun[s] = now();
            List<Hit> hits = searcher.search(request).hits();
            ended[s] = now();
            counts[s] = hits.size();
            for (int i = 0; i < hits.size(); i++) {
                ids[s * k + i] = (int) hits.get(i).id();
            }
            searches++;
        }
    }

    private void await(long at) {
        for (long left; (left = at - now()) > 0 && !failed.get(); ) {
            LockSupport.parkNanos(left);
        }
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return System.nanoTime() - start;
    }

    int inserts() {
        return workload.base().count() - first;
    }

    /** Rows in the index now. */
    int there() {
        return there.get();
    }

    /** Searches that were done. */
    int searches() {
        return searches;
    }

    /** Mean nanoseconds of an insert. */
    double insertNanos() {
        return (double) insertNanos / inserts();
    }

    long begun(int search) {
        return begun[search];
    }

    long ended(int search) {
        return ended[search];
    }

    int known(int search) {
        return known[search];
    }

    double recall(int search, GrowingTruth truth) {
        int from = search * k;
        return truth.recall(search % workload.queries().count(), known[search], ids, from, from + counts[search]);
    }

    /** How long those searches took that the numbers name. */
    HybridBench.Latency latency(int[] numbers) {
        long[] calls = Arrays.stream(numbers)
                .mapToLong(s -> ended[s] - begun[s])
                .sorted()
                .toArray();
        long[] waits = Arrays.stream(numbers)
                .mapToLong(s -> ended[s] - due[s])
                .sorted()
                .toArray();
        if (numbers.length == 0) {
            return new HybridBench.Latency(0, Double.NaN, Double.NaN, Double.NaN);
        }
        return new HybridBench.Latency(
                numbers.length,
                Measurement.percentile(calls, 50) / 1e3,
                Measurement.percentile(calls, 99) / 1e3,
                Measurement.percentile(waits, 99) / 1e3);
    }
}
