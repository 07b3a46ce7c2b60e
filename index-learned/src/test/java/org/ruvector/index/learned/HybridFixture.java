package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.testkit.MemorySections;

/** Hybrid indexes whose retraining runs when a test wants. */
abstract class HybridFixture {

    static final int DIMENSION = 3;
    static final String FLAT = "hybrid:segment=flat,delta=flat,switch=0.2";

    private static final Plugins LOADED = Plugins.load();

    final HookedProvider hooked = new HookedProvider(LOADED.index("flat"));
    final Plugins plugins = LOADED.with(hooked);

    /** What the index gave to its executor and nobody has run yet. */
    final Deque<Runnable> tasks = new ArrayDeque<>();

    private boolean building;
    final BuildContext atOnce = BuildContext.of(plugins);
    final BuildContext later = atOnce.on(
            task -> {
                if (building) {
                    task.run();
                } else {
                    tasks.add(task);
                }
            },
            1);

    MutableIndex build(String form, BuildContext context, VectorRows rows, long[] ids) {
        IndexSpec spec = IndexSpec.parse(form, Metric.EUCLIDEAN, ElementType.FLOAT32, DIMENSION);
        building = true;
        MutableIndex index = (MutableIndex) plugins.builder(spec, context).build(rows, ids);
        building = false;
        return index;
    }

    /** Ids 0 to {@code n − 1} with vectors of their own. */
    MutableIndex numbered(String form, BuildContext context, int n) {
        float[] all = new float[n * DIMENSION];
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            all[i * DIMENSION] = i;
            ids[i] = i;
        }
        return build(form, context, VectorRows.ofFloats(all, DIMENSION), ids);
    }

    static Query numbered(long id) {
        return Query.of((float) id, 0, 0);
    }

    static void requireAll(VectorIndex index, int n) {
        assertEquals(n, index.size());
        for (int id = 0; id < n; id++) {
            assertEquals(
                    new Hit(id, 0),
                    index.search(SearchRequest.of(numbered(id), 1)).hits().getFirst());
        }
    }

    static boolean isMerging(VectorIndex index) {
        return index.memory().parts().stream().anyMatch(part -> part.name().startsWith("frozen delta"));
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    MutableIndex reopened(MutableIndex index) throws IOException {
        try (index) {
            MemorySections sections = new MemorySections();
            ((Persistable) index).save(sections);
            return (MutableIndex)
                    new HybridIndexProvider().open(sections.reader(index.spec()), OpenContext.of(plugins));
        }
    }
}
