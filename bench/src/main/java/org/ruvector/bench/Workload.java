package org.ruvector.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

/**
 * Vectors to index, queries to search for, and the metric. Every contestant gets the same.
 *
 * @param base    float rows to index; ids are row numbers
 * @param queries float rows to search for
 * @param metric  how they are compared
 */
public record Workload(VectorRows base, VectorRows queries, Metric metric) {

    /** Refuses rows of different type or dimension. */
    public Workload {
        if (base.type() != queries.type() || base.dimension() != queries.dimension()) {
            throw new IllegalArgumentException("The base has " + base.dimension() + " × "
                    + base.type().text() + ", but the queries have " + queries.dimension() + " × "
                    + queries.type().text());
        }
        if (!metric.supports(base.type())) {
            throw new IllegalArgumentException("Metric " + metric.text() + " does not go with "
                    + base.type().text() + " vectors");
        }
    }

    /**
     * The workload under which peers that have no cosine distance, or recommend another, answer alike: rows scaled to unit
     * length with the inner product in place of cosine; everything else as it is. A zero vector stays zero.
     *
     * @return this, or a scaled copy
     */
    public Workload unitForCosine() {
        return metric == Metric.COSINE ? new Workload(unit(base), unit(queries), Metric.INNER_PRODUCT) : this;
    }

    /**
     * One row on the heap.
     *
     * @param rows float rows
     * @param row  its number
     * @return a fresh array
     */
    public static float[] row(VectorRows rows, int row) {
        return switch (rows.query(row)) {
            case Query.Floats(float[] vector) -> vector;
            case Query other ->
                throw new IllegalArgumentException("Peers are measured on float32 vectors only, not on "
                        + other.type().text());
        };
    }

    private static VectorRows unit(VectorRows rows) {
        MemorySegment all = Arena.ofAuto().allocate(Math.max(rows.byteSize(), 1), 64);
        for (int r = 0; r < rows.count(); r++) {
            float[] row = row(rows, r);
            double square = 0;
            for (float x : row) {
                square += (double) x * x;
            }
            float scale = square == 0 ? 1 : (float) (1 / Math.sqrt(square));
            for (int i = 0; i < row.length; i++) {
                row[i] *= scale;
            }
            MemorySegment.copy(row, 0, all, VectorRows.FLOAT, r * rows.stride(), row.length);
        }
        return new VectorRows(all, rows.type(), rows.dimension(), rows.count());
    }
}
