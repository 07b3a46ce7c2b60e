package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.Scorer;

/** Codes together with the quantizer that made them. */
record Encoded(Quantizer quantizer, Codes codes) {

    static Encoded of(Quantizer quantizer, VectorRows rows) {
        MemorySegment block = Arena.ofAuto().allocate((long) rows.count() * quantizer.codeBytes(), 64);
        quantizer.encode(rows, block);
        return new Encoded(quantizer, new Codes(block, quantizer.codeBytes(), rows.count()));
    }

    /** Refuses what is not finite, as every query does. */
    Query decoded(int ordinal) {
        float[] vector = new float[quantizer.spec().dimension()];
        quantizer.decode(codes, ordinal, vector);
        return Query.of(vector);
    }

    byte[] bytes() {
        return codes.segment()
                .asSlice(0, (long) codes.count() * codes.codeBytes())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    float[] scores(Query query) {
        return scores(quantizer.scorer(query, codes));
    }

    float[] scores(Scorer scorer) {
        float[] all = new float[codes.count()];
        scorer.score(IntStream.range(0, all.length).toArray(), all.length, Float.POSITIVE_INFINITY, all);
        return all;
    }

    /** Asserts that two quantizers do the same. */
    static void requireSame(Quantizer expected, Quantizer actual, VectorRows rows) {
        assertEquals(expected.spec(), actual.spec());
        assertEquals(expected.codeBytes(), actual.codeBytes());
        Encoded one = of(expected, rows);
        Encoded other = of(actual, rows);
        assertArrayEquals(one.bytes(), other.bytes());
        assertArrayEquals(one.scores(rows.query(0)), other.scores(rows.query(0)));
        for (int i = 0; i < Math.min(20, rows.count()); i++) {
            assertEquals(one.decoded(i), other.decoded(i));
        }
    }
}
