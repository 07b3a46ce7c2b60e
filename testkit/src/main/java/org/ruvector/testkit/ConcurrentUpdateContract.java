package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.VectorIndex;

/** What must hold while several threads change and search one index. Part of {@link MutableIndexContract}. */
public interface ConcurrentUpdateContract extends IndexFixture {

    /**
     * Three threads add, remove and replace, each its own ids, while two others search. Each thread finds at once what it
     * added and never what it removed; searches meanwhile are valid; nothing is lost or left over at the end.
     */
    @Test
    default void concurrentChangesAndSearchesLoseNothing() throws Exception {
        VectorRows rows = RealData.digits().base(mainSpace().type());
        int fixed = 400;
        int own = 200;
        long[] ids = new long[fixed];
        Map<Long, Query> model = new ConcurrentHashMap<>();
        for (int i = 0; i < fixed; i++) {
            ids[i] = i;
            model.put((long) i, rows.query(i));
        }
        try (MutableIndex index = (MutableIndex) build(mainSpace(), rows.slice(0, fixed), ids)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Callable<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                int first = fixed + writer * own;
                writers.add(() -> {
                    change(index, rows, model, new SplittableRandom(first), first, own);
                    return null;
                });
            }
            List<Callable<Void>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                int seed = reader;
                readers.add(() -> {
                    searchUntil(done, index, rows, fixed, new SplittableRandom(seed));
                    return null;
                });
            }
            run(writers, readers, done);
            assertEquals(model.size(), index.size());
            requireAll(index, model);
        }
    }

    /** A search for an id that is being replaced finds the old vector or the new one: one hit, never none, never two. */
    @Test
    default void aSearchMeanwhileFindsTheOldOrTheNewVector() throws Exception {
        Space space = mainSpace();
        Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 16, 300, 8);
        Query query = corpus.vector(1000);
        List<Float> distances = new ArrayList<>();
        try (MutableIndex index = (MutableIndex) build(corpus)) {
            SearchRequest request = request(query, 5).filter(Filter.ids(7));
            for (int vector : new int[] {2000, 2001}) {
                index.replace(7, corpus.vector(vector));
                distances.add(index.search(request).hits().getFirst().distance());
            }
            AtomicBoolean done = new AtomicBoolean();
            Callable<Void> writer = () -> {
                for (int i = 0; !done.get(); i++) {
                    assertTrue(index.replace(7, corpus.vector(2000 + i % 2)));
                }
                return null;
            };
            Callable<Void> reader = () -> {
                Searcher searcher = index.searcher();
                for (int i = 0; i < 3000; i++) {
                    List<Hit> hits = searcher.search(request).hits();
                    assertEquals(1, hits.size(), () -> "hits for one id that is there all the time: " + hits);
                    float found = hits.getFirst().distance();
                    assertTrue(
                            distances.stream().anyMatch(known -> Math.abs(known - found) <= 1e-5 * Math.abs(known)),
                            () -> hits + ", not of " + distances);
                }
                return null;
            };
            run(List.of(reader, reader), List.of(writer), done);
            assertEquals(corpus.count(), index.size());
        }
    }

    /** A search meets no vector before it is there: neither under an id of old nor as what the memory held before. */
    @Test
    default void aSearchMeanwhileMeetsOnlyWhatWasAdded() throws Exception {
        int added = 60;
        for (int round = 0; round < 20; round++) {
            int seed = 2 * round;
            // Long vectors take long to write.
            Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 512, 0, seed);
            try (MutableIndex index = (MutableIndex) build(corpus)) {
                AtomicBoolean done = new AtomicBoolean();
                Callable<Void> writer = () -> {
                    for (int i = 0; i < added; i++) {
                        index.add(1000 + i, corpus.vector(i));
                    }
                    return null;
                };
                SearchRequest all = request(corpus.vector(added), 2 * added);
                SearchRequest others = all.filter(Filter.where(id -> id < 1000, 5));
                Callable<Void> reader = () -> {
                    Searcher searcher = index.searcher();
                    while (!done.get()) {
                        List<Hit> hits = searcher.search(all).hits();
                        requireDistinct(hits);
                        assertTrue(
                                hits.stream().allMatch(hit -> hit.id() >= 1000 && hit.id() < 1000 + added),
                                () -> "an id that nobody added: " + hits);
                        assertEquals(List.of(), searcher.search(others).hits(), "hits for ids that nobody added");
                    }
                    return null;
                };
                run(List.of(writer), List.of(reader), done);
            }
        }
    }

    /** While vectors are replaced, for the first time or again, no search finds one id twice. */
    @Test
    default void aSearchMeanwhileFindsNoIdTwice() throws Exception {
        for (int round = 0; round < 20; round++) {
            Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 512, 60, 2L * round);
            try (MutableIndex index = (MutableIndex) build(corpus)) {
                AtomicBoolean done = new AtomicBoolean();
                Callable<Void> writer = () -> {
                    for (int i = 0; i < corpus.count(); i++) {
                        assertTrue(index.replace(corpus.id(i), corpus.vector(1000 + i)));
                    }
                    return null;
                };
                SearchRequest all = request(corpus.vector(2000), 2 * corpus.count());
                Callable<Void> reader = () -> {
                    Searcher searcher = index.searcher();
                    while (!done.get()) {
                        requireDistinct(searcher.search(all).hits());
                    }
                    return null;
                };
                run(List.of(writer), List.of(reader), done);
            }
        }
    }

    /** Searches go on while an index is emptied and filled again. */
    @Test
    default void anIndexMayBeEmptiedAndFilledUnderASearch() throws Exception {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 16, 60, 4);
        try (MutableIndex index = (MutableIndex) build(corpus)) {
            AtomicBoolean done = new AtomicBoolean();
            Callable<Void> writer = () -> {
                for (int round = 0; round < 50; round++) {
                    for (int i = 0; i < corpus.count(); i++) {
                        assertTrue(index.remove(corpus.id(i)));
                    }
                    for (int i = 0; i < corpus.count(); i++) {
                        index.add(corpus.id(i), corpus.vector(i));
                    }
                }
                return null;
            };
            SearchRequest nearest = request(corpus.vector(1000), 1);
            Callable<Void> reader = () -> {
                Searcher searcher = index.searcher();
                while (!done.get()) {
                    assertTrue(searcher.search(nearest).hits().size() <= 1);
                }
                return null;
            };
            run(List.of(writer), List.of(reader, reader), done);
            assertEquals(corpus.count(), index.size());
        }
    }

    private static void requireDistinct(List<Hit> hits) {
        assertEquals(hits.size(), hits.stream().map(Hit::id).distinct().count(), () -> "one id twice: " + hits);
    }

    private void change(
            MutableIndex index, VectorRows rows, Map<Long, Query> model, SplittableRandom random, int first, int own) {
        for (int step = 0; step < 700; step++) {
            long id = first + random.nextLong(own);
            Query vector = rows.query(random.nextInt(rows.count()));
            boolean present = model.containsKey(id);
            int kind = random.nextInt(3);
            boolean there = true;
            if (kind == 0) {
                assertEquals(present, index.replace(id, vector), "answer to replace");
            } else if (present) {
                assertTrue(index.remove(id), "answer to remove");
                there = false;
            } else {
                index.add(id, vector);
            }
            if (there) {
                model.put(id, vector);
            } else {
                model.remove(id);
            }
            // Nobody else touches this id, so this thread knows what must be found from now on.
            SearchRequest request = request(vector, 3).filter(Filter.ids(id));
            List<Hit> hits = index.search(request).hits();
            assertEquals(there ? 1 : 0, hits.size(), () -> "hits for id " + id + " after a change: " + hits);
            if (there) {
                float distance = (float) Distances.distance(mainSpace().metric(), vector, vector);
                assertEquals(
                        distance,
                        hits.getFirst().distance(),
                        Distances.tolerance(mainSpace().metric(), vector, vector));
            }
        }
    }

    private void searchUntil(
            AtomicBoolean done, VectorIndex index, VectorRows rows, int fixed, SplittableRandom random) {
        Searcher searcher = index.searcher();
        while (!done.get()) {
            long id = random.nextInt(fixed);
            Query query = rows.query((int) id);
            SearchResult some = searcher.search(request(query, 10));
            assertEquals(10, some.hits().size(), () -> "hits while others change the index: " + some);
            for (int i = 1; i < some.hits().size(); i++) {
                assertTrue(some.hits().get(i - 1).compareTo(some.hits().get(i)) < 0, () -> "unsorted: " + some);
            }
            assertEquals(10, some.hits().stream().map(Hit::id).distinct().count(), () -> "repeated: " + some);
            assertEquals(
                    List.of(id),
                    searcher.search(request(query, 1).filter(Filter.ids(id))).hits().stream()
                            .map(Hit::id)
                            .toList(),
                    "a vector that is there all the time");
        }
    }

    private void requireAll(VectorIndex index, Map<Long, Query> model) {
        Oracle oracle = Oracle.of(mainSpace().metric(), new HashMap<>(model));
        double sum = 0;
        for (Query vector : model.values()) {
            SearchRequest request = request(vector, 10);
            SearchResult result = index.search(request);
            check(oracle, request, result);
            sum += oracle.recall(request, result);
        }
        double recall = sum / model.size();
        assertTrue(recall >= recallFloor(), () -> "recall@10 after concurrent changes: " + recall);
        SearchRequest everything = request(model.values().iterator().next(), Integer.MAX_VALUE);
        check(oracle, everything, index.search(everything));
    }

    /** Runs all tasks at once; {@code done} is set when the bounded ones have ended, and ends the others. */
    private static void run(List<Callable<Void>> bounded, List<Callable<Void>> untilDone, AtomicBoolean done)
            throws Exception {
        // Daemons that nobody waits for: an index that deadlocks shall fail its test, not hang the build.
        ExecutorService threads = Executors.newCachedThreadPool(
                task -> Thread.ofPlatform().daemon().unstarted(task));
        List<Future<Void>> others = untilDone.stream().map(threads::submit).toList();
        List<Future<Void>> counted = bounded.stream().map(threads::submit).toList();
        try {
            for (Future<Void> future : counted) {
                finish(future);
            }
            done.set(true);
            for (Future<Void> future : others) {
                finish(future);
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    private static void finish(Future<Void> future) throws Exception {
        try {
            future.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            // The error is more use than the future around it; its stack is still that of its own thread.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        }
    }
}
