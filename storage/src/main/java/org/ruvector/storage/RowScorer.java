package org.ruvector.storage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Scorer;

/**
 * Distances from a vector to rows; the vector is a query, or one of the rows themselves. Belongs to one thread; made by
 * {@link VectorLayout#scorer}.
 *
 * @param <Q> the kernel's kind of query
 */
public final class RowScorer<Q> implements Scorer {
    /** More than what adding 1 may round away, so that no row within the bound is given up. */
    private static final float SLACK = 1e-6f;

    private final RowKernel<Q> kernel;
    private final MemorySegment rows;
    private final long stride;
    private final Q scratch;
    private final boolean unitLength;
    private Q query;

    RowScorer(RowKernel<Q> kernel, MemorySegment rows, long stride, Q scratch, boolean unitLength) {
        this.kernel = kernel;
        this.rows = rows;
        this.stride = stride;
        this.scratch = scratch;
        this.unitLength = unitLength;
        this.query = scratch;
    }

    /** Scores against this query from now on. Its array must stay as it is meanwhile. */
    @SuppressWarnings("unchecked") // The layout that made this scorer checked that the query is of its type.
    public RowScorer<Q> to(Query vector) {
        query = (Q)
                switch (vector) {
                    case Query.Floats(float[] v) -> unitLength ? VectorLayout.scaled(v, (float[]) scratch) : v;
                    case Query.Bytes(byte[] v) -> v;
                    case Query.Bits(long[] v, int dimension) -> v;
                };
        return this;
    }

    /** Scores against a row from now on; a later change of the row is not seen. */
    public RowScorer<Q> toRow(int slot) {
        long offset = slot * stride;
        switch (scratch) {
            case float[] floats -> MemorySegment.copy(rows, VectorRows.FLOAT, offset, floats, 0, floats.length);
            case byte[] bytes -> MemorySegment.copy(rows, ValueLayout.JAVA_BYTE, offset, bytes, 0, bytes.length);
            case long[] words -> MemorySegment.copy(rows, VectorRows.LONG, offset, words, 0, words.length);
            default -> throw new IllegalStateException("no kernel scores " + scratch.getClass());
        }
        query = scratch;
        return this;
    }

    @Override
    public float score(int[] slots, int n, float bound, float[] out) {
        if (!unitLength) {
            return kernel.distances(query, rows, stride, slots, n, bound, out);
        }
        float best = kernel.distances(query, rows, stride, slots, n, bound - 1 + SLACK, out);
        for (int i = 0; i < n; i++) {
            out[i] = cosine(out[i]);
        }
        return n == 0 ? best : cosine(best);
    }

    /** From a negated inner product of unit vectors; kept within 0 and 2, which rounding would leave. */
    private static float cosine(float negatedProduct) {
        return Math.clamp(1 + negatedProduct, 0f, 2f);
    }
}
