package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ConsolidationTest {
    private static final int COUNT = 900;
    private static final HnswParams PARAMS = new HnswParams(8, 60, false, 42);

    @Test
    void noLinkLeadsToARemovedNodeAndTheRestIsStillFound() {
        ArrayVectors vectors = new ArrayVectors(Grown.vectors(COUNT, 6, 11));
        ArrayGraph graph = Grown.graph(vectors, COUNT, PARAMS);
        NodeFilter alive = node -> node % 3 != 0 || node == graph.entryPoint();
        int mended = new Consolidation(PARAMS).sweep(graph, vectors, COUNT, alive);
        assertTrue(mended > 0);
        for (int node = 0; node < COUNT; node++) {
            for (int level = 0; alive.accepts(node) && level <= graph.level(node); level++) {
                int[] links = Grown.links(graph, level, node);
                assertTrue(links.length <= PARAMS.maxLinks(level));
                for (int link : links) {
                    assertTrue(alive.accepts(link), "node " + node + " links to " + link + " on layer " + level);
                    assertTrue(link != node);
                }
            }
        }
        double recall = Grown.recall(graph, vectors, Grown.vectors(50, 6, 12), alive);
        assertTrue(recall >= 0.95, () -> "recall@10 " + recall);
    }

    @Test
    void whereNothingWasRemovedNothingChanges() {
        ArrayVectors vectors = new ArrayVectors(Grown.vectors(100, 4, 13));
        ArrayGraph graph = Grown.graph(vectors, 100, PARAMS);
        assertEquals(0, new Consolidation(PARAMS).sweep(graph, vectors, 100, node -> true));
    }
}
