package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of table entries for 32 vectors at once, where each vector has four bits for each of m sub-spaces that choose one of
 * 16 entries: the tables fit into registers, and choosing is one permutation of bytes (F. André, A.-M. Kermarrec and N. Le Scouarnec,
 * "Quicker ADC: unlocking the hidden potential of product quantization with SIMD", IEEE TPAMI 2021).
 *
 * <p>A block has 16 bytes for each sub-space, in groups of four; m is a multiple of four. Where a vector's four bits are
 * within the 16 bytes is chosen so that the sums come out in order. Entries are at most {@value #LARGEST}, so that four can be
 * added within a byte, and all entries that a vector may choose add up to at most {@value #LARGEST_SUM}.
 */
final class FastScan {
    /** Vectors per block. */
    static final int WIDTH = 32;
    /** Sub-spaces per group, of 64 bytes. */
    static final int GROUP = 4;

    static final int LARGEST = 63;
    static final int LARGEST_SUM = 65_535;

    private FastScan() {}

    /** Bytes that a block has for {@code m} sub-spaces, or the tables. */
    static int bytes(int m) {
        return 16 * m;
    }

    /** Sets the four bits of a vector for a sub-space. */
    static void put(MemorySegment block, long at, int vector, int subspace, int bits) {
        long place = at + 16L * subspace + 2L * (vector & 7) + (vector >> 3 & 1);
        int other = block.get(ValueLayout.JAVA_BYTE, place) & (vector < 16 ? 0xf0 : 0x0f);
        block.set(ValueLayout.JAVA_BYTE, place, (byte) (other | (vector < 16 ? bits : bits << 4)));
    }

    /** The four bits of a vector for a sub-space. */
    static int get(MemorySegment block, long at, int vector, int subspace) {
        int both = block.get(ValueLayout.JAVA_BYTE, at + 16L * subspace + 2L * (vector & 7) + (vector >> 3 & 1));
        return vector < 16 ? both & 15 : both >> 4 & 15;
    }

    /**
     * Adds {@code weight} times the sum of each of the 32 vectors to {@code totals}.
     *
     * @param tables  16 entries for each sub-space
     * @param blocks  native memory
     * @param at      where the block begins
     * @param scratch {@value #SCRATCH} shorts
     */
    static void add(byte[] tables, MemorySegment blocks, long at, float weight, float[] totals, short[] scratch) {
        if (VectorApi.USABLE) {
            Lanes.add(tables, blocks, at, weight, totals, scratch);
            return;
        }
        for (int v = 0; v < WIDTH; v++) {
            int sum = 0;
            for (int s = 0; 16 * s < tables.length; s++) {
                sum += tables[16 * s + get(blocks, at, v, s)];
            }
            totals[v] += weight * sum;
        }
    }

    static final int SCRATCH = 128;

    /** With the Vector API: a group at once where permutations span 512 bits, else a sub-space. */
    private static final class Lanes {
        private static final VectorSpecies<Byte> SPECIES =
                ByteVector.SPECIES_PREFERRED.length() >= 64 ? ByteVector.SPECIES_512 : ByteVector.SPECIES_128;
        private static final VectorSpecies<Short> SHORTS = SPECIES.withLanes(short.class);
        private static final VectorSpecies<Short> EIGHT_SHORTS = ShortVector.SPECIES_128;
        private static final int BYTES = SPECIES.length();
        private static final int HALF = BYTES / 2;
        /** The table that each lane chooses from. */
        private static final ByteVector TABLE = table();

        private static ByteVector table() {
            byte[] firsts = new byte[BYTES];
            for (int lane = 0; lane < BYTES; lane++) {
                firsts[lane] = (byte) (lane & ~15);
            }
            return ByteVector.fromArray(SPECIES, firsts, 0);
        }

        static void add(byte[] tables, MemorySegment blocks, long at, float weight, float[] totals, short[] scratch) {
            ShortVector a = ShortVector.zero(SHORTS);
            ShortVector b = ShortVector.zero(SHORTS);
            ShortVector c = ShortVector.zero(SHORTS);
            ShortVector d = ShortVector.zero(SHORTS);
            int end = tables.length;
            for (int from = 0; from < end; ) {
                ByteVector low = ByteVector.zero(SPECIES);
                ByteVector high = ByteVector.zero(SPECIES);
                // Four entries of at most 63 fit into a byte.
                int to = Math.min(end, from + 4 * BYTES);
                for (; from < to; from += BYTES) {
                    ByteVector codes =
                            ByteVector.fromMemorySegment(SPECIES, blocks, at + from, ByteOrder.LITTLE_ENDIAN);
                    ByteVector entries = ByteVector.fromArray(SPECIES, tables, from);
                    ByteVector upper = codes.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, 4)
                            .reinterpretAsBytes();
                    low = low.add(codes.and((byte) 15).or(TABLE).selectFrom(entries));
                    high = high.add(upper.and((byte) 15).or(TABLE).selectFrom(entries));
                }
                ShortVector lows = low.reinterpretAsShorts();
                ShortVector highs = high.reinterpretAsShorts();
                a = a.add(lows.and((short) 255));
                b = b.add(lows.lanewise(VectorOperators.LSHR, 8));
                c = c.add(highs.and((short) 255));
                d = d.add(highs.lanewise(VectorOperators.LSHR, 8));
            }
            a.intoArray(scratch, 0);
            b.intoArray(scratch, HALF);
            c.intoArray(scratch, 2 * HALF);
            d.intoArray(scratch, 3 * HALF);
            for (int i = 0; i < 4; i++) {
                ShortVector sum = ShortVector.fromArray(EIGHT_SHORTS, scratch, i * HALF);
                for (int j = 8; j < HALF; j += 8) {
                    sum = sum.add(ShortVector.fromArray(EIGHT_SHORTS, scratch, i * HALF + j));
                }
                FloatVector sums = (FloatVector)
                        ((IntVector) sum.convertShape(VectorOperators.ZERO_EXTEND_S2I, IntVector.SPECIES_256, 0))
                                .convert(VectorOperators.I2F, 0);
                sums.mul(weight)
                        .add(FloatVector.fromArray(FloatVector.SPECIES_256, totals, 8 * i))
                        .intoArray(totals, 8 * i);
            }
        }
    }
}
