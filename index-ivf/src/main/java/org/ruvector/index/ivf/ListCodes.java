package org.ruvector.index.ivf;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.CodeTiers;

/** How the rows of a list are encoded relative to its centroid, page by page. Immutable and thread-safe. */
sealed interface ListCodes permits BlockCodes, ResidualCodes {

    /** What was learnt. */
    CodeTiers tiers();

    /** Bytes of a page's codes. */
    long pageBytes();

    /**
     * Encodes rows {@code from} to {@code to − 1} in the places of the same numbers.
     *
     * @param rows  as they lie in the pages
     * @param codes one page after another
     */
    void encode(float[] centroid, VectorRows rows, int from, int to, MemorySegment codes);

    /** Prepares for a query. */
    PageScorer scorer(Query query, Centroids centroids, MemorySegment codes);

    /** Estimates distances from one query to pages. Belongs to one thread. */
    sealed interface PageScorer permits BlockCodes.Estimates, ResidualCodes.Estimates {

        /** The pages that follow are of this list, whose centroid is so far from the query. */
        void begin(int list, float distance);

        /**
         * Estimates the distances to the first {@code n} rows of a page.
         *
         * @param bound distances from it on do not matter
         * @param out   receives 32 estimates, of which those of rows below the bound mean something
         * @return the places whose estimates are below the bound, as bits
         */
        int score(int page, int n, float bound, float[] out);
    }
}
