package org.ruvector.hypergraph.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ruvector.hypergraph.causal.EffectEstimate.Support;

final class EffectEstimateTest {

    private static final Support TEN = new Support(10, 10, 0);

    @Test
    void aNormalIntervalReachesOnePointNineSixErrors() {
        EffectEstimate estimate = new EffectEstimate(2, 0.5, Double.POSITIVE_INFINITY, TEN);
        assertEquals(2 - 1.959963984540054 / 2, estimate.interval(0.95).low(), 1e-9);
        assertEquals(2 + 1.959963984540054 / 2, estimate.interval(0.95).high(), 1e-9);
        assertEquals(2 - 1.6448536269514722 / 2, estimate.lowerBound(0.95), 1e-9);
        assertEquals(6.334248366623996e-5, estimate.pValue(), 1e-12);
    }

    @Test
    void anIntervalAndThePValueAgree() {
        EffectEstimate estimate = new EffectEstimate(1.3, 0.7, 6.5, TEN);
        double p = estimate.pValue();
        assertEquals(0, estimate.interval(1 - p).low(), 1e-6);
    }

    @Test
    void whatIsUnknownClaimsNothing() {
        EffectEstimate unknown = EffectEstimate.unknown(3, 0);
        assertFalse(unknown.known());
        assertTrue(Double.isNaN(unknown.effect()));
        assertEquals(1, unknown.pValue());
        assertEquals(Double.NEGATIVE_INFINITY, unknown.lowerBound(0.6));
        assertTrue(unknown.interval(0.5).contains(1e300));
        assertFalse(unknown.scaled(2).known());
    }

    @Test
    void scalingScalesTheErrorByItsSize() {
        EffectEstimate scaled = new EffectEstimate(2, 0.5, 7, TEN).scaled(-3);
        assertEquals(new EffectEstimate(-6, 1.5, 7, TEN), scaled);
    }

    @Test
    void anEffectWithoutAnyErrorIsCertain() {
        assertEquals(0, new EffectEstimate(1, 0, 8, TEN).pValue());
        assertEquals(1, new EffectEstimate(0, 0, 8, TEN).pValue());
        assertEquals(1, new EffectEstimate(1, 0, 8, TEN).lowerBound(0.99));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new EffectEstimate(1, -1, 3, TEN));
        assertThrows(IllegalArgumentException.class, () -> new EffectEstimate(1, Double.NaN, 3, TEN));
        assertThrows(IllegalArgumentException.class, () -> new EffectEstimate(1, 1, 0, TEN));
        assertThrows(IllegalArgumentException.class, () -> new EffectEstimate(Double.NaN, 1, 3, TEN));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EffectEstimate(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 3, TEN));
        assertThrows(IllegalArgumentException.class, () -> new Support(-1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Support(1, 2, 1.5));
        EffectEstimate fine = new EffectEstimate(1, 1, 3, TEN);
        assertThrows(IllegalArgumentException.class, () -> fine.interval(1));
        assertThrows(IllegalArgumentException.class, () -> fine.lowerBound(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> fine.scaled(0));
    }
}
