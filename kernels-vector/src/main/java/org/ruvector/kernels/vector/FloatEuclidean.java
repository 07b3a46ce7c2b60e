package org.ruvector.kernels.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
            FloatVector d = FloatVector.fromArray(SPECIES, query, i)
                    .sub(fromMemorySegment(SPECIES, rows, offset + 4L * i, LITTLE_ENDIAN));
            s = d.fma(d, s);
        }
        return LaneSums.sum(s) + tail(query, rows, offset);
    }

    @Override
    void fours(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int from, int to) {
        if (!Unconfined.is(rows)) {
            throw Unconfined.notAskedFirst();
        }
        int whole = SPECIES.loopBound(query.length);
        for (int at = from; at < to; at += 4) {
            long o0 = ordinals[at] * stride;
            long o1 = ordinals[at + 1] * stride;
            long o2 = ordinals[at + 2] * stride;
            long o3 = ordinals[at + 3] * stride;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int i = 0;
            for (int pairs = whole / (2 * LANES); pairs > 0; pairs--) {
                FloatVector q = FloatVector.fromArray(SPECIES, query, i);
                FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN));
                FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN));
                FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN));
                FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN));
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
                FloatVector r = FloatVector.fromArray(SPECIES, query, i + LANES);
                FloatVector e0 = r.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * (i + LANES), LITTLE_ENDIAN));
                FloatVector e1 = r.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * (i + LANES), LITTLE_ENDIAN));
                FloatVector e2 = r.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * (i + LANES), LITTLE_ENDIAN));
                FloatVector e3 = r.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * (i + LANES), LITTLE_ENDIAN));
                s0 = e0.fma(e0, s0);
                s1 = e1.fma(e1, s1);
                s2 = e2.fma(e2, s2);
                s3 = e3.fma(e3, s3);
                i += 2 * LANES;
            }
            if (i < whole) {
                FloatVector q = FloatVector.fromArray(SPECIES, query, i);
                FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN));
                FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN));
                FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN));
                FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN));
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
            }
            LaneSums.sums(s0, s1, s2, s3, out, at);
        }
    }

    @Override
    void eight(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int at) {
        if (!Unconfined.is(rows)) {
            throw Unconfined.notAskedFirst();
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
            FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN));
            FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN));
            FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN));
            FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN));
            FloatVector d4 = q.sub(fromMemorySegment(SPECIES, rows, o4 + 4L * i, LITTLE_ENDIAN));
            FloatVector d5 = q.sub(fromMemorySegment(SPECIES, rows, o5 + 4L * i, LITTLE_ENDIAN));
            FloatVector d6 = q.sub(fromMemorySegment(SPECIES, rows, o6 + 4L * i, LITTLE_ENDIAN));
            FloatVector d7 = q.sub(fromMemorySegment(SPECIES, rows, o7 + 4L * i, LITTLE_ENDIAN));
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
    }

    @Override
    void addTails(float[] query, MemorySegment rows, long stride, int[] ordinals, int n, float[] out) {
        if (!Unconfined.is(rows)) {
            throw Unconfined.notAskedFirst();
        }
        for (int i = 0; i < n; i++) {
            out[i] += tail(query, rows, ordinals[i] * stride);
        }
    }

    private static float tail(float[] query, MemorySegment rows, long offset) {
        if (query.length % LANES == 0) {
            return 0;
        }
        if (query.length > LANES) {
            int last = query.length - LANES;
            FloatVector q = FloatVector.fromArray(SPECIES, query, last);
            FloatVector d = q.sub(fromMemorySegment(SPECIES, rows, offset + 4L * last, LITTLE_ENDIAN));
            IntVector keep = IntVector.fromArray(BITS, KEEP, query.length % LANES);
            return LaneSums.sum(d.mul(d).reinterpretAsInts().and(keep).reinterpretAsFloats());
        }
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            float d = query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i);
            sum += d * d;
        }
        return sum;
    }
}
