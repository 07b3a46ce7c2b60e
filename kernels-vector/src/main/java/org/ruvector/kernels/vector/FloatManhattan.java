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
    void four(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at) {
        if (!Unconfined.is(rows)) {
            oneByOne(query, rows, stride, ordinals, out, at, 4);
            return;
        }
        int whole = SPECIES.loopBound(query.length);
        long o0 = ordinals[at] * stride;
        long o1 = ordinals[at + 1] * stride;
        long o2 = ordinals[at + 2] * stride;
        long o3 = ordinals[at + 3] * stride;
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
            for (int i = at; i < at + 4; i++) {
                out[i] += tail(query, rows, ordinals[i] * stride, whole);
            }
        }
    }

    @Override
    void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at) {
        if (!Unconfined.is(rows)) {
            oneByOne(query, rows, stride, ordinals, out, at, 8);
            return;
        }
        int whole = SPECIES.loopBound(query.length);
        long o0 = ordinals[at] * stride;
        long o1 = ordinals[at + 1] * stride;
        long o2 = ordinals[at + 2] * stride;
        long o3 = ordinals[at + 3] * stride;
        long o4 = ordinals[at + 4] * stride;
        long o5 = ordinals[at + 5] * stride;
        long o6 = ordinals[at + 6] * stride;
        long o7 = ordinals[at + 7] * stride;
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            s0 = s0.add(q.sub(row(rows, o0 + 4L * i)).abs());
            s1 = s1.add(q.sub(row(rows, o1 + 4L * i)).abs());
            s2 = s2.add(q.sub(row(rows, o2 + 4L * i)).abs());
            s3 = s3.add(q.sub(row(rows, o3 + 4L * i)).abs());
            s4 = s4.add(q.sub(row(rows, o4 + 4L * i)).abs());
            s5 = s5.add(q.sub(row(rows, o5 + 4L * i)).abs());
            s6 = s6.add(q.sub(row(rows, o6 + 4L * i)).abs());
            s7 = s7.add(q.sub(row(rows, o7 + 4L * i)).abs());
        }
        LaneSums.sums(s0, s1, s2, s3, out, at);
        LaneSums.sums(s4, s5, s6, s7, out, at + 4);
        if (whole < query.length) {
            for (int i = at; i < at + 8; i++) {
                out[i] += tail(query, rows, ordinals[i] * stride, whole);
            }
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
