package org.ruvector.api;

import java.util.List;

/**
 * What a search found and what it cost.
 *
 * @param hits  sorted by distance, ties by id; ids are distinct; unmodifiable
 * @param stats what it cost
 */
public record SearchResult(List<Hit> hits, Stats stats) {

    /**
     * The cost of one search.
     *
     * @param visited        nodes or rows expanded or scanned
     * @param exactDistances distance computations on full vectors
     * @param codeDistances  distance computations on compressed codes
     * @param stop           why the search ended
     * @param plan           how the index chose to answer, for example {@code graph} or {@code exact scan}
     * @param elapsedNanos   wall-clock time in nanoseconds; in a batch, what was spent on this request, not on those
     *                       answered together with it
     */
    public record Stats(
            long visited, long exactDistances, long codeDistances, StopReason stop, String plan, long elapsedNanos) {}

    /** Makes the list of hits unmodifiable. */
    public SearchResult {
        hits = List.copyOf(hits);
    }

    /** The ids of the hits, nearest first. */
    public long[] ids() {
        long[] ids = new long[hits.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = hits.get(i).id();
        }
        return ids;
    }
}
