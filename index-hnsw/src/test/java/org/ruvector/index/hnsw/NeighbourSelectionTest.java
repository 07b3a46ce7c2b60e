package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NeighbourSelectionTest {
    /** Node 2 lies behind node 1 as seen from node 0; node 3 lies elsewhere. */
    private static final ArrayVectors PLANE =
            new ArrayVectors(new float[] {0, 0}, new float[] {1, 0}, new float[] {2, 0}, new float[] {0, 3});

    private static int[] around(boolean keepPruned, int max, int... candidates) {
        int[] selected = new int[8];
        int n = new NeighbourSelection(keepPruned).selectAround(PLANE, 0, candidates, candidates.length, max, selected);
        return Arrays.copyOf(selected, n);
    }

    @Test
    void aCandidateNearerToAKeptNeighbourThanToTheNodeIsDropped() {
        assertArrayEquals(new int[] {1, 3}, around(false, 3, 1, 2, 3));
        assertArrayEquals(new int[] {1, 3}, around(false, 2, 3, 2, 1));
        assertArrayEquals(new int[] {2, 3}, around(false, 3, 2, 3));
    }

    @Test
    void placesLeftOverGoToTheNearestOfTheDroppedIfAskedFor() {
        assertArrayEquals(new int[] {1, 3, 2}, around(true, 3, 1, 2, 3));
        assertArrayEquals(new int[] {1, 3}, around(true, 2, 1, 2, 3));
    }

    @Test
    void theNodeItselfIsNeverSelected() {
        assertArrayEquals(new int[] {1, 3}, around(false, 4, 0, 1, 2, 3));
    }

    @Test
    void amongEqualVectorsEachNodeChoosesOthers() {
        ArrayVectors equal = new ArrayVectors(new float[64][3]);
        NeighbourSelection selection = new NeighbourSelection(false);
        Set<Integer> chosen = new HashSet<>();
        for (int node = 0; node < 64; node++) {
            int[] selected = IntStream.range(0, 64).toArray();
            assertEquals(4, selection.selectAround(equal, node, selected, 64, 4, selected));
            for (int i = 0; i < 4; i++) {
                assertTrue(selected[i] != node);
                chosen.add(selected[i]);
            }
        }
        assertTrue(chosen.size() >= 48, () -> "only " + chosen.size() + " of 64 were chosen by anybody");
    }
}
