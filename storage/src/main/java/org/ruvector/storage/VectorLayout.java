package org.ruvector.storage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;

/**
 * How the vectors of an index lie in rows, and how they are compared there. Under cosine, float vectors are scaled to unit
 * length when they are written, so that a search needs inner products only; everything else is stored as it is. Immutable
 * and thread-safe; the rows themselves are the caller's, who passes them in.
 */
public final class VectorLayout {
    private final IndexSpec spec;
    private final KernelProvider kernels;
    private final boolean unitLength;
    private final long stride;

    /** For the vectors of an index, compared by the given kernels. */
    public VectorLayout(IndexSpec spec, KernelProvider kernels) {
        this.spec = spec;
        this.kernels = kernels;
        // Integers cannot be scaled to unit length: their kernel divides.
        this.unitLength = spec.metric() == Metric.COSINE && spec.type() == ElementType.FLOAT32;
        this.stride = spec.type().rowBytes(spec.dimension());
    }

    /** Bytes per row. */
    public long stride() {
        return stride;
    }

    /**
     * Writes a vector into a row.
     *
     * @throws IllegalArgumentException if its type or dimension differ from the index's
     */
    public void write(Query vector, MemorySegment rows, int slot) {
        spec.require(vector);
        long offset = slot * stride;
        switch (vector) {
            case Query.Floats(float[] v) -> {
                float[] stored = unitLength ? scaled(v, new float[v.length]) : v;
                MemorySegment.copy(stored, 0, rows, VectorRows.FLOAT, offset, v.length);
            }
            case Query.Bytes(byte[] v) -> MemorySegment.copy(v, 0, rows, ValueLayout.JAVA_BYTE, offset, v.length);
            case Query.Bits(long[] v, int dimension) ->
                MemorySegment.copy(v, 0, rows, VectorRows.LONG, offset, v.length);
        }
    }

    /**
     * Writes the source's rows {@code from} to {@code to − 1} to the same numbers of {@code rows}.
     *
     * @throws IllegalArgumentException if the type or dimension differ from the index's, or a coordinate is not finite
     */
    public void writeAll(VectorRows source, int from, int to, MemorySegment rows) {
        spec.require(source);
        if (unitLength) {
            for (int row = from; row < to; row++) {
                write(source.query(row), rows, row);
            }
        } else {
            MemorySegment.copy(source.segment(), from * stride, rows, from * stride, (to - from) * stride);
        }
    }

    /** The rows as such. */
    public VectorRows rows(MemorySegment rows, int count) {
        return new VectorRows(rows, spec.type(), spec.dimension(), count);
    }

    /** A copy of a row. */
    public Query read(MemorySegment rows, int slot) {
        return new VectorRows(rows, spec.type(), spec.dimension(), slot + 1).query(slot);
    }

    /** One thread's means to score rows of {@code rows}, at first against a vector of zeros. */
    public RowScorer<?> scorer(MemorySegment rows) {
        int dimension = spec.dimension();
        return switch (spec.type()) {
            case FLOAT32 ->
                new RowScorer<>(
                        kernels.floats(unitLength ? Metric.INNER_PRODUCT : spec.metric()),
                        rows,
                        stride,
                        new float[dimension],
                        unitLength);
            case INT8 -> new RowScorer<>(kernels.bytes(spec.metric()), rows, stride, new byte[dimension], false);
            case BIT -> new RowScorer<>(kernels.bits(), rows, stride, new long[(int) (stride / Long.BYTES)], false);
        };
    }

    /**
     * Scales to Euclidean length 1; a zero vector stays zero. In double precision no finite float overflows when squared and
     * none but zero vanishes.
     *
     * @param out receives the result; may be {@code vector} itself
     * @return {@code out}
     */
    public static float[] scaled(float[] vector, float[] out) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double norm = squares > 0 ? Math.sqrt(squares) : 1;
        for (int i = 0; i < vector.length; i++) {
            out[i] = (float) (vector[i] / norm);
        }
        return out;
    }
}
