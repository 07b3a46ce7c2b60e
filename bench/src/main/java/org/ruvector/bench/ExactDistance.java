package org.ruvector.bench;

import java.lang.foreign.ValueLayout;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * Distances in double precision, for judging: whether a row is as near as the k-th exact neighbour must not hang on the
 * rounding of the kernel that is judged. Slow and simple; thread-safe.
 */
final class ExactDistance {

    private final VectorRows base;
    private final VectorRows queries;
    private final Workload workload;

    ExactDistance(Workload workload) {
        this.workload = workload;
        this.base = workload.base();
        this.queries = workload.queries();
    }

    /** The distance between a query and a row, by the workload's metric. */
    double between(int query, int row) {
        double dot = 0, qq = 0, xx = 0, l1 = 0, l2 = 0;
        int bits = 0;
        if (base.type() == ElementType.BIT) {
            for (long at = 0; at < base.stride(); at += Long.BYTES) {
                long q = queries.segment().get(VectorRows.LONG, query * queries.stride() + at);
                bits += Long.bitCount(q ^ base.segment().get(VectorRows.LONG, row * base.stride() + at));
            }
        } else {
            for (int i = 0; i < base.dimension(); i++) {
                double q = coordinate(queries, query, i);
                double x = coordinate(base, row, i);
                dot += q * x;
                qq += q * q;
                xx += x * x;
                l1 += Math.abs(q - x);
                l2 += (q - x) * (q - x);
            }
        }
        return switch (workload.metric()) {
            case EUCLIDEAN -> l2;
            case COSINE -> qq == 0 || xx == 0 ? 1 : 1 - dot / Math.sqrt(qq * xx);
            case INNER_PRODUCT -> -dot;
            case MANHATTAN -> l1;
            case HAMMING -> bits;
        };
    }

    private static double coordinate(VectorRows rows, int row, int i) {
        return rows.type() == ElementType.FLOAT32
                ? rows.segment().get(VectorRows.FLOAT, row * rows.stride() + 4L * i)
                : rows.segment().get(ValueLayout.JAVA_BYTE, row * rows.stride() + i);
    }
}
