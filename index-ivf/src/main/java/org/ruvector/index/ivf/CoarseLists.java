package org.ruvector.index.ivf;

import java.util.Arrays;
import java.util.List;
import org.ruvector.api.Hit;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.spi.NeighbourhoodCodec.NeighbourhoodScorer;
import org.ruvector.api.spi.Searcher;
import org.ruvector.storage.RowScorer;

/**
 * Which lists a query should look into, in which order, and how far their centroids truly are, whatever chose the order: a
 * plugin's ranks may be other than those of the distances. One thread's scratch space.
 */
final class CoarseLists {
    /** Centroids whose distances are computed for each list wanted, where codes choose them. */
    private static final int CANDIDATES = 2;

    private static final int MORE_CANDIDATES = 16;

    private final Coarse coarse;
    private final Centroids centroids;
    private final Searcher plugin;
    private final RowScorer<?> scorer;
    private final RowScorer<?> meanScorer;
    private final int[] order;
    private final float[] distances;
    private final float[] scores;
    private final int[] candidates;
    private final long[] keys;
    private final boolean[] seen;
    private final float[] some = new float[Pages.WIDTH];
    private int ranked;
    private long computed;
    private long estimated;
    private double queryLength;

    CoarseLists(Coarse coarse) {
        this.coarse = coarse;
        this.centroids = coarse.centroids();
        int count = centroids.count();
        this.plugin = coarse.index() == null ? null : coarse.index().searcher();
        this.scorer = centroids.scorer();
        this.meanScorer = coarse.codes() == null ? null : coarse.codes().meanScorer(centroids.layout());
        this.order = new int[count];
        this.distances = new float[count];
        this.scores = new float[count];
        this.candidates = new int[count];
        this.keys = new long[count];
        this.seen = new boolean[count];
    }

    /** How many lists are in order so far; at least as many as were wanted. */
    int ranked() {
        return ranked;
    }

    /** All lists. */
    int count() {
        return order.length;
    }

    /** The {@code i}-th list to look into. */
    int list(int i) {
        return order[i];
    }

    /** How far its centroid is. */
    float distance(int i) {
        return distances[i];
    }

    /** What no vector of it is nearer than, if its radius were {@code radius}. */
    float bound(int i, double radius) {
        return centroids.bound(order[i], distances[i], radius, queryLength);
    }

    /** Exact distances computed by {@link #rank} and since. */
    long computed() {
        return computed;
    }

    /** Distances estimated likewise. */
    long estimated() {
        return estimated;
    }

    /**
     * Puts the lists in order that are the first to look into.
     *
     * @param wanted     at least 1
     * @param codes      the query's, {@code null} to do without
     * @param parameters of the plugin's search
     */
    void rank(Query query, int wanted, NeighbourhoodScorer codes, Parameters parameters) {
        int n = Math.min(wanted, order.length);
        ranked = 0;
        computed = 0;
        estimated = 0;
        queryLength = Math.sqrt(Centroids.square(((Query.Floats) query).vector()));
        scorer.to(query);
        int chosen = CANDIDATES * n + MORE_CANDIDATES;
        if (plugin != null) {
            askPlugin(query, n, parameters);
            if (ranked < n) {
                rankRest();
            }
        } else if (codes != null && coarse.codes() != null && 2 * chosen <= order.length) {
            meanScorer.to(query).score(new int[1], 1, Float.POSITIVE_INFINITY, some);
            coarse.codes().estimate(codes, some[0], some, scores);
            computed++;
            estimated += order.length;
            for (int list = 0; list < order.length; list++) {
                keys[list] = key(scores[list], list);
            }
            select(keys, order.length, chosen);
            for (int i = 0; i < chosen; i++) {
                candidates[i] = (int) keys[i];
            }
            nearest(candidates, chosen, n);
        } else {
            nearest(centroids.all(), order.length, n);
        }
    }

    /** Puts all other lists in order, by distance, behind those that are. */
    void rankRest() {
        Arrays.fill(seen, false);
        for (int i = 0; i < ranked; i++) {
            seen[order[i]] = true;
        }
        int n = 0;
        for (int list = 0; list < order.length; list++) {
            if (!seen[list]) {
                candidates[n++] = list;
            }
        }
        nearest(candidates, n, n);
    }

    /** Appends the nearest {@code wanted} of {@code n} lists. */
    private void nearest(int[] lists, int n, int wanted) {
        scorer.score(lists, n, Float.POSITIVE_INFINITY, scores);
        computed += n;
        for (int i = 0; i < n; i++) {
            keys[i] = key(scores[i], lists[i]);
        }
        if (wanted < n) {
            select(keys, n, wanted);
        }
        Arrays.sort(keys, 0, wanted);
        for (int i = 0; i < wanted; i++) {
            order[ranked] = (int) keys[i];
            distances[ranked++] = distance(keys[i]);
        }
    }

    private void askPlugin(Query query, int wanted, Parameters parameters) {
        SearchResult found = plugin.search(SearchRequest.of(query, wanted).with(parameters));
        List<Hit> hits = found.hits();
        computed += found.stats().exactDistances();
        estimated += found.stats().codeDistances();
        Arrays.fill(seen, false);
        for (Hit hit : hits) {
            // Read from a file, perhaps a damaged one.
            if (hit.id() >= 0 && hit.id() < order.length && !seen[(int) hit.id()]) {
                seen[(int) hit.id()] = true;
                order[ranked++] = (int) hit.id();
            }
        }
        scorer.score(order, ranked, Float.POSITIVE_INFINITY, distances);
        computed += ranked;
    }

    /** Sorts as distance, then number, which are the upper and the lower half. NaN comes last. */
    static long key(float distance, int number) {
        int bits = Float.floatToIntBits(distance + 0f);
        return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | number;
    }

    /** That of a {@link #key}. */
    static float distance(long key) {
        int bits = (int) (key >> 32);
        return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    /** Moves the {@code least} smallest of {@code n} distinct keys to the front, in no order (C. A. R. Hoare, "Find", 1961). */
    static void select(long[] keys, int n, int least) {
        int from = 0;
        int to = n - 1;
        while (from < to) {
            long pivot = keys[(from + to) >>> 1];
            int i = from;
            int j = to;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swapped = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swapped;
                }
            }
            if (least - 1 <= j) {
                to = j;
            } else if (least - 1 >= i) {
                from = i;
            } else {
                return;
            }
        }
    }
}
