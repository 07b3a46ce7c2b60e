package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ruvector.api.Parameters;

final class HnswFusedParamsTest {

    private static HnswFusedParams of(String text, int dimension) {
        return HnswFusedParams.from(Parameters.parse(text), dimension, 7);
    }

    @Test
    void autoTakesMoreBitsWhereThereAreFewDimensions() {
        assertEquals(2, of("", 128).bits());
        assertEquals(2, of("bits=auto", 319).bits());
        assertEquals(1, of("bits=auto", 320).bits());
        assertEquals(4, of("bits=4", 784).bits());
    }

    @Test
    void parametersAreReadFromTheirOwnText() {
        HnswFusedParams params = of("m=8,efConstruction=50,keepPruned=false", 64);
        assertEquals(new HnswFusedParams(new HnswParams(8, 50, false, 7), 2), params);
        assertEquals(params, HnswFusedParams.from(params.toParameters(), 1000, 8));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertEquals(
                "bits is 5; it must be from 1 to 4",
                assertThrows(IllegalArgumentException.class, () -> of("bits=5", 64))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> of("bits=some", 64));
        assertThrows(IllegalArgumentException.class, () -> of("bit=1", 64));
    }
}
