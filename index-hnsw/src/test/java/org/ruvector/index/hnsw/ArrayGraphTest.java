package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.testkit.RealData;

/** Growing and walking a graph needs neither native memory nor threads: plain arrays behind the seam will do. */
final class ArrayGraphTest {

    private static float[][] arrays(VectorRows rows) {
        float[][] arrays = new float[rows.count()][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = ((Query.Floats) rows.query(i)).vector();
        }
        return arrays;
    }

    @Test
    void digitsAreFoundInPlainArrays() {
        RealData digits = RealData.digits();
        ArrayVectors vectors = new ArrayVectors(arrays(digits.base(ElementType.FLOAT32)));
        ArrayGraph graph = Grown.graph(vectors, vectors.rows().length, new HnswParams(16, 100, false, 42));
        double recall = Grown.recall(graph, vectors, arrays(digits.queries(ElementType.FLOAT32)), node -> true);
        assertTrue(recall >= 0.95, () -> "recall@10 " + recall);
    }

    @Test
    void theGraphIsTheSameInArraysAndInNativeMemory() {
        float[][] vectors = Grown.vectors(400, 5, 7);
        NodeStore store = Grown.store(vectors, Grown.PARAMS);
        try {
            StoredVectors stored = new StoredVectors(Grown.layout(5), store.rows);
            ArrayGraph graph = Grown.graph(stored, vectors.length, Grown.PARAMS);
            assertEquals(store.graph.entryPoint(), graph.entryPoint());
            for (int node = 0; node < vectors.length; node++) {
                assertEquals(store.graph.level(node), graph.level(node));
                for (int level = 0; level <= graph.level(node); level++) {
                    assertArrayEquals(Grown.links(store.graph, level, node), Grown.links(graph, level, node));
                }
            }
        } finally {
            store.close();
        }
    }

    @Test
    void everyListOfLinksIsWithinItsBoundAndNamesNobodyTwice() {
        ArrayVectors vectors = new ArrayVectors(Grown.vectors(500, 3, 8));
        ArrayGraph graph = Grown.graph(vectors, 500, Grown.PARAMS);
        for (int node = 0; node < 500; node++) {
            for (int level = 0; level <= graph.level(node); level++) {
                int[] links = Grown.links(graph, level, node);
                assertTrue(links.length <= Grown.PARAMS.maxLinks(level));
                assertEquals(links.length, (int) Arrays.stream(links).distinct().count());
                for (int link : links) {
                    assertTrue(link != node && graph.level(link) >= level);
                }
            }
        }
    }
}
