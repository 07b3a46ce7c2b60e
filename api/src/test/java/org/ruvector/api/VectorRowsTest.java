package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class VectorRowsTest {

    @Property(tries = 500, seed = "1")
    void everyRowComesBackAsAQuery(
            @ForAll @IntRange(min = 1, max = 200) int dimension,
            @ForAll @IntRange(min = 0, max = 20) int count,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] floats = new float[dimension * count];
        byte[] bytes = new byte[dimension * count];
        int words = ElementType.words(dimension);
        long[] bits = new long[words * count];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        random.nextBytes(bytes);
        for (int i = 0; i < bits.length; i++) {
            boolean last = i % words == words - 1;
            bits[i] = last && dimension % 64 != 0 ? random.nextLong() >>> (64 - dimension % 64) : random.nextLong();
        }
        VectorRows floatRows = VectorRows.ofFloats(floats, dimension);
        VectorRows byteRows = VectorRows.ofBytes(bytes, dimension);
        VectorRows bitRows = VectorRows.ofBits(bits, dimension);
        assertEquals(4L * dimension, floatRows.stride());
        assertEquals(dimension, byteRows.stride());
        assertEquals(8L * words, bitRows.stride());
        for (VectorRows rows : new VectorRows[] {floatRows, byteRows, bitRows}) {
            assertEquals(count, rows.count());
            assertEquals(count * rows.stride(), rows.byteSize());
        }
        for (int i = 0; i < count; i++) {
            int from = i * dimension;
            assertEquals(Query.of(Arrays.copyOfRange(floats, from, from + dimension)), floatRows.query(i));
            assertEquals(Query.of(Arrays.copyOfRange(bytes, from, from + dimension)), byteRows.query(i));
            assertEquals(Query.of(Arrays.copyOfRange(bits, i * words, (i + 1) * words), dimension), bitRows.query(i));
        }
    }

    @Property(tries = 500, seed = "2")
    void nanAndInfinityAreRefusedByRowAndPosition(
            @ForAll @IntRange(min = 1, max = 70) int dimension,
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @IntRange(min = 0, max = 1400) int where) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] data = new float[dimension * count];
            Arrays.fill(data, Float.MAX_VALUE);
            VectorRows good = VectorRows.ofFloats(data, dimension);
            assertSame(good, good.requireValid());
            int at = where % data.length;
            data[at] = bad;
            VectorRows rows = VectorRows.ofFloats(data, dimension);
            refused(
                    "Row " + at / dimension + " holds " + bad + " at position " + at % dimension
                            + "; every coordinate must be a finite number",
                    rows::requireValid);
        }
    }

    @Test
    void spareBitsThatAreSetAreRefusedByRow() {
        VectorRows rows = VectorRows.ofBits(new long[] {-1, 63, -1, 64}, 70);
        VectorRows first = rows.slice(0, 1);
        assertSame(first, first.requireValid());
        refused("Row 1 has bits set beyond bit 69; spare bits must be 0", rows::requireValid);
    }

    @Test
    void bytesAndFullWordsAreAlwaysValid() {
        VectorRows bytes = VectorRows.ofBytes(new byte[] {-1, -1, -1, 127}, 4);
        assertSame(bytes, bytes.requireValid());
        VectorRows bits = VectorRows.ofBits(new long[] {-1}, 64);
        assertSame(bits, bits.requireValid());
    }

    @Test
    void aSliceSharesTheRows() {
        VectorRows rows = VectorRows.ofFloats(new float[] {0, 1, 2, 3, 4, 5}, 2);
        VectorRows slice = rows.slice(1, 3);
        assertEquals(2, slice.count());
        assertEquals(Query.of(2f, 3f), slice.query(0));
        rows.segment().set(VectorRows.FLOAT, 8, 9f);
        assertEquals(Query.of(9f, 3f), slice.query(0));
        assertEquals(0, rows.slice(3, 3).count());
        assertThrows(IndexOutOfBoundsException.class, () -> rows.slice(2, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> rows.query(3));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.query(-1));
    }

    @Test
    void theDataAreCopiedToNativeMemory() {
        float[] data = {1, 2};
        VectorRows rows = VectorRows.ofFloats(data, 2);
        data[0] = 5;
        assertEquals(Query.of(1f, 2f), rows.query(0));
        assertEquals(0, rows.segment().address() % 64);
    }

    @Test
    void emptyRowsHaveAShape() {
        for (ElementType type : ElementType.values()) {
            VectorRows empty = VectorRows.empty(type, 7);
            assertEquals(0, empty.count());
            assertEquals(7, empty.dimension());
            assertEquals(type, empty.type());
            assertSame(empty, empty.requireValid());
        }
        assertEquals(0, VectorRows.ofFloats(new float[0], 3).count());
    }

    @Test
    void blocksThatDoNotFitAreRefused() {
        refused(
                "The rows lie on the Java heap; kernels read native memory only: use VectorRows.ofFloats and the like",
                () -> new VectorRows(MemorySegment.ofArray(new float[4]), ElementType.FLOAT32, 4, 1));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(31);
            refused(
                    "The block has 31 bytes, but 2 rows of 4 × float32 need 32",
                    () -> new VectorRows(block, ElementType.FLOAT32, 4, 2));
            refused("dimension is 0; it must be at least 1", () -> new VectorRows(block, ElementType.INT8, 0, 2));
            refused("count is -1; it must not be negative", () -> new VectorRows(block, ElementType.INT8, 1, -1));
            // The product does not fit 32 bits.
            assertFalse(assertThrows(
                            IllegalArgumentException.class,
                            () -> new VectorRows(block, ElementType.FLOAT32, 65_536, 65_536))
                    .getMessage()
                    .isBlank());
        }
        refused("7 elements are not a whole number of rows of 3 elements", () -> VectorRows.ofFloats(new float[7], 3));
        refused("3 elements are not a whole number of rows of 2 elements", () -> VectorRows.ofBits(new long[3], 65));
        refused("dimension is 0; it must be at least 1", () -> VectorRows.ofBytes(new byte[3], 0));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
