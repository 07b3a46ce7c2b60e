package org.ruvector.index.learned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.spi.Searcher;

/** Asks the parts of one view, the base before the delta, and puts their answers together. Belongs to one thread. */
final class HybridSearch {

    private final HybridView view;
    private final Searcher segment;
    /** {@code null} if nothing is being merged. */
    private final Searcher frozen;

    private final Searcher delta;

    HybridSearch(HybridView view) {
        this.view = view;
        segment = view.segment().index().searcher();
        frozen = view.frozen() == null ? null : view.frozen().index().searcher();
        delta = view.delta().index().searcher();
    }

    HybridView view() {
        return view;
    }

    /** Somebody holds the view meanwhile. */
    SearchResult search(SearchRequest request) {
        HybridParameters.requireOfParts(request.parameters());
        Run run = new Run(request);
        run.ask(segment, HybridParameters.SEGMENT, view.inSegment(request.filter()));
        if (frozen != null) {
            run.ask(frozen, HybridParameters.DELTA, view.inFrozen(request.filter()));
        }
        run.ask(delta, HybridParameters.DELTA, request.filter());
        return run.result();
    }

    /**
     * One search. To a stop policy each part is a traversal of its own: what it saw in the segment says nothing of how far the delta was
     * walked, and a search that stops early must not miss what was just added.
     */
    private static final class Run {
        private final long start = System.nanoTime();
        private final SearchRequest request;
        /** The parts' answers, the base's first. */
        private final List<SearchResult> answers = new ArrayList<>(3);

        Run(SearchRequest request) {
            this.request = request;
        }

        void ask(Searcher part, String name, Filter filter) {
            answers.add(part.search(new SearchRequest(
                    request.query(),
                    request.k(),
                    HybridParameters.of(name, request.parameters()),
                    filter,
                    request.cutoff(),
                    effort())));
        }

        private SearchRequest.Effort effort() {
            SearchRequest.Effort whole = request.effort();
            if (whole.timeBudget() == null) {
                return whole;
            }
            long budget = TimeUnit.NANOSECONDS.convert(whole.timeBudget());
            long left = budget - (System.nanoTime() - start);
            // The first part, the large one, leaves a quarter to the others.
            long mine = answers.isEmpty() ? left - budget / 4 : left;
            return new SearchRequest.Effort(
                    Duration.ofNanos(Math.max(1, mine)), whole.oversample(), whole.stopPolicy());
        }

        SearchResult result() {
            long visited = 0;
            long exact = 0;
            long codes = 0;
            StopReason stop = StopReason.EXHAUSTED;
            StringBuilder plan = new StringBuilder();
            for (SearchResult answer : answers) {
                SearchResult.Stats stats = answer.stats();
                visited += stats.visited();
                exact += stats.exactDistances();
                codes += stats.codeDistances();
                stop = weaker(stop, stats.stop());
                plan.append(plan.isEmpty() ? "" : " + ").append(stats.plan());
            }
            List<Hit> hits = merged();
            return new SearchResult(
                    hits,
                    new SearchResult.Stats(visited, exact, codes, stop, plan.toString(), System.nanoTime() - start));
        }

        /** What can be said of both together. */
        private static StopReason weaker(StopReason one, StopReason other) {
            // From what says most of an answer to what says least.
            return switch (one) {
                case EXHAUSTED -> other;
                case CONVERGED -> other == StopReason.EXHAUSTED ? one : other;
                case TIME_BUDGET, POLICY -> one;
            };
        }

        private List<Hit> merged() {
            List<Hit> all = new ArrayList<>();
            Set<Long> ids = new HashSet<>();
            // A vector that was replaced meanwhile may have been found twice: the newer one counts.
            for (SearchResult answer : answers.reversed()) {
                if (all.isEmpty()) {
                    all.addAll(answer.hits());
                    continue;
                }
                if (ids.isEmpty()) {
                    all.forEach(hit -> ids.add(hit.id()));
                }
                for (Hit hit : answer.hits()) {
                    if (ids.add(hit.id())) {
                        all.add(hit);
                    }
                }
            }
            all.sort(null);
            return all.subList(0, Math.min(request.k(), all.size()));
        }
    }
}
