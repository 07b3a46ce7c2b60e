package org.ruvector.kernels.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static org.ruvector.kernels.vector.Lanes.EIGHTH_AWAY;
import static org.ruvector.kernels.vector.Lanes.HALF_AWAY;
import static org.ruvector.kernels.vector.Lanes.LANES;
import static org.ruvector.kernels.vector.Lanes.ODD_EIGHTHS;
import static org.ruvector.kernels.vector.Lanes.ODD_HALF;
import static org.ruvector.kernels.vector.Lanes.ODD_QUARTERS;
import static org.ruvector.kernels.vector.Lanes.ONE_AWAY;
import static org.ruvector.kernels.vector.Lanes.QUARTER_AWAY;
import static org.ruvector.kernels.vector.Lanes.REGISTER;
import static org.ruvector.kernels.vector.Lanes.SPECIES;
import static org.ruvector.kernels.vector.Lanes.TWO_AWAY;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.ruvector.api.VectorRows;

/** Squared Euclidean distance {@code Σ (qᵢ − xᵢ)²} of floats. */
@Lanes.SuppressForbidden
final class FloatEuclidean extends FloatRows {

    @Override
    public float distance(float[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return distance(query, Unconfined.copy(rows, offset, 4L * query.length), 0);
        }
        if (query.length < LANES) {
            return ofFewCoordinates(query, rows, offset);
        }
        int whole = SPECIES.loopBound(query.length);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s = zero;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
            FloatVector d = q.sub(fromMemorySegment(SPECIES, rows, offset + 4L * i, LITTLE_ENDIAN));
            s = d.fma(d, s);
        }
        if (whole < query.length) {
            int i = query.length - LANES;
            VectorMask<Float> skipped = VectorMask.fromLong(SPECIES, Lanes.skipped(query.length));
            FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
            FloatVector d = q.sub(fromMemorySegment(SPECIES, rows, offset + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            s = d.fma(d, s);
        }
        s = REGISTER.cast(s);
        s = s.add(s.rearrange(HALF_AWAY));
        s = s.add(s.rearrange(QUARTER_AWAY));
        if (LANES > 8) {
            s = s.add(s.rearrange(TWO_AWAY));
        }
        if (LANES > 4) {
            s = s.add(s.rearrange(ONE_AWAY));
        }
        return s.lane(0);
    }

    private static float ofFewCoordinates(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            float d = query[i] - rows.get(VectorRows.FLOAT, offset + 4L * i);
            sum += d * d;
        }
        return sum;
    }

    @Override
    void fours(float[] query, MemorySegment rows, long stride, int[] ordinals, float[] out, int from, int to) {
        if (!Unconfined.is(rows)) {
            throw Unconfined.notAskedFirst();
        }
        int whole = SPECIES.loopBound(query.length);
        for (int at = from; at < to; at += 4) {
            FloatVector zero = FloatVector.zero(SPECIES);
            long o0 = ordinals[at] * stride;
            long o1 = ordinals[Math.min(at + 1, to - 1)] * stride;
            long o2 = ordinals[Math.min(at + 2, to - 1)] * stride;
            long o3 = ordinals[Math.min(at + 3, to - 1)] * stride;
            FloatVector s0 = zero;
            FloatVector s1 = zero;
            FloatVector s2 = zero;
            FloatVector s3 = zero;
            int i = 0;
            for (int pairs = whole / (2 * LANES); pairs > 0; pairs--) {
                FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
                FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN));
                FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN));
                FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN));
                FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN));
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
                FloatVector r = REGISTER.cast(fromArray(SPECIES, query, i + LANES));
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
                FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
                FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN));
                FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN));
                FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN));
                FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN));
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
            }
            if (whole < query.length) {
                i = query.length - LANES;
                VectorMask<Float> skipped = VectorMask.fromLong(SPECIES, Lanes.skipped(query.length));
                FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
                FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN))
                        .blend(zero, skipped);
                FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN))
                        .blend(zero, skipped);
                FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN))
                        .blend(zero, skipped);
                FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN))
                        .blend(zero, skipped);
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
            }
            s0 = REGISTER.cast(s0);
            s1 = REGISTER.cast(s1);
            s2 = REGISTER.cast(s2);
            s3 = REGISTER.cast(s3);
            FloatVector s01 = s0.blend(s1, ODD_HALF).add(s1.blend(s0, ODD_HALF).rearrange(HALF_AWAY));
            FloatVector s23 = s2.blend(s3, ODD_HALF).add(s3.blend(s2, ODD_HALF).rearrange(HALF_AWAY));
            FloatVector s = s01.blend(s23, ODD_QUARTERS)
                    .add(s23.blend(s01, ODD_QUARTERS).rearrange(QUARTER_AWAY));
            if (LANES > 8) {
                s = s.add(s.rearrange(TWO_AWAY));
            }
            if (LANES > 4) {
                s = s.add(s.rearrange(ONE_AWAY));
            }
            out[at] = s.lane(0);
            if (to - at >= 4) {
                out[at + 1] = s.lane(LANES / 2);
                out[at + 2] = s.lane(LANES / 4);
                out[at + 3] = s.lane(LANES / 2 + LANES / 4);
            } else if (to - at > 1) {
                out[at + 1] = s.lane(LANES / 2);
                out[to - 1] = to - at == 2 ? s.lane(LANES / 2) : s.lane(LANES / 4);
            }
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
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector s4 = zero;
        FloatVector s5 = zero;
        FloatVector s6 = zero;
        FloatVector s7 = zero;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
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
        if (whole < query.length) {
            int i = query.length - LANES;
            VectorMask<Float> skipped = VectorMask.fromLong(SPECIES, Lanes.skipped(query.length));
            FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
            FloatVector d0 = q.sub(fromMemorySegment(SPECIES, rows, o0 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d1 = q.sub(fromMemorySegment(SPECIES, rows, o1 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d2 = q.sub(fromMemorySegment(SPECIES, rows, o2 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d3 = q.sub(fromMemorySegment(SPECIES, rows, o3 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d4 = q.sub(fromMemorySegment(SPECIES, rows, o4 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d5 = q.sub(fromMemorySegment(SPECIES, rows, o5 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d6 = q.sub(fromMemorySegment(SPECIES, rows, o6 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            FloatVector d7 = q.sub(fromMemorySegment(SPECIES, rows, o7 + 4L * i, LITTLE_ENDIAN))
                    .blend(zero, skipped);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
            s4 = d4.fma(d4, s4);
            s5 = d5.fma(d5, s5);
            s6 = d6.fma(d6, s6);
            s7 = d7.fma(d7, s7);
        }
        s0 = REGISTER.cast(s0);
        s1 = REGISTER.cast(s1);
        s2 = REGISTER.cast(s2);
        s3 = REGISTER.cast(s3);
        s4 = REGISTER.cast(s4);
        s5 = REGISTER.cast(s5);
        s6 = REGISTER.cast(s6);
        s7 = REGISTER.cast(s7);
        FloatVector s01 = s0.blend(s1, ODD_HALF).add(s1.blend(s0, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector s23 = s2.blend(s3, ODD_HALF).add(s3.blend(s2, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector s45 = s4.blend(s5, ODD_HALF).add(s5.blend(s4, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector s67 = s6.blend(s7, ODD_HALF).add(s7.blend(s6, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector low =
                s01.blend(s23, ODD_QUARTERS).add(s23.blend(s01, ODD_QUARTERS).rearrange(QUARTER_AWAY));
        FloatVector high =
                s45.blend(s67, ODD_QUARTERS).add(s67.blend(s45, ODD_QUARTERS).rearrange(QUARTER_AWAY));
        if (LANES == 4) {
            out[at] = low.lane(0);
            out[at + 1] = low.lane(2);
            out[at + 2] = low.lane(1);
            out[at + 3] = low.lane(3);
            out[at + 4] = high.lane(0);
            out[at + 5] = high.lane(2);
            out[at + 6] = high.lane(1);
            out[at + 7] = high.lane(3);
            return;
        }
        FloatVector s =
                low.blend(high, ODD_EIGHTHS).add(high.blend(low, ODD_EIGHTHS).rearrange(EIGHTH_AWAY));
        if (LANES > 8) {
            s = s.add(s.rearrange(ONE_AWAY));
        }
        out[at] = s.lane(0);
        out[at + 1] = s.lane(LANES / 2);
        out[at + 2] = s.lane(LANES / 4);
        out[at + 3] = s.lane(LANES / 2 + LANES / 4);
        out[at + 4] = s.lane(LANES / 8);
        out[at + 5] = s.lane(LANES / 2 + LANES / 8);
        out[at + 6] = s.lane(LANES / 4 + LANES / 8);
        out[at + 7] = s.lane(LANES / 2 + LANES / 4 + LANES / 8);
    }
}
