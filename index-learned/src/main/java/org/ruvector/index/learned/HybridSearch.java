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
import org.ruvector.api.StopPolicy;
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

    /** One search. To a stop policy it looks like one traversal. */
    private static final class Run implements StopPolicy {
        private final long start = System.nanoTime();
        private final SearchRequest request;
        /** The parts' answers, the base's first. */
        private final List<SearchResult> answers = new ArrayList<>(3);

        private boolean stopped;
        private long hops;
        private long distances;
        private long hopsBefore;
        private long distancesBefore;
        private float kthBefore = Float.POSITIVE_INFINITY;

        Run(SearchRequest request) {
            this.request = request;
        }

        void ask(Searcher part, String name, Filter filter) {
            if (stopped) {
                return;
            }
            SearchResult answer = part.search(new SearchRequest(
                    request.query(),
                    request.k(),
                    HybridParameters.of(name, request.parameters()),
                    filter,
                    request.cutoff(),
                    effort()));
            answers.add(answer);
            hopsBefore = hops;
            distancesBefore = distances;
            if (answer.hits().size() == request.k()) {
                kthBefore = Math.min(kthBefore, answer.hits().getLast().distance());
            }
        }

        private SearchRequest.Effort effort() {
            SearchRequest.Effort whole = request.effort();
            Duration budget = whole.timeBudget();
            if (budget != null) {
                // Each part gets a glance at least.
                long left = TimeUnit.NANOSECONDS.convert(budget) - (System.nanoTime() - start);
                budget = Duration.ofNanos(Math.max(1, left));
            }
            return new SearchRequest.Effort(budget, whole.oversample(), whole.stopPolicy() == null ? null : this);
        }

        @Override
        public boolean stop(long hopsOfPart, long distancesOfPart, float kthOfPart, float candidate) {
            hops = hopsBefore + hopsOfPart;
            distances = distancesBefore + distancesOfPart;
            stopped = request.effort().stopPolicy().stop(hops, distances, Math.min(kthBefore, kthOfPart), candidate);
            return stopped;
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
                    new SearchResult.Stats(
                            visited,
                            exact,
                            codes,
                            stopped ? StopReason.POLICY : stop,
                            plan.toString(),
                            System.nanoTime() - start));
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
