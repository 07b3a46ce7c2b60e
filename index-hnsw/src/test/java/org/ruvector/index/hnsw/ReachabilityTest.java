package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.VectorLayout;

final class ReachabilityTest {

    @Test
    void onlyWhatLinksLeadToFromTheEntryPointIsReached() {
        ArrayGraph graph = new ArrayGraph(0, 0, 0, 0);
        assertEquals(new BitSet(), Reachability.reached(graph, 4, 4));
        graph.entryPoint(1);
        graph.setLinks(0, 1, new int[] {0}, 1);
        graph.setLinks(0, 0, new int[] {3, 1}, 2);
        graph.setLinks(0, 2, new int[] {0}, 1);
        assertEquals(BitSet.valueOf(new long[] {0b1011}), Reachability.reached(graph, 4, 4));
    }

    @Test
    void nodesThatWereCutOffAreLinkedInAndFound() {
        int count = 300;
        VectorLayout layout = Grown.layout(4);
        HnswParams params = Grown.PARAMS;
        int maxLinks = params.maxLinks(0);
        NodeStore store = Grown.store(Grown.vectors(count, 4, 5), params);
        try {
            Reachability.repair(store, params, layout);
            assertEquals(
                    count, Reachability.reached(store.graph, count, maxLinks).cardinality());
            int lost = store.graph.entryPoint() == 17 ? 18 : 17;
            for (int node = 0; node < count; node++) {
                int[] rest = Arrays.stream(Grown.links(store.graph, 0, node))
                        .filter(link -> link != lost)
                        .toArray();
                store.graph.setLinks(0, node, rest, rest.length);
            }
            assertFalse(Reachability.reached(store.graph, count, maxLinks).get(lost));
            assertTrue(Reachability.repair(store, params, layout) >= 1);
            assertEquals(
                    count, Reachability.reached(store.graph, count, maxLinks).cardinality());
            Scorer scorer = layout.scorer(store.rows).toRow(lost);
            assertEquals(lost, Grown.search(store.graph, scorer, count, 40)[0]);
            assertEquals(0, Reachability.repair(store, params, layout));
        } finally {
            store.close();
        }
    }
}
