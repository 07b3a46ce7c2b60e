package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PackedBitsTest {

    @Property(tries = 200, seed = "1")
    void whatIsPackedIsUnpacked(
            @ForAll @IntRange(min = 1, max = 200) int n,
            @ForAll @IntRange(min = 1, max = 8) int bits,
            @ForAll long seed) {
        int[] codes = new SplittableRandom(seed).ints(n, 0, 1 << bits).toArray();
        byte[] packed = new byte[PackedBits.bytes(n, bits)];
        PackedBits.pack(codes, n, bits, packed);
        float[] unpacked = new float[n];
        PackedBits.unpack(packed, n, bits, unpacked);
        for (int i = 0; i < n; i++) {
            assertEquals(codes[i], unpacked[i]);
        }
    }
}
