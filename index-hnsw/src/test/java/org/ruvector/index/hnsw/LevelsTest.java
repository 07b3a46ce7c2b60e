package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LevelsTest {
    private static final int NODES = 200_000;

    @Test
    void oneNodeInMToTheLReachesLayerL() {
        for (int m : new int[] {2, 6, 16, 64}) {
            for (long seed : new long[] {0, 42, -1}) {
                int[] reaching = new int[Levels.MAX + 2];
                for (int node = 0; node < NODES; node++) {
                    for (int level = 0; level <= Levels.of(seed, node, m); level++) {
                        reaching[level]++;
                    }
                }
                assertEquals(NODES, reaching[0]);
                for (int level = 1; level < reaching.length; level++) {
                    double expected = NODES * Math.pow(m, -level);
                    int found = reaching[level];
                    // Five standard deviations of a binomial distribution, and a little for the rare.
                    double tolerance = 5 * Math.sqrt(expected) + 5;
                    String what = found + " instead of " + expected + " reach layer " + level + ", M = " + m;
                    assertTrue(Math.abs(found - expected) <= tolerance, what);
                }
            }
        }
    }

    @Test
    void aLevelDependsOnSeedAndOrdinalAlone() {
        int differing = 0;
        for (int node = 0; node < 1000; node++) {
            assertEquals(Levels.of(7, node, 16), Levels.of(7, node, 16));
            differing += Levels.of(7, node, 2) == Levels.of(8, node, 2) ? 0 : 1;
        }
        assertTrue(differing > 300, differing + " of 1000 differ between two seeds");
    }
}
