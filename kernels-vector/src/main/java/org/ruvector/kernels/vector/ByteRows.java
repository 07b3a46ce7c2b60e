package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.Metric;
import org.ruvector.api.ScalarKernels;
import org.ruvector.api.spi.RowKernel;

/**
 * The kernels for signed bytes. Bytes are widened to shorts, where a product or a difference fits, and summed as ints:
 * with at most 65,536 coordinates even the largest sum, 65,536 · 255², fits 32 bits, read as unsigned.
 */
final class ByteRows {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final int LANES = BYTES.length();

    private ByteRows() {}

    static RowKernel<byte[]> of(Metric metric) {
        return switch (metric) {
            case EUCLIDEAN -> ByteRows::euclidean;
            case INNER_PRODUCT -> (query, rows, offset) -> -dot(query, rows, offset);
            case MANHATTAN -> ByteRows::manhattan;
            case COSINE -> ByteRows::cosine;
            case HAMMING -> throw new IllegalArgumentException("hamming compares bit vectors only; use bits()");
        };
    }

    private static ShortVector query(byte[] query, int i) {
        return (ShortVector) ByteVector.fromArray(BYTES, query, i).convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    private static ShortVector row(MemorySegment rows, long offset) {
        return (ShortVector) ByteVector.fromMemorySegment(BYTES, rows, offset, ByteOrder.LITTLE_ENDIAN)
                .convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    private static IntVector unsigned(ShortVector v, int part) {
        return (IntVector) v.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, part);
    }

    private static IntVector signed(ShortVector v, int part) {
        return (IntVector) v.convertShape(VectorOperators.S2I, INTS, part);
    }

    private static float euclidean(byte[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return euclidean(query, Unconfined.copy(rows, offset, query.length), 0);
        }
        int whole = BYTES.loopBound(query.length);
        int i = 0;
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = s0;
        for (; i < whole; i += LANES) {
            ShortVector d = query(query, i).sub(row(rows, offset + i));
            // At most 255² = 65,025: too large for a signed short, exact as an unsigned one.
            ShortVector square = d.mul(d);
            s0 = s0.add(unsigned(square, 0));
            s1 = s1.add(unsigned(square, 1));
        }
        long sum = Integer.toUnsignedLong(s0.add(s1).reduceLanes(VectorOperators.ADD));
        for (; i < query.length; i++) {
            int d = query[i] - rows.get(ValueLayout.JAVA_BYTE, offset + i);
            sum += (long) d * d;
        }
        return sum;
    }

    private static long dot(byte[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return dot(query, Unconfined.copy(rows, offset, query.length), 0);
        }
        int whole = BYTES.loopBound(query.length);
        int i = 0;
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = s0;
        for (; i < whole; i += LANES) {
            ShortVector product = query(query, i).mul(row(rows, offset + i));
            s0 = s0.add(signed(product, 0));
            s1 = s1.add(signed(product, 1));
        }
        long sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
        for (; i < query.length; i++) {
            sum += (long) query[i] * rows.get(ValueLayout.JAVA_BYTE, offset + i);
        }
        return sum;
    }

    private static float manhattan(byte[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return manhattan(query, Unconfined.copy(rows, offset, query.length), 0);
        }
        int whole = BYTES.loopBound(query.length);
        int i = 0;
        IntVector s = IntVector.zero(INTS);
        for (; i < whole; i += LANES) {
            ShortVector d = query(query, i).sub(row(rows, offset + i)).lanewise(VectorOperators.ABS);
            s = s.add(signed(d, 0)).add(signed(d, 1));
        }
        long sum = s.reduceLanes(VectorOperators.ADD);
        for (; i < query.length; i++) {
            sum += Math.abs(query[i] - rows.get(ValueLayout.JAVA_BYTE, offset + i));
        }
        return sum;
    }

    private static float cosine(byte[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return cosine(query, Unconfined.copy(rows, offset, query.length), 0);
        }
        int whole = BYTES.loopBound(query.length);
        int i = 0;
        IntVector dots = IntVector.zero(INTS);
        IntVector queries = dots;
        IntVector norms = dots;
        for (; i < whole; i += LANES) {
            ShortVector q = query(query, i);
            ShortVector x = row(rows, offset + i);
            ShortVector product = q.mul(x);
            ShortVector q2 = q.mul(q);
            ShortVector x2 = x.mul(x);
            dots = dots.add(signed(product, 0)).add(signed(product, 1));
            queries = queries.add(signed(q2, 0)).add(signed(q2, 1));
            norms = norms.add(signed(x2, 0)).add(signed(x2, 1));
        }
        double dot = dots.reduceLanes(VectorOperators.ADD);
        double qq = queries.reduceLanes(VectorOperators.ADD);
        double xx = norms.reduceLanes(VectorOperators.ADD);
        for (; i < query.length; i++) {
            int q = query[i];
            int x = rows.get(ValueLayout.JAVA_BYTE, offset + i);
            dot += q * x;
            qq += q * q;
            xx += x * x;
        }
        return ScalarKernels.cosine(dot, qq, xx);
    }
}
