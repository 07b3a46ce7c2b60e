package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.ruvector.api.VectorRows;

/** Manhattan distance {@code Σ |qᵢ − xᵢ|} of floats. */
final class FloatManhattan extends FloatRows {

    @Override
    public float distance(float[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return distance(query, Unconfined.copy(rows, offset, 4L * query.length), 0);
        }
        int whole = SPECIES.loopBound(query.length);
        FloatVector s = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            s = s.add(FloatVector.fromArray(SPECIES, query, i)
                    .sub(row(rows, offset + 4L * i))
                    .abs());
        }
        return LaneSums.sum(s) + tail(query, rows, offset, whole);
    }

    @Override
    void four(float[] query, MemorySegment rows, long o0, long o1, long o2, long o3, float[] out, int at) {
        if (!Unconfined.is(rows)) {
            oneByOne(query, rows, o0, o1, o2, o3, out, at);
            return;
        }
        int whole = SPECIES.loopBound(query.length);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            s0 = s0.add(q.sub(row(rows, o0 + 4L * i)).abs());
            s1 = s1.add(q.sub(row(rows, o1 + 4L * i)).abs());
            s2 = s2.add(q.sub(row(rows, o2 + 4L * i)).abs());
            s3 = s3.add(q.sub(row(rows, o3 + 4L * i)).abs());
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
            sum += Math.abs(query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i));
        }
        return sum;
    }
}
