package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PackedDotsTest {
    private static final int HEAD = 12;
    private static final int COUNT = 11;

    @Property(tries = 400, seed = "1")
    void sumsAreThoseOfTheIntegersOneByOne(
            @ForAll @IntRange(min = 32, max = 300) int n,
            @ForAll @IntRange(min = 1, max = 8) int bits,
            @ForAll @IntRange(min = 1, max = COUNT) int asked,
            @ForAll long seed) {
        assumeTrue(VectorApi.USABLE);
        int codeBytes = HEAD + PackedBits.bytes(n, bits);
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            weights[i] = random.nextFloat(-1, 1);
        }
        int[] ordinals = random.ints(asked, 0, COUNT).toArray();
        double[] expected = new double[COUNT];
        float[] dots = new float[COUNT];
        try (Arena arena = Arena.ofShared()) {
            MemorySegment codes = arena.allocate((long) COUNT * codeBytes);
            // What is around the integers must not count.
            codes.fill((byte) 0x5b);
            byte[] packed = new byte[PackedBits.bytes(n, bits)];
            for (int code = 0; code < COUNT; code++) {
                int[] integers = random.ints(n, 0, 1 << bits).toArray();
                for (int i = 0; i < n; i++) {
                    expected[code] += (double) weights[i] * integers[i];
                }
                PackedBits.pack(integers, n, bits, packed);
                long at = (long) code * codeBytes + HEAD;
                MemorySegment.copy(packed, 0, codes, ValueLayout.JAVA_BYTE, at, packed.length);
            }
            new PackedDots(weights, bits, HEAD).dots(codes, codeBytes, ordinals, 0, asked, dots);
        }
        for (int i = 0; i < asked; i++) {
            assertEquals(expected[ordinals[i]], dots[i], 1e-5 * n * (1 << bits));
        }
    }
}
