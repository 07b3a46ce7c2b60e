package org.ruvector.index.flat;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;

/** Distances from a query to rows by one kernel. */
record RowScorer<Q>(RowKernel<Q> kernel, Q query, MemorySegment rows, long stride) implements Scorer {

    @Override
    public float score(int[] ordinals, int n, float bound, float[] out) {
        return kernel.distances(query, rows, stride, ordinals, n, bound, out);
    }
}
