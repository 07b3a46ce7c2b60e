package org.ruvector.index.ivf;

import java.util.Arrays;
import java.util.List;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.spi.NeighbourhoodCodec.NeighbourhoodScorer;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/** One thread's way to search: ranks lists, leads a scan through them, and decides what else to do. */
final class IvfSearcher {
    /** Rows by their vectors that take the time of one by its code. */
    private static final int VECTORS_PER_CODE = 8;

    /** Rows that are looked at to estimate how many match. */
    private static final int SAMPLE = 256;

    /** Rows that match which a search with a filter looks at for each hit wanted. */
    private static final long SEEN_PER_HIT = 4;

    private final VectorLayout layout;
    private final IvfScan.Scratch scratch = new IvfScan.Scratch();
    private ListRows rows;
    private RowScorer<?> scorer;
    private CoarseLists lists;
    private int moves;

    IvfSearcher(VectorLayout layout) {
        this.layout = layout;
    }

    /** Searches rows that stay as they are meanwhile. */
    SearchResult search(SearchRequest request, ListRows current) {
        long start = System.nanoTime();
        Probing probing = Probing.of(request.parameters(), current.coarse());
        turnTo(current);
        scorer.to(request.query());
        return new Run(request, probing, start).answer();
    }

    /** Takes up other rows, or the same in other memory. */
    @SuppressWarnings("ReferenceEquality") // others with equal lists have other memory
    void turnTo(ListRows current) {
        if (lists == null || current.coarse() != rows.coarse()) {
            lists = new CoarseLists(current.coarse());
        }
        if (current != rows || current.moves() != moves) {
            moves = current.moves();
            scorer = layout.scorer(current.vectors());
        }
        rows = current;
    }

    /** By what also centroids can be told from each other, {@code null} if there is no such thing. */
    private static NeighbourhoodScorer blocks(ListCodes.PageScorer codes) {
        return codes instanceof BlockCodes.Estimates blocks ? blocks.scorer() : null;
    }

    /** The lists in the order of the latest query. */
    CoarseLists lists() {
        return lists;
    }

    IvfScan.Scratch scratch() {
        return scratch;
    }

    /** One search. */
    private final class Run {
        private final SearchRequest request;
        private final Probing probing;
        private final long start;
        private final boolean unlimited;
        private ListCodes.PageScorer codes;
        private long exact;
        private long estimated;
        private StopReason stop;

        Run(SearchRequest request, Probing probing, long start) {
            this.request = request;
            this.probing = probing;
            this.start = start;
            // What is within a cut-off only vectors tell.
            this.unlimited = request.k() == Integer.MAX_VALUE;
        }

        SearchResult answer() {
            int[] matching = matchingSlots();
            if (matching != null) {
                IvfScan scan = new IvfScan(request, rows, scorer, null, scratch);
                stop = scan.slots(matching, matching.length);
                return result(scan, scan.hits(), "exact scan of matching rows");
            }
            if (rows.codes() != null && !unlimited) {
                codes = rows.codes().scorer(request.query(), rows.centroids(), rows.blocks());
            }
            int probes = unlimited ? lists.count() : Math.min(probing.lists(), lists.count());
            lists.rank(request.query(), probes, blocks(codes), probing.coarse());
            IvfScan scan = new IvfScan(request, rows, scorer, codes, scratch);
            if (!unlimited && !(request.filter() instanceof Filter.All)) {
                // Where few match, near the query or at all, as many lists hold less of the answer.
                scan.demand(Math.max(SEEN_PER_HIT * request.k(), (long) (matching() * probes / lists.count())));
            }
            String plan = probe(scan, probes);
            List<Hit> hits = scan.hits();
            if (scan.misled(hits) && stop != StopReason.TIME_BUDGET && stop != StopReason.POLICY) {
                exact += scan.exact();
                estimated += scan.estimated();
                scan = new IvfScan(request, rows, scorer, null, scratch);
                plan = "lists of codes, then " + probe(scan, lists.count());
                hits = scan.hits();
            }
            exact += lists.computed();
            estimated += lists.estimated();
            return result(scan, hits, plan);
        }

        private SearchResult result(IvfScan scan, List<Hit> hits, String plan) {
            return new SearchResult(
                    hits,
                    new SearchResult.Stats(
                            scan.hops(),
                            exact + scan.exact(),
                            estimated + scan.estimated(),
                            stop == null ? StopReason.EXHAUSTED : stop,
                            plan,
                            System.nanoTime() - start));
        }

        /** Looks into lists in their order, at least so many, and on until there are as many hits as are wanted. */
        private String probe(IvfScan scan, int probes) {
            boolean exactly = rows.codes() == null || codes == null;
            double radius = unlimited ? 1 : probing.adaptive();
            stop = null;
            int i = 0;
            for (; i < lists.count() && (i < probes || !scan.isFull()); i++) {
                if (i == lists.ranked()) {
                    lists.rankRest();
                }
                int list = lists.list(i);
                if (radius >= 0 && lists.bound(i, radius * rows.radii()[list]) > scan.bound()) {
                    exactly &= radius >= 1;
                    continue;
                }
                if (scan.hops() > 0) {
                    stop = scan.reasonToStop(lists.bound(i, rows.radii()[list]));
                    if (stop != null) {
                        break;
                    }
                }
                scan.list(list, lists.distance(i));
            }
            if (stop == null && (i < lists.count() || !exactly)) {
                stop = StopReason.CONVERGED;
            }
            String what = rows.codes() == null ? "lists" : codes == null ? "lists of vectors" : "lists of codes";
            return i > probes ? what + ", more of them to find enough" : what;
        }

        /** How many rows match the filter: what it says, or an estimate. */
        private double matching() {
            Filter filter = request.filter();
            if (filter.cardinality() >= 0) {
                return Math.min(filter.cardinality(), rows.count());
            }
            int step = rows.count() / SAMPLE + 1;
            int matching = 0;
            int row = 0;
            for (int list = 0; list < lists.count(); list++) {
                for (; row < rows.pages().size(list); row += step) {
                    matching += filter.matches(rows.id(rows.pages().slot(list, row))) ? 1 : 0;
                }
                row -= rows.pages().size(list);
            }
            return (double) matching * step;
        }

        /** The slots of a filter's ids, list by list, where comparing just these is cheaper; else {@code null}. */
        private int[] matchingSlots() {
            if (!(request.filter() instanceof Filter.Ids ids)) {
                return null;
            }
            double share = Math.min(1, (double) probing.lists() / lists.count());
            double scanned = rows.count() * share / (rows.codes() == null ? 1 : VECTORS_PER_CODE);
            // So few would be found in the lists looked into that more lists were needed.
            double few = 2.0 * request.k() / share;
            if (ids.cardinality() > Math.max(IvfScan.BLOCK, Math.max(scanned, few))) {
                return null;
            }
            int[] slots = new int[(int) ids.cardinality()];
            int n = 0;
            for (int i = 0; i < slots.length; i++) {
                int slot = rows.find(ids.id(i));
                if (slot >= 0) {
                    slots[n++] = slot;
                }
            }
            Arrays.sort(slots, 0, n);
            return Arrays.copyOf(slots, n);
        }
    }
}
