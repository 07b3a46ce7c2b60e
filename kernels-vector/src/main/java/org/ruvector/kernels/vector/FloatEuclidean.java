package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.ruvector.api.VectorRows;

/** Squared Euclidean distance {@code Σ (qᵢ − xᵢ)²} of floats. */
final class FloatEuclidean extends FloatRows {

    @Override
    public float distance(float[] query, MemorySegment rows, long offset) {
        int whole = SPECIES.loopBound(query.length);
        FloatVector s = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, query, i).sub(row(rows, offset + 4L * i));
            s = d.fma(d, s);
        }
        return LaneSums.sum(s) + tail(query, rows, offset, whole);
    }

    @Override
    void four(float[] query, MemorySegment rows, long o0, long o1, long o2, long o3, float[] out, int at) {
        int whole = SPECIES.loopBound(query.length);
        long bytes = 4L * query.length;
        // Slices let the compiler check each row's bounds once, before the loop: a fifth faster at 128 and 384
        // dimensions.
        MemorySegment r0 = rows.asSlice(o0, bytes);
        MemorySegment r1 = rows.asSlice(o1, bytes);
        MemorySegment r2 = rows.asSlice(o2, bytes);
        MemorySegment r3 = rows.asSlice(o3, bytes);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            FloatVector d0 = q.sub(row(r0, 4L * i));
            FloatVector d1 = q.sub(row(r1, 4L * i));
            FloatVector d2 = q.sub(row(r2, 4L * i));
            FloatVector d3 = q.sub(row(r3, 4L * i));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        LaneSums.sums(s0, s1, s2, s3, out, at);
        if (whole < query.length) {
            out[at] += tail(query, rows, o0, whole);
            out[at + 1] += tail(query, rows, o1, whole);
            out[at + 2] += tail(query, rows, o2, whole);
            out[at + 3] += tail(query, rows, o3, whole);
        }
    }

    private static float tail(float[] query, MemorySegment rows, long offset, int from) {
        float sum = 0;
        for (int i = from; i < query.length; i++) {
            float d = query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i);
            sum += d * d;
        }
        return sum;
    }
}
