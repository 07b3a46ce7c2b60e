package org.ruvector.embed.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MeanPoolingTest {

    private static final int N = MiniLmEmbedderProvider.DIMENSION;

    @Test
    void isTheDirectionOfTheMean() {
        float[] hidden = new float[3 * N];
        hidden[0] = 1e30f; // a row before the text
        hidden[N] = 2;
        hidden[2 * N] = 4;
        hidden[2 * N + 1] = 8;
        float[] out = new float[3 * N];
        assertTrue(MeanPooling.pool(hidden, 1, 2, out, 1));
        float[] expected = new float[3 * N];
        expected[N] = 0.6f;
        expected[N + 1] = 0.8f;
        assertArrayEquals(expected, out);
    }

    @Test
    void refusesWhatHasNoDirection() {
        float[] out = new float[N];
        float[] hidden = new float[2 * N];
        hidden[5] = 1;
        hidden[N + 5] = -1;
        assertFalse(MeanPooling.pool(hidden, 0, 2, out, 0));
        hidden[7] = Float.NaN;
        assertFalse(MeanPooling.pool(hidden, 0, 2, out, 0));
        hidden[7] = Float.POSITIVE_INFINITY;
        assertFalse(MeanPooling.pool(hidden, 0, 2, out, 0));
        assertEquals(0, out[5]);
    }
}
