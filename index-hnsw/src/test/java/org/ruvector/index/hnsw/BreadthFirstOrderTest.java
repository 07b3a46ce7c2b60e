package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Query;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.VectorLayout;

final class BreadthFirstOrderTest {
    private static final int COUNT = 500;

    private final VectorLayout layout = Grown.layout(6);
    private final NodeStore store = Grown.store(Grown.vectors(COUNT, 6, 3), Grown.PARAMS);

    @AfterEach
    void close() {
        store.close();
    }

    /** What belongs to an id, whatever its slot: the vector, and the ids that are linked to, layer by layer. */
    private record Node(Query vector, List<List<Long>> links) {}

    private Map<Long, Node> byId() {
        Map<Long, Node> nodes = new HashMap<>();
        for (int node = 0; node < COUNT; node++) {
            List<List<Long>> layers = new ArrayList<>();
            for (int level = 0; level <= store.graph.level(node); level++) {
                layers.add(idsOf(Grown.links(store.graph, level, node)));
            }
            nodes.put(store.id(node), new Node(layout.read(store.rows, node), layers));
        }
        return nodes;
    }

    private List<Long> idsOf(int[] nodes) {
        return Arrays.stream(nodes).mapToObj(store::id).toList();
    }

    private List<List<Long>> answers() {
        List<List<Long>> answers = new ArrayList<>();
        for (float[] query : Grown.vectors(30, 6, 4)) {
            Scorer scorer = layout.scorer(store.rows).to(Query.of(query));
            answers.add(idsOf(Grown.search(store.graph, scorer, COUNT, 20)));
        }
        return answers;
    }

    @Test
    void theGraphStaysTheSameButForItsNumbers() {
        Map<Long, Node> before = byId();
        List<List<Long>> answers = answers();
        long entry = store.id(store.graph.entryPoint());
        BreadthFirstOrder.apply(store, Grown.PARAMS.m(), layout.stride());
        assertEquals(before, byId());
        assertEquals(entry, store.id(store.graph.entryPoint()));
        assertEquals(answers, answers());
    }

    @Test
    void nodesAreNumberedAsABreadthFirstWalkMeetsThem() {
        BreadthFirstOrder.apply(store, Grown.PARAMS.m(), layout.stride());
        assertEquals(0, store.graph.entryPoint());
        int met = 0;
        for (int node = 0; node < COUNT; node++) {
            for (int link : Grown.links(store.graph, 0, node)) {
                assertTrue(link <= met + 1, "node " + node + " links to " + link + ", but only " + met + " were met");
                met = Math.max(met, link);
            }
            // Who is linked to by nobody before comes last.
            met = Math.max(met, node + 1);
        }
    }

    @Test
    void whatIsInOrderAlreadyStaysAsItIs() {
        BreadthFirstOrder.apply(store, Grown.PARAMS.m(), layout.stride());
        long[] ids = new long[COUNT];
        Arrays.setAll(ids, store::id);
        BreadthFirstOrder.apply(store, Grown.PARAMS.m(), layout.stride());
        long[] again = new long[COUNT];
        Arrays.setAll(again, store::id);
        assertArrayEquals(ids, again);
    }
}
