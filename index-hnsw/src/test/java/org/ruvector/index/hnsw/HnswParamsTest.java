package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ruvector.api.Parameters;

final class HnswParamsTest {

    private static HnswParams parse(String text) {
        return HnswParams.from(Parameters.parse(text), 42);
    }

    private static void refused(String message, String text) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage());
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertEquals(new HnswParams(16, 200, true, 42), parse(""));
        assertEquals(new HnswParams(8, 50, true, 7), parse("m=8,efConstruction=50,keepPruned=true,seed=7"));
    }

    @Test
    void theTextFormIsReadBack() {
        HnswParams params = new HnswParams(5, 6, true, -7);
        assertEquals(params, HnswParams.from(params.toParameters(), 42));
    }

    @Test
    void whatIsOutOfRangeOrUnknownIsRefusedWithWhatIsAllowed() {
        refused("m is 1; it must be from 2 to 64", "m=1");
        refused("m is 65; it must be from 2 to 64", "m=65");
        refused("efConstruction is 0; it must be from 1 to 10000", "efConstruction=0");
        refused("efConstruction is 10001; it must be from 1 to 10000", "efConstruction=10001");
        refused("m=x is not a whole number", "m=x");
        refused("keepPruned=1 is neither true nor false", "keepPruned=1");
        refused("Unknown parameter M; known are: m, efConstruction, keepPruned, seed", "M=16");
    }
}
