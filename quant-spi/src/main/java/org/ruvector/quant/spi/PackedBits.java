package org.ruvector.quant.spi;

/** Integers of 1 to 8 bits one after another, the lowest bits of a byte first. */
final class PackedBits {

    private PackedBits() {}

    /** Bytes that {@code n} integers take. */
    static int bytes(int n, int bits) {
        return (int) (((long) n * bits + 7) / 8);
    }

    /** Packs {@code n} integers into {@code out} from {@code at} on. */
    static void pack(int[] codes, int n, int bits, byte[] out, int at) {
        long held = 0;
        int count = 0;
        int to = at;
        for (int i = 0; i < n; i++) {
            held |= (long) codes[i] << count;
            for (count += bits; count >= 8; count -= 8) {
                out[to++] = (byte) held;
                held >>>= 8;
            }
        }
        if (count > 0) {
            out[to] = (byte) held;
        }
    }

    /** Unpacks {@code n} integers from {@code packed}. */
    static void unpack(byte[] packed, int n, int bits, float[] codes) {
        int mask = (1 << bits) - 1;
        long held = 0;
        int count = 0;
        int from = 0;
        for (int i = 0; i < n; i++) {
            if (count < bits) {
                held |= (packed[from++] & 0xffL) << count;
                count += 8;
            }
            codes[i] = (int) held & mask;
            held >>>= bits;
            count -= bits;
        }
    }
}
