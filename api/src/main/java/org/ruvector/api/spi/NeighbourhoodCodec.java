package org.ruvector.api.spi;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/**
 * Codes of vectors relative to one that they lie near to, such as the neighbours of a graph's node or the members of a
 * cluster, in blocks of up to {@value #WIDTH} that are read and scored as one. Immutable and thread-safe.
 */
public interface NeighbourhoodCodec {

    /** Vectors per block. */
    int WIDTH = 32;

    /** Bytes per block, a multiple of 64. */
    int blockBytes();

    /**
     * Encodes rows {@code ordinals[from]} to {@code ordinals[to − 1]} in places {@code from} to {@code to − 1} of a block; other
     * places stay as they are. A fresh block is all zeros.
     *
     * @param reference what they lie near to; under cosine it and the rows have unit length
     * @param block     native, {@link #blockBytes()} bytes
     */
    void encode(float[] reference, VectorRows rows, int[] ordinals, int from, int to, MemorySegment block);

    /** Prepares for a query. */
    NeighbourhoodScorer scorer(Query query);

    /** Estimates distances from one query to the vectors of blocks. Belongs to one thread. */
    interface NeighbourhoodScorer {

        /**
         * Estimates all distances of a block.
         *
         * @param blocks            native memory
         * @param at                where the block begins
         * @param referenceDistance the query's exact distance to what the block's vectors lie near to
         * @param bound             distances from it on do not matter
         * @param out               receives {@value NeighbourhoodCodec#WIDTH} estimates; those of empty places mean nothing
         * @return the places whose estimates are less than {@code bound}, as bits
         */
        int score(MemorySegment blocks, long at, float referenceDistance, float bound, float[] out);
    }
}
