package org.ruvector.index.ivf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis.Finding;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.testkit.Oracle;
import org.ruvector.testkit.RealData;

/** Compaction and training while an index grows, shrinks and moves. */
final class IvfMaintenanceTest {
    private static final Plugins PLUGINS = Plugins.load();
    private static final VectorRows DIGITS = RealData.digits().base(ElementType.FLOAT32);

    private static MutableIndex build(String text, int count) {
        IndexSpec spec = IndexSpec.parse(text, Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        return (MutableIndex) PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(DIGITS.slice(0, count));
    }

    private static double finding(VectorIndex index, String name) {
        List<Finding> all = ((Diagnosable) index).diagnose(0, 1).findings();
        return all.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void requireAll(MutableIndex index, Map<Long, Query> model) {
        Oracle oracle = Oracle.of(Metric.EUCLIDEAN, model);
        assertEquals(model.size(), index.size());
        oracle.checkVectors(index);
        SearchRequest all = SearchRequest.of(DIGITS.query(3), Integer.MAX_VALUE);
        oracle.checkExact(all, index.search(all));
        assertEquals(1, finding(index, "share of vectors in the list of their nearest centroid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ivf-flat:nlist=16", "ivf:nlist=16", "ivf:nlist=16,quantizer=sq8", "ivf-flat", "ivf"})
    void anIndexThatBeganEmptyLearnsAsItGrows(String text) {
        try (MutableIndex index = build(text, 0)) {
            Map<Long, Query> model = new HashMap<>();
            assertEquals(1, finding(index, "lists"));
            for (int i = 0; i < DIGITS.count(); i++) {
                index.add(i, DIGITS.query(i));
                model.put((long) i, DIGITS.query(i));
            }
            assertTrue(finding(index, "lists") >= 16, () -> finding(index, "lists") + " lists");
            requireAll(index, model);
            int found = 0;
            for (int i = 0; i < 500; i++) {
                found += index.search(SearchRequest.of(DIGITS.query(i), 1))
                                        .hits()
                                        .getFirst()
                                        .distance()
                                == 0
                        ? 1
                        : 0;
            }
            assertTrue(found > 490, found + " of 500 vectors found by themselves");
        }
    }

    @Test
    void listsThatBecameUnevenByReplacementsAreTrainedAgain() {
        float[] values = new float[64 * 2000];
        for (int i = 0; i < 2000; i++) {
            for (int j = 0; j < 64; j++) {
                values[64 * i + j] = (float) Math.sin(i * 37.0 + j * j) * 100 + (i < 1000 ? 0 : 300);
            }
        }
        VectorRows rows = VectorRows.ofFloats(values, 64);
        IndexSpec spec = new IndexSpec(
                "ivf-flat", Parameters.parse("nlist=20,imbalance=2"), Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        try (MutableIndex index =
                (MutableIndex) PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(rows.slice(0, 1000))) {
            Map<Long, Query> model = new HashMap<>();
            for (int i = 0; i < 1000; i++) {
                index.replace(i, rows.query(1000 + i));
                model.put((long) i, rows.query(1000 + i));
            }
            assertTrue(finding(index, "imbalance factor") < 2, () -> "" + finding(index, "imbalance factor"));
            requireAll(index, model);
        }
    }

    /** A flat index of centroids that can be made to fail. */
    private record Fragile(IndexProvider flat, AtomicBoolean broken) implements IndexProvider {

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public Set<Metric> metrics() {
            return flat.metrics();
        }

        @Override
        public Set<ElementType> elementTypes() {
            return flat.elementTypes();
        }

        @Override
        public IndexBuilder builder(IndexSpec spec, BuildContext context) {
            IndexBuilder builder = flat.builder(spec, context);
            return (rows, ids) -> {
                if (broken.get()) {
                    throw new IllegalStateException("broken");
                }
                return builder.build(rows, ids);
            };
        }

        @Override
        public VectorIndex open(SectionReader file, OpenContext context) {
            return flat.open(file, context);
        }
    }

    @Test
    void aChangeStandsThoughTrainingAfterItFailsAndTheDoctorTells() {
        AtomicBoolean broken = new AtomicBoolean();
        Plugins plugins = PLUGINS.with(new Fragile(PLUGINS.index("flat"), broken));
        IndexSpec spec = IndexSpec.parse("ivf-flat:nlist=16,coarse=fragile", Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        try (MutableIndex index =
                (MutableIndex) plugins.builder(spec, BuildContext.of(plugins)).build(DIGITS.slice(0, 0))) {
            broken.set(true);
            for (int i = 0; i < 600; i++) {
                index.add(i, DIGITS.query(i));
            }
            assertEquals(600, index.size());
            assertEquals(1, finding(index, "failed trainings"));
            assertEquals(1, finding(index, "lists"));
            broken.set(false);
            for (int i = 600; i < DIGITS.count(); i++) {
                index.add(i, DIGITS.query(i));
            }
            assertEquals(16, finding(index, "lists"));
        }
    }

    @Test
    void listsThatBecameUnevenAreTrainedAgain() {
        float[] values = new float[64 * 4000];
        for (int i = 0; i < 4000; i++) {
            // The others are as far apart as the first thousand, but somewhere else.
            for (int j = 0; j < 64; j++) {
                values[64 * i + j] = (float) Math.sin(i * 37.0 + j * j) * 100 + (i < 1000 ? 0 : 300);
            }
        }
        VectorRows rows = VectorRows.ofFloats(values, 64);
        IndexSpec spec = new IndexSpec(
                "ivf-flat", Parameters.parse("nlist=20,imbalance=2"), Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        try (MutableIndex index =
                (MutableIndex) PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(rows.slice(0, 1000))) {
            Map<Long, Query> model = new HashMap<>();
            double worst = 0;
            for (int i = 0; i < rows.count(); i++) {
                model.put((long) i, rows.query(i));
                if (i >= 1000) {
                    index.add(i, rows.query(i));
                }
                if (i % 10 == 0) {
                    worst = Math.max(worst, finding(index, "imbalance factor"));
                }
            }
            assertTrue(worst > 2, "the worst imbalance was only " + worst);
            assertTrue(finding(index, "imbalance factor") < 2, () -> "" + finding(index, "imbalance factor"));
            requireAll(index, model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ivf-flat:nlist=3", "ivf:nlist=3", "ivf:nlist=3,quantizer=sq8"})
    void listsStayDenseWhileTheyGrowAndShrink(String text) {
        try (MutableIndex index = build(text, 0)) {
            Map<Long, Query> model = new HashMap<>();
            double worst = 0;
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 4000; i++) {
                    Query vector = DIGITS.query(i % DIGITS.count());
                    model.put((long) i, vector);
                    index.replace(i, vector);
                }
                for (int i = 0; i < 4000; i++) {
                    if (i % 20 != round) {
                        assertTrue(index.remove(i));
                        model.remove((long) i);
                    }
                    worst = i % 500 == 0 ? Math.max(worst, finding(index, "fragmentation")) : worst;
                }
                requireAll(index, model);
            }
            assertTrue(worst < 0.5, "fragmentation " + worst);
            long bytes = index.memory().parts().getFirst().bytes();
            assertTrue(bytes < 3L * 64 * 256 * 4, bytes + " bytes for " + model.size() + " vectors");
        }
    }

    @Test
    void searchesGoOnWhileListsAreTrainedAndCompacted() throws Exception {
        try (MutableIndex index = build("ivf:nlist=24", 200);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            AtomicBoolean done = new AtomicBoolean();
            Future<?> writer = threads.submit(() -> {
                try {
                    for (int round = 0; round < 2; round++) {
                        for (int i = 200; i < DIGITS.count(); i++) {
                            index.add(i, DIGITS.query(i));
                        }
                        for (int i = 200; round == 0 && i < DIGITS.count(); i++) {
                            index.remove(i);
                        }
                    }
                } finally {
                    done.set(true);
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                int first = reader;
                readers.add(threads.submit(() -> {
                    for (long id = first; !done.get(); id = (id + 1) % 200) {
                        SearchRequest request = SearchRequest.of(DIGITS.query((int) id), 3);
                        assertEquals(3, index.search(request).hits().size());
                        assertEquals(
                                List.of(id),
                                index.search(request.filter(Filter.ids(id))).hits().stream()
                                        .map(hit -> hit.id())
                                        .toList());
                    }
                }));
            }
            writer.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
            Map<Long, Query> model = new HashMap<>();
            for (int i = 0; i < DIGITS.count(); i++) {
                model.put((long) i, DIGITS.query(i));
            }
            requireAll(index, model);
        }
    }
}
