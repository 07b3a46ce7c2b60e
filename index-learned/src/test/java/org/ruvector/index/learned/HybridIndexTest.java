package org.ruvector.index.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;

final class HybridIndexTest extends HybridFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                FLAT,
                "hybrid:segment=ml-index,delta=hnsw,switch=0.1",
                "hybrid:segment=hnsw,delta=hybrid,delta.delta=flat"
            })
    void searches_during_switches_miss_nothing_that_was_added_before(String form) throws Exception {
        int first = 300;
        AtomicInteger added = new AtomicInteger(first);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            MutableIndex index = numbered(form, later.on(executor, 2), first);
            try (index) {
                List<Future<Void>> searches = new ArrayList<>();
                for (int thread = 0; thread < 2; thread++) {
                    SplittableRandom random = new SplittableRandom(thread);
                    Searcher searcher = index.searcher();
                    Callable<Void> search = () -> {
                        while (!done.get()) {
                            // The newest ones are those that a switch could lose.
                            int known = added.get();
                            long id = known - 1L - random.nextInt(Math.min(known, 200));
                            SearchRequest request = SearchRequest.of(numbered(id), 3);
                            List<Hit> hits =
                                    (random.nextBoolean() ? searcher.search(request) : index.search(request)).hits();
                            assertEquals(new Hit(id, 0), hits.getFirst(), () -> "of " + known + " vectors");
                            assertEquals(
                                    3, hits.stream().map(Hit::id).distinct().count());
                            assertTrue(index.vector(id).isPresent());
                        }
                        return null;
                    };
                    searches.add(executor.submit(search));
                }
                int n = first;
                int switches = 0;
                try {
                    // On a machine that is busy with other things a switch may take long.
                    for (boolean merging = false; n < 1500 || (switches < 3 && n < 50_000); n++) {
                        index.add(n, numbered(n));
                        added.set(n + 1);
                        // What is replaced by itself goes from the segment to the delta, and is there all the time.
                        assertTrue(index.replace(n - 250, numbered(n - 250)));
                        switches += merging && !isMerging(index) ? 1 : 0;
                        merging = isMerging(index);
                    }
                } finally {
                    done.set(true);
                }
                for (Future<Void> search : searches) {
                    search.get(1, TimeUnit.MINUTES);
                }
                assertTrue(switches >= 3, "too few switches to tell");
                requireAll(index, n);
            }
        }
    }

    @Test
    void what_changes_while_a_segment_is_built_is_in_force_after_the_switch() {
        try (MutableIndex index = numbered(FLAT, later, 40)) {
            for (int id = 40; id < 56; id++) {
                index.add(id, numbered(id));
            }
            assertEquals(1, tasks.size());
            assertTrue(isMerging(index));
            for (long id : new long[] {3, 50}) {
                assertTrue(index.remove(id));
                assertFalse(index.remove(id));
            }
            for (long id : new long[] {4, 51}) {
                assertTrue(index.replace(id, numbered(1000 + id)));
            }
            index.add(56, numbered(56));
            index.add(3, numbered(2000));
            for (int round = 0; round < 2; round++) {
                assertEquals(56, index.size());
                List<Hit> far =
                        index.search(SearchRequest.of(numbered(2000), 3)).hits();
                assertEquals(List.of(3L, 51L, 4L), far.stream().map(Hit::id).toList());
                assertTrue(index.vector(50).isEmpty());
                runTasks();
                assertFalse(isMerging(index));
            }
        }
    }

    @Test
    void a_search_that_switches_overtake_finds_the_old_or_the_new_vectors() {
        MutableIndex index = numbered(FLAT, later, 40);
        AtomicBoolean once = new AtomicBoolean();
        Filter meanwhile = Filter.where(id -> {
            if (!once.getAndSet(true)) {
                // Two generations of parts go while this search is in the first row of the oldest.
                for (int round = 0; round < 2; round++) {
                    for (int i = 0; i < 40; i++) {
                        assertTrue(index.replace(i, numbered(100 + i)));
                    }
                    ((Diagnosable) index).repair(atOnce);
                }
                index.close();
            }
            return true;
        });
        List<Hit> hits = index.search(SearchRequest.of(numbered(0), 40).filter(meanwhile))
                .hits();
        assertEquals(40, hits.stream().map(Hit::id).distinct().count());
        for (Hit hit : hits) {
            long id = hit.id();
            assertTrue(hit.distance() == id * id || hit.distance() == (100 + id) * (100 + id), hit::toString);
        }
        assertThrows(IllegalStateException.class, () -> index.search(SearchRequest.of(numbered(0), 1)));
    }

    @Test
    void a_vector_is_found_while_its_first_replacement_is_being_made() {
        try (MutableIndex index = numbered("hybrid:segment=flat,delta=hooked", later, 40)) {
            SearchRequest seventh = SearchRequest.of(numbered(7), 1).filter(Filter.ids(7));
            List<Hit> old = List.of(new Hit(7, 0));
            hooked.atAdd = () -> assertEquals(old, index.search(seventh).hits());
            assertTrue(index.replace(7, numbered(9)));
            assertEquals(List.of(new Hit(7, 4)), index.search(seventh).hits());
        }
    }

    @Test
    void a_vector_is_found_though_it_is_replaced_while_the_segment_is_searched() {
        try (MutableIndex index = numbered("hybrid:segment=hooked,delta=flat", later, 40)) {
            // From now on something is hidden, so that whoever searches the segment looks what is.
            index.remove(8);
            hooked.atSearch = () -> assertTrue(index.replace(7, numbered(9)));
            SearchRequest seventh = SearchRequest.of(numbered(7), 1).filter(Filter.where(id -> id == 7));
            assertEquals(List.of(new Hit(7, 4)), index.search(seventh).hits());
        }
    }

    @Test
    void when_retraining_fails_nothing_is_lost_and_the_next_change_tells() {
        try (MutableIndex index = numbered("hybrid:segment=hooked,delta=flat", atOnce, 40)) {
            IllegalStateException cause = new IllegalStateException("the disk is full of ants");
            hooked.atBuild = () -> {
                throw cause;
            };
            int n = 40;
            for (; n < 56; n++) {
                index.add(n, numbered(n));
            }
            requireAll(index, n);
            Diagnosis diagnosis = ((Diagnosable) index).diagnose(0, 1);
            assertFalse(diagnosis.healthy(), diagnosis::toString);
            CompletionException told = assertThrows(CompletionException.class, () -> index.add(56, numbered(56)));
            assertSame(cause, told.getCause());
            assertTrue(told.getMessage().contains("ants"), told.getMessage());
            assertFalse(index.vector(56).isPresent());
            for (; n < 70; n++) {
                index.add(n, numbered(n));
            }
            requireAll(index, n);
            hooked.atBuild = () -> {};
            // Now there are as many in the delta again.
            for (; n < 72; n++) {
                index.add(n, numbered(n));
            }
            assertFalse(isMerging(index));
            requireAll(index, n);
            assertTrue(((Diagnosable) index).repair(atOnce) > 0);
            requireAll(index, n);
        }
    }

    @Test
    void a_refusal_of_the_executor_is_told_like_any_failure_and_repair_helps() {
        BuildContext refusing = atOnce.on(
                task -> {
                    throw new RejectedExecutionException("gone home");
                },
                1);
        try (MutableIndex index = numbered(FLAT, refusing, 40)) {
            for (int id = 40; id < 56; id++) {
                index.add(id, numbered(id));
            }
            assertThrows(CompletionException.class, () -> index.remove(3));
            assertEquals(16, ((Diagnosable) index).repair(atOnce));
            requireAll(index, 56);
            assertEquals(0, ((Diagnosable) index).repair(atOnce));
        }
    }

    @Test
    void an_index_may_be_closed_while_it_retrains() {
        MutableIndex index = numbered("hybrid:segment=hooked,delta=flat", later, 40);
        for (int id = 40; id < 56; id++) {
            index.add(id, numbered(id));
        }
        hooked.atBuild = index::close;
        runTasks();
        assertThrows(IllegalStateException.class, () -> index.add(56, numbered(56)));
        assertThrows(IllegalStateException.class, () -> ((Diagnosable) index).repair(atOnce));
        assertEquals(hooked.opened.get(), hooked.closed.get(), "segments closed of those built");
    }

    @Test
    void what_is_being_merged_is_saved_and_merged_after_opening() throws IOException {
        MutableIndex index = numbered(FLAT, later, 40);
        for (int id = 40; id < 58; id++) {
            index.add(id, numbered(id));
        }
        index.remove(5);
        index.add(5, numbered(5));
        assertTrue(isMerging(index));
        try (MutableIndex opened = reopened(index)) {
            assertTrue(isMerging(opened));
            requireAll(opened, 58);
            // Those that were frozen, those added since, and the one that was removed.
            assertEquals(16 + 3 + 1, ((Diagnosable) opened).repair(atOnce));
            requireAll(opened, 58);
        }
    }

    @Test
    void parts_are_checked_before_anything_is_built() {
        for (String wrong : List.of(
                "hybrid:delta=ml-index",
                "hybrid:switch=0",
                "hybrid:switch=1.5",
                "hybrid:switch=NaN",
                "hybrid:segment.pivots=-1",
                "hybrid:delta.m=1",
                "hybrid:pivots=3")) {
            IndexSpec spec = IndexSpec.parse(wrong, Metric.EUCLIDEAN, ElementType.FLOAT32, DIMENSION);
            assertThrows(IllegalArgumentException.class, () -> plugins.builder(spec, later), wrong);
        }
    }

    @Test
    void search_parameters_go_to_the_part_that_they_name() {
        try (MutableIndex index = numbered("hybrid:segment=flat,delta=hnsw,delta.m=4", later, 40)) {
            SearchRequest request = SearchRequest.of(numbered(7), 1);
            assertEquals(
                    7,
                    index.search(request.with("delta.ef", 50)).hits().getFirst().id());
            for (String wrong : List.of("ef", "segment.ef", "delta.probe", "deltaef", "delta")) {
                String message = assertThrows(
                                IllegalArgumentException.class, () -> index.search(request.with(wrong, 50)))
                        .getMessage();
                assertTrue(message.startsWith("Unknown parameter "), message);
            }
            assertThrows(IllegalArgumentException.class, () -> index.search(request.with("delta.ef", 0)));
        }
    }

    @Test
    void a_search_that_stops_early_in_the_segment_still_asks_the_delta() {
        for (String form : List.of("hybrid:segment=ml-index,delta=hnsw", "hybrid:segment=ml-index,delta=flat")) {
            try (MutableIndex index = numbered(form, later, 40)) {
                index.add(1_000, numbered(7));
                index.remove(7);
                SearchRequest request = SearchRequest.of(numbered(7), 1);
                for (SearchRequest hasty : List.of(
                        request.stopWhen((hops, distances, kth, candidate) -> hops >= 3),
                        request.stopWhen((hops, distances, kth, candidate) -> candidate > kth))) {
                    assertEquals(1_000, index.search(hasty).hits().getFirst().id(), () -> form + " " + hasty.effort());
                }
            }
        }
    }
}
