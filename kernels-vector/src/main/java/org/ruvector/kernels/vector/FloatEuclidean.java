package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.ruvector.api.VectorRows;

/** Squared Euclidean distance {@code Σ (qᵢ − xᵢ)²} of floats. */
final class FloatEuclidean extends FloatRows {

    @Override
    public float distance(float[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return distance(query, Unconfined.copy(rows, offset, 4L * query.length), 0);
        }
        int whole = SPECIES.loopBound(query.length);
        FloatVector s = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, query, i).sub(row(rows, offset + 4L * i));
            s = d.fma(d, s);
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
            FloatVector d0 = q.sub(row(rows, o0 + 4L * i));
            FloatVector d1 = q.sub(row(rows, o1 + 4L * i));
            FloatVector d2 = q.sub(row(rows, o2 + 4L * i));
            FloatVector d3 = q.sub(row(rows, o3 + 4L * i));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
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
            FloatVector d0 = q.sub(row(rows, o0 + 4L * i));
            FloatVector d1 = q.sub(row(rows, o1 + 4L * i));
            FloatVector d2 = q.sub(row(rows, o2 + 4L * i));
            FloatVector d3 = q.sub(row(rows, o3 + 4L * i));
            FloatVector d4 = q.sub(row(rows, o4 + 4L * i));
            FloatVector d5 = q.sub(row(rows, o5 + 4L * i));
            FloatVector d6 = q.sub(row(rows, o6 + 4L * i));
            FloatVector d7 = q.sub(row(rows, o7 + 4L * i));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
            s4 = d4.fma(d4, s4);
            s5 = d5.fma(d5, s5);
            s6 = d6.fma(d6, s6);
            s7 = d7.fma(d7, s7);
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
            float d = query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i);
            sum += d * d;
        }
        return sum;
    }
}
