package org.ruvector.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.RowKernel;

/** Hamming distance of bit vectors: population count of the exclusive or, a register of words at a time. */
final class BitRows implements RowKernel<long[]> {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

    @Override
    public float distance(long[] query, MemorySegment rows, long offset) {
        if (!Unconfined.is(rows)) {
            return distance(query, Unconfined.copy(rows, offset, 8L * query.length), 0);
        }
        int whole = SPECIES.loopBound(query.length);
        long bits = 0;
        int i = 0;
        if (whole > 0) {
            LongVector sum = LongVector.zero(SPECIES);
            for (; i < whole; i += SPECIES.length()) {
                LongVector row = LongVector.fromMemorySegment(SPECIES, rows, offset + 8L * i, ByteOrder.LITTLE_ENDIAN);
                sum = sum.add(LongVector.fromArray(SPECIES, query, i)
                        .lanewise(VectorOperators.XOR, row)
                        .lanewise(VectorOperators.BIT_COUNT));
            }
            bits = sum.reduceLanes(VectorOperators.ADD);
        }
        for (; i < query.length; i++) {
            bits += Long.bitCount(query[i] ^ rows.get(VectorRows.LONG, offset + 8L * i));
        }
        return bits;
    }
}
