package org.ruvector.index.hnsw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.spi.Scorer;
import org.ruvector.api.spi.Searcher;
import org.ruvector.storage.CodeScorer;
import org.ruvector.storage.RowScorer;

/** K-NN-SEARCH, algorithm 5 of Malkov and Yashunin (IEEE TPAMI 2020), and what a request may ask for besides. */
final class HnswSearcher implements Searcher {
    private static final int DEFAULT_EF = 100;
    static final int MAX_EF = 1_000_000;

    private final IndexSpec spec;
    private final HnswNodes nodes;
    private final Epochs.Reader reader;
    private final LayerSearch walk;
    private final FilteredSearch filtered;
    private final FusedSearch fused;
    private final ExactScan scan = new ExactScan();
    private final FoundSlots found = new FoundSlots();
    private NodeStore store;
    private RowScorer<?> scorer;

    HnswSearcher(IndexSpec spec, HnswParams params, HnswNodes nodes) {
        this.spec = spec;
        this.nodes = nodes;
        this.reader = nodes.epochs().reader();
        this.walk = new LayerSearch(params.maxLinks(0));
        this.filtered = new FilteredSearch(walk, params);
        this.fused = new FusedSearch(walk);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        long start = System.nanoTime();
        spec.require(request.query());
        int ef = ef(request.parameters());
        long epoch = nodes.epochs().enter(reader);
        try {
            SearchResult result = null;
            while (result == null) {
                NodeStore current = nodes.store();
                if (current != store) {
                    scorer = nodes.layout().scorer(current.rows);
                    store = current;
                }
                scorer.to(request.query());
                result = new Run(request, epoch, start).answer(ef);
            }
            return result;
        } finally {
            reader.leave();
        }
    }

    private static int ef(Parameters parameters) {
        parameters.requireOnly("ef");
        int ef = parameters.getInt("ef", DEFAULT_EF);
        if (ef < 1 || ef > MAX_EF) {
            throw new IllegalArgumentException("ef is " + ef + "; it must be from 1 to " + MAX_EF);
        }
        return ef;
    }

    /** One search. */
    private final class Run {
        private final SearchRequest request;
        private final long epoch;
        private final long start;
        private final Limits limits;
        private final int live = nodes.size();
        // Read once: a removal may take it away meanwhile, but what it led to stays.
        private final int entry = store.graph.entryPoint();
        /** Scores the codes of nodes; {@code null} if there are none, or if codes cannot tell what is within a cut-off. */
        private final CodeScorer codes;

        private StopReason stop = StopReason.CONVERGED;
        private String plan = "graph";

        Run(SearchRequest request, long epoch, long start) {
            this.request = request;
            this.epoch = epoch;
            this.start = start;
            this.limits = Limits.of(request, start);
            walk.begin();
            fused.begin();
            codes = store.codes == null || request.k() == Integer.MAX_VALUE
                    ? null
                    : store.codes.scorer(request.query());
            walk.results.clear();
        }

        /** {@code null} if the index moved to a larger store meanwhile, where the search must begin again. */
        SearchResult answer(int askedEf) {
            // A request for all within a cut-off begins like any other and widens until the cut-off is inside.
            boolean unlimited = request.k() == Integer.MAX_VALUE;
            int k = Math.min(request.k(), live);
            int ef = unlimited ? askedEf : Math.max(askedEf, candidates(k));
            if (entry >= 0) {
                while (true) {
                    if (!find(ef)) {
                        return null;
                    }
                    boolean complete =
                            walk.results.size() < ef || Candidates.distance(walk.results.top()) > request.cutoff();
                    if (!unlimited || complete || stop != StopReason.CONVERGED) {
                        break;
                    }
                    ef = (int) Math.min(4L * ef, Integer.MAX_VALUE / 2);
                }
            } else {
                stop = StopReason.EXHAUSTED;
            }
            List<Hit> hits = hits(k);
            return new SearchResult(
                    hits,
                    new SearchResult.Stats(
                            walk.hops, walk.scored, codeDistances(), stop, plan, System.nanoTime() - start));
        }

        /** How many candidates the best {@code k} are chosen from. */
        private int candidates(int k) {
            return codes == null
                    ? k
                    : store.codes.tiers().candidates(k, request.effort().oversample());
        }

        private long codeDistances() {
            return fused.estimated() + (codes == null ? 0 : codes.computed());
        }

        private boolean find(int ef) {
            if (limits != null) {
                limits.restart();
            }
            NodeFilter there = store.hasRemovals() ? node -> store.isThere(node, epoch) : null;
            if (!(request.filter() instanceof Filter.All)) {
                return findMatching(there, ef);
            }
            if (ef >= live) {
                scanAll(there, ef);
            } else {
                walkFrom(there, ef);
            }
            return true;
        }

        private void walkFrom(NodeFilter accepted, int ef) {
            boolean ended;
            if (codes != null) {
                plan = "graph by codes";
                ended = walk(codes, accepted, ef);
                rerank();
            } else if (store.base.codec != null && request.k() != Integer.MAX_VALUE) {
                ended = walkOverNeighbourhoods(accepted, ef);
            } else {
                ended = walk(scorer, accepted, ef);
            }
            stop = ended ? StopReason.CONVERGED : limits.reason();
        }

        private boolean walk(Scorer by, NodeFilter accepted, int ef) {
            long nearest = walk.descend(store.graph, by, walk.score(by, entry), store.graph.level(entry), 1);
            return walk.search(store.graph, by, 0, nearest, ef, store.capacity, accepted, limits);
        }

        /** Gives the nearest by codes their exact distances, and forgets the others. */
        private void rerank() {
            walk.rescore(scorer, candidates(Math.min(request.k(), live)));
        }

        private boolean walkOverNeighbourhoods(NodeFilter accepted, int ef) {
            plan = "graph of codes";
            // The few hops on layer 0 that layer 1 would save are cheaper than its vectors.
            long nearest = walk.descend(store.graph, scorer, walk.score(scorer, entry), store.graph.level(entry), 2);
            boolean ended = fused.search(store, scorer, request.query(), nearest, ef, accepted, limits);
            if (ended && (walk.results.size() < Math.min(request.k(), live) || !allFinite())) {
                // Codes led nowhere: the walk began infinitely far away, or what waited several times left others no
                // room.
                plan = "graph of codes, then graph";
                ended = walk(scorer, accepted, ef);
            }
            return ended;
        }

        private boolean allFinite() {
            return walk.results.size() == 0 || Float.isFinite(Candidates.distance(walk.results.top()));
        }

        /** How many a scan must keep: k, unless more may be wanted or some may turn out to be two versions of one vector. */
        private int kept(int ef) {
            return request.k() == Integer.MAX_VALUE || store.hasRemovals() ? ef : Math.min(request.k(), ef);
        }

        private void scanAll(NodeFilter accepted, int ef) {
            plan = "exact scan";
            stop = scan.all(store, scorer, accepted, walk, kept(ef), limits) ? StopReason.EXHAUSTED : limits.reason();
        }

        private boolean findMatching(NodeFilter there, int ef) {
            Filter filter = request.filter();
            NodeFilter accepted = node -> (there == null || there.accepts(node)) && filter.matches(store.id(node));
            if (filtered.prefersScan(store, filter, accepted, nodes.slotsInUse(store), ef)) {
                if (filter instanceof Filter.Ids ids) {
                    if (!nodes.findAll(ids, store, found)) {
                        return false;
                    }
                    boolean ended = scan.slots(found, scorer, there, walk, kept(ef), limits);
                    stop = ended ? StopReason.EXHAUSTED : limits.reason();
                } else {
                    scanAll(accepted, ef);
                }
                plan = "exact scan of matching rows";
                return true;
            }
            plan = "graph over matching rows";
            boolean ended = filtered.search(store, codes == null ? scorer : codes, entry, accepted, ef, limits);
            stop = ended ? StopReason.CONVERGED : limits.reason();
            if (ended && walk.results.size() < Math.min(Math.min(request.k(), ef), filtered.expectedMatches())) {
                // The walk found fewer than there seem to be: the matching rows are cut off from each other.
                scanAll(accepted, ef);
                plan = "graph over matching rows, then exact scan";
            } else if (codes != null) {
                plan = "graph by codes over matching rows";
                rerank();
            }
            return true;
        }

        /** The nearest of what was found, nearest first, ties by id. */
        private List<Hit> hits(int k) {
            // A heap gives up the few that are wanted sooner than all are sorted, and the JDK's sort allocates as it
            // divides.
            Candidates nearest = walk.frontier;
            nearest.takeAll(walk.results);
            // While a vector is being replaced, a search may meet both.
            Set<Long> seen = store.hasRemovals() ? new HashSet<>() : null;
            List<Hit> hits = new ArrayList<>(Math.min(nearest.size(), k));
            float last = Float.NaN;
            while (nearest.size() > 0) {
                long next = nearest.pop();
                float distance = Candidates.distance(next);
                if (distance > request.cutoff() || (hits.size() >= k && distance != last)) {
                    break;
                }
                last = distance;
                long id = store.id(Candidates.ordinal(next));
                if (seen == null || seen.add(id)) {
                    hits.add(new Hit(id, distance + 0f));
                }
            }
            Collections.sort(hits);
            return hits.size() > k ? hits.subList(0, k) : hits;
        }
    }
}
