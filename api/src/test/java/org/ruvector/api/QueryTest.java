package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class QueryTest {

    @Property(tries = 200, seed = "1")
    void nanAndInfinityAreRefusedByPosition(
            @ForAll @IntRange(min = 1, max = 100) int dimension,
            @ForAll @IntRange(min = 0, max = 99) int position,
            @ForAll boolean another) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] vector = new float[dimension];
            int at = position % dimension;
            vector[at] = bad;
            if (another) {
                // The first one is named.
                vector[dimension - 1] = at == dimension - 1 ? bad : Float.NaN;
            }
            refused(
                    "The vector holds " + bad + " at position " + at + "; every coordinate must be a finite number",
                    () -> Query.of(vector));
        }
    }

    @Test
    void theLargestAndTheSmallestNumbersAreFinite() {
        float[] vector = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f, Float.MIN_NORMAL};
        assertEquals(5, Query.of(vector).dimension());
    }

    @Test
    void aVectorWithoutCoordinatesIsRefused() {
        String message = "A vector needs at least one coordinate, but has ";
        refused(message + 0, () -> Query.of(new float[0]));
        refused(message + 0, () -> Query.of(new byte[0]));
        refused(message + 0, () -> Query.of(new long[0], 0));
        refused(message + -5, () -> Query.of(new long[0], -5));
    }

    @Test
    void bitsNeedTheRightNumberOfWords() {
        refused("65 bits need 2 words of 64 bits, but 1 were given", () -> Query.of(new long[1], 65));
        refused("64 bits need 1 words of 64 bits, but 2 were given", () -> Query.of(new long[2], 64));
        assertEquals(128, Query.of(new long[] {-1, -1}, 128).dimension());
    }

    @Test
    void spareBitsMustBeZero() {
        assertEquals(3, Query.of(new long[] {0b111}, 3).dimension());
        refused(
                "The last word has bits set beyond bit 2; spare bits must be 0",
                () -> Query.of(new long[] {0b1000}, 3));
        refused(
                "The last word has bits set beyond bit 64; spare bits must be 0",
                () -> Query.of(new long[] {0, 2}, 65));
    }

    @Test
    void typesTellHowCoordinatesAreStored() {
        assertEquals(ElementType.FLOAT32, Query.of(1f).type());
        assertEquals(ElementType.INT8, Query.of((byte) 1).type());
        assertEquals(ElementType.BIT, Query.of(new long[1], 1).type());
    }

    @Test
    void equalVectorsAreEqual() {
        assertEquals(Query.of(1f, 2f), Query.of(1f, 2f));
        assertEquals(Query.of(1f, 2f).hashCode(), Query.of(1f, 2f).hashCode());
        assertNotEquals(Query.of(1f, 2f), Query.of(1f, 3f));
        assertEquals(Query.of((byte) 1), Query.of((byte) 1));
        assertEquals(Query.of(new long[] {5}, 3), Query.of(new long[] {5}, 3));
        assertNotEquals(Query.of(new long[] {5}, 3), Query.of(new long[] {5}, 4));
    }

    @Test
    void theArrayIsNotCopied() {
        float[] vector = {1, 2};
        assertSame(vector, ((Query.Floats) Query.of(vector)).vector());
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
