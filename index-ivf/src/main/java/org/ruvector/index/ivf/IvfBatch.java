package org.ruvector.index.ivf;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ruvector.api.BuildContext.Workers;
import org.ruvector.api.Filter;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/**
 * Many requests together: each task takes some of them and goes through the lists that any of these look into, once, part by part, so
 * that a part that is in the cache is compared with all queries that want it. Alone go requests that decide on their way, by limits
 * of effort, by what they found or by a filter, and those that in the end found too few; and all where codes are read, which are so
 * short that what a query has prepared for itself is more to fetch: together they took half as long again.
 */
final class IvfBatch {
    /** Requests of a task at most. */
    private static final int MAX_CHUNK = 256;

    /** A part of a list that stays in the second-level cache. */
    private static final long PART_BYTES = 256 << 10;

    private final VectorLayout layout;
    private final List<SearchRequest> requests;
    private final SearchResult[] results;

    IvfBatch(VectorLayout layout, List<SearchRequest> requests) {
        this.layout = layout;
        this.requests = requests;
        this.results = new SearchResult[requests.size()];
    }

    /** Lends the rows to a task as they are for as long as it runs. */
    interface Lender {
        void lend(Consumer<ListRows> task);
    }

    List<SearchResult> answer(Lender lender, Executor executor, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be at least 1");
        }
        // What is wrong with a request is told here, where no other was begun.
        lender.lend(rows -> requests.forEach(request -> Probing.of(request.parameters(), rows.coarse())));
        int chunk = Math.clamp(Math.ceilDiv(results.length, parallelism), 1, MAX_CHUNK);
        int chunks = Math.ceilDiv(results.length, chunk);
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            IvfSearcher searcher = new IvfSearcher(layout);
            for (int i; (i = next.getAndIncrement()) < chunks; ) {
                int from = i * chunk;
                int to = Math.min(results.length, from + chunk);
                // Who scans holds the lock, not the caller who waits, as a change could wait on one of the threads.
                lender.lend(rows -> together(rows, searcher, from, to));
            }
        };
        if (chunks > 0) {
            new Workers(executor, Math.min(parallelism, chunks)).run(task);
        }
        return List.of(results);
    }

    /** One request of those that go together. */
    private static final class Member {
        private final IvfScan scan;
        private final long coarse;
        private long nanos;

        Member(IvfScan scan, CoarseLists lists, long start) {
            this.scan = scan;
            this.coarse = lists.computed();
            this.nanos = System.nanoTime() - start;
        }
    }

    /** A list that a member looks into. */
    private record Visit(int list, float distance, Member member) implements Comparable<Visit> {
        @Override
        public int compareTo(Visit other) {
            return Integer.compare(list, other.list);
        }
    }

    private void together(ListRows rows, IvfSearcher searcher, int from, int to) {
        Visit[] visits = new Visit[16];
        Member[] members = new Member[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            SearchRequest request = requests.get(i);
            Probing probing = Probing.of(request.parameters(), rows.coarse());
            if (rows.codes() != null || !goesWithOthers(request, probing)) {
                continue;
            }
            long start = System.nanoTime();
            searcher.turnTo(rows);
            CoarseLists lists = searcher.lists();
            lists.rank(request.query(), probing.lists(), null, probing.coarse());
            RowScorer<?> scorer = layout.scorer(rows.vectors()).to(request.query());
            IvfScan scan = new IvfScan(request, rows, scorer, null, searcher.scratch());
            members[i - from] = new Member(scan, lists, start);
            int probes = Math.min(probing.lists(), lists.count());
            if (n + probes > visits.length) {
                visits = Arrays.copyOf(visits, 2 * (n + probes));
            }
            for (int j = 0; j < probes; j++) {
                visits[n++] = new Visit(lists.list(j), lists.distance(j), members[i - from]);
            }
        }
        Arrays.sort(visits, 0, n);
        for (int at = 0; at < n; ) {
            int end = at + 1;
            while (end < n && visits[end].list == visits[at].list) {
                end++;
            }
            visit(rows, visits, at, end);
            at = end;
        }
        for (int i = from; i < to; i++) {
            Member member = members[i - from];
            results[i] = member == null ? null : result(member, rows);
            if (results[i] == null) {
                results[i] = searcher.search(requests.get(i), rows);
            }
        }
    }

    private static boolean goesWithOthers(SearchRequest request, Probing probing) {
        return request.effort().timeBudget() == null
                && request.effort().stopPolicy() == null
                && !probing.isAdaptive()
                && request.k() != Integer.MAX_VALUE
                && request.filter() instanceof Filter.All;
    }

    private void visit(ListRows rows, Visit[] visits, int from, int to) {
        int list = visits[from].list;
        int pages = Pages.pages(rows.pages().size(list));
        int part = (int) Math.max(1, PART_BYTES / (Pages.WIDTH * layout.stride()));
        for (int i = from; i < to; i++) {
            visits[i].member.scan.hop();
        }
        for (int page = 0; page < pages; page += part) {
            for (int i = from; i < to; i++) {
                long start = System.nanoTime();
                visits[i].member.scan.part(list, visits[i].distance, page, Math.min(pages, page + part));
                visits[i].member.nanos += System.nanoTime() - start;
            }
        }
    }

    /** {@code null} if a request found too few. */
    private static SearchResult result(Member member, ListRows rows) {
        long start = System.nanoTime();
        IvfScan scan = member.scan;
        if (!scan.isFull()) {
            return null;
        }
        boolean exactly = scan.hops() == rows.pages().lists();
        return new SearchResult(
                scan.hits(),
                new SearchResult.Stats(
                        scan.hops(),
                        member.coarse + scan.exact(),
                        0,
                        exactly ? StopReason.EXHAUSTED : StopReason.CONVERGED,
                        "lists",
                        member.nanos + System.nanoTime() - start));
    }
}
