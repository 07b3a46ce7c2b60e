package org.ruvector.quant.spi;

import java.util.Arrays;

/**
 * Integers of 1 to 8 bits in bytes. 1, 2, 4 or 8 bits are one after another, the lowest bits of a byte first, so that none
 * crosses a byte. Other numbers are the sum of these: the upper bits of all integers come first, then what remains of all.
 */
final class PackedBits {

    private PackedBits() {}

    /** Bytes that {@code n} integers take. */
    static int bytes(int n, int bits) {
        int bytes = 0;
        for (int left = bits; left > 0; left -= Integer.highestOneBit(left)) {
            bytes += planeBytes(n, Integer.highestOneBit(left));
        }
        return bytes;
    }

    /** Bytes that {@code n} integers of 1, 2, 4 or 8 bits take. */
    static int planeBytes(int n, int bits) {
        return (int) (((long) n * bits + 7) / 8);
    }

    /** Packs {@code n} integers into {@code out}. */
    static void pack(int[] codes, int n, int bits, byte[] out) {
        int first = 0;
        for (int left = bits; left > 0; ) {
            int field = Integer.highestOneBit(left);
            left -= field;
            int perByte = 8 / field;
            int mask = (1 << field) - 1;
            for (int i = 0, to = first; i < n; to++) {
                int held = 0;
                for (int shift = 0; shift < 8 && i < n; shift += field) {
                    held |= (codes[i++] >> left & mask) << shift;
                }
                out[to] = (byte) held;
            }
            first += (n + perByte - 1) / perByte;
        }
    }

    /** Unpacks {@code n} integers from {@code packed}. */
    static void unpack(byte[] packed, int n, int bits, float[] codes) {
        Arrays.fill(codes, 0, n, 0);
        int first = 0;
        for (int left = bits; left > 0; ) {
            int field = Integer.highestOneBit(left);
            left -= field;
            int mask = (1 << field) - 1;
            for (int i = 0, from = first; i < n; from++) {
                for (int shift = 0; shift < 8 && i < n; shift += field) {
                    codes[i++] += (packed[from] >> shift & mask) << left;
                }
            }
            first += planeBytes(n, field);
        }
    }
}
