package org.ruvector.kernels.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static org.ruvector.kernels.vector.Lanes.HALF_AWAY;
import static org.ruvector.kernels.vector.Lanes.LANES;
import static org.ruvector.kernels.vector.Lanes.ONE_AWAY;
import static org.ruvector.kernels.vector.Lanes.QUARTER_AWAY;
import static org.ruvector.kernels.vector.Lanes.REGISTER;
import static org.ruvector.kernels.vector.Lanes.SPECIES;
import static org.ruvector.kernels.vector.Lanes.TWO_AWAY;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.ruvector.api.Metric;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;

/**
 * Cosine distance of floats of any length. Indexes that scale their vectors to unit length need only the inner product;
 * this one is for vectors left as they are.
 */
@Lanes.SuppressForbidden
final class FloatCosine implements RowKernel<float[]> {
    /** Below it, products that vanish in single precision would matter: each is off by up to 2⁻¹⁵⁰, and there are 2¹⁶. */
    private static final float MIN_SQUARE = 0x1p-110f;

    private static final RowKernel<float[]> IN_DOUBLE = new ScalarKernels().floats(Metric.COSINE);

    @Override
    public float distance(float[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return distance(query, Unconfined.copy(rows, offset, 4L * query.length), 0);
        }
        int whole = SPECIES.loopBound(query.length);
        FloatVector dots = FloatVector.zero(SPECIES);
        FloatVector queries = dots;
        FloatVector norms = dots;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = REGISTER.cast(fromArray(SPECIES, query, i));
            FloatVector x = REGISTER.cast(fromMemorySegment(SPECIES, rows, offset + 4L * i, LITTLE_ENDIAN));
            dots = q.fma(x, dots);
            queries = q.fma(q, queries);
            norms = x.fma(x, norms);
        }
        dots = REGISTER.cast(dots);
        queries = REGISTER.cast(queries);
        norms = REGISTER.cast(norms);
        dots = dots.add(dots.rearrange(HALF_AWAY));
        queries = queries.add(queries.rearrange(HALF_AWAY));
        norms = norms.add(norms.rearrange(HALF_AWAY));
        dots = dots.add(dots.rearrange(QUARTER_AWAY));
        queries = queries.add(queries.rearrange(QUARTER_AWAY));
        norms = norms.add(norms.rearrange(QUARTER_AWAY));
        if (LANES > 8) {
            dots = dots.add(dots.rearrange(TWO_AWAY));
            queries = queries.add(queries.rearrange(TWO_AWAY));
            norms = norms.add(norms.rearrange(TWO_AWAY));
        }
        if (LANES > 4) {
            dots = dots.add(dots.rearrange(ONE_AWAY));
            queries = queries.add(queries.rearrange(ONE_AWAY));
            norms = norms.add(norms.rearrange(ONE_AWAY));
        }
        float dot = dots.lane(0);
        float qq = queries.lane(0);
        float xx = norms.lane(0);
        for (int i = whole; i < query.length; i++) {
            float x = rows.get(VectorRows.FLOAT, offset + 4L * i);
            dot += query[i] * x;
            qq += query[i] * query[i];
            xx += x * x;
        }
        return holds(qq) && holds(xx) ? ScalarKernels.cosine(dot, qq, xx) : IN_DOUBLE.distance(query, rows, offset);
    }

    private static boolean holds(float square) {
        return square >= MIN_SQUARE && square <= Float.MAX_VALUE;
    }
}
