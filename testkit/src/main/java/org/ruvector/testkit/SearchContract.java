package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.VectorIndex;

/** What must hold for every search of every index. Part of {@link IndexContract}. */
public interface SearchContract extends IndexFixture {

    /** Results are sorted by distance and id, distinct, stored, truly that far away, and as many as k asks for. */
    @Property(tries = 60, seed = "1")
    default void resultsAreSortedDistinctStoredAndFull(@ForAll("corpora") Corpus corpus) {
        Oracle oracle = corpus.oracle();
        try (VectorIndex index = build(corpus)) {
            for (Query query : corpus.queries()) {
                for (int k : new int[] {1, 10}) {
                    SearchRequest request = request(query, k);
                    check(oracle, request, index.search(request));
                }
            }
        }
    }

    /** A k over the size gives everything, even the largest k there is. */
    @Property(tries = 20, seed = "2")
    default void kOverTheSizeGivesEverything(@ForAll("corpora") Corpus corpus) {
        Oracle oracle = corpus.oracle();
        try (VectorIndex index = build(corpus)) {
            for (int k : new int[] {corpus.count() + 1, Integer.MAX_VALUE}) {
                SearchRequest request = request(corpus.queries().getFirst(), k);
                check(oracle, request, index.search(request));
            }
        }
    }

    /** The order in which vectors are handed to an exact index changes no answer. */
    @Property(tries = 20, seed = "3")
    default void permutingInsertionChangesNoExactResult(@ForAll("corpora") Corpus corpus) {
        if (!exact()) {
            return;
        }
        List<Query> reversed = new ArrayList<>();
        long[] ids = new long[corpus.count()];
        for (int i = 0; i < ids.length; i++) {
            int from = ids.length - 1 - i;
            reversed.add(corpus.vector(from));
            ids[i] = corpus.id(from);
        }
        VectorRows rows = Corpus.pack(reversed, corpus.space().type(), corpus.dimension());
        Oracle oracle = corpus.oracle();
        try (VectorIndex forwards = build(corpus);
                VectorIndex backwards = build(corpus.space(), rows, ids)) {
            for (Query query : corpus.queries()) {
                SearchRequest request = request(query, 7);
                oracle.checkSame(request, forwards.search(request), backwards.search(request));
            }
        }
    }

    /** A search through a kept searcher answers like a fresh one, whatever was searched for in between. */
    @Property(tries = 20, seed = "4")
    default void aKeptSearcherAnswersLikeAFreshOne(@ForAll("corpora") Corpus corpus) {
        try (VectorIndex index = build(corpus)) {
            Searcher kept = index.searcher();
            for (Query query : corpus.queries()) {
                List<SearchRequest> requests = List.of(
                        request(query, 3),
                        request(query, Integer.MAX_VALUE),
                        request(query, 20).filter(Filter.where(id -> (id & 1) == 0)),
                        request(query, 1).timeBudget(Duration.ofDays(1)),
                        request(query, 5).within(1e9f),
                        request(query, 3));
                for (SearchRequest request : requests) {
                    SearchResult expected = index.search(request);
                    assertEquals(expected.hits(), kept.search(request).hits());
                    assertEquals(
                            expected.hits(), index.searcher().search(request).hits());
                }
            }
        }
    }

    /** Several threads search at once, each gets the answers that it would get alone. */
    @Test
    default void threadsThatSearchAtOnceDoNotDisturbEachOther() throws Exception {
        RealData data = RealData.digits();
        Space space = mainSpace();
        VectorRows queries = data.queries(space.type());
        try (VectorIndex index = build(data, space, context());
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<List<Hit>> alone = new ArrayList<>();
            for (int i = 0; i < queries.count(); i++) {
                alone.add(index.search(request(queries.query(i), 10)).hits());
            }
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * 25;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 300; i++) {
                        int at = (first + i) % queries.count();
                        SearchRequest request = request(queries.query(at), 10);
                        assertEquals(alone.get(at), index.search(request).hits());
                    }
                }));
            }
            for (Future<?> future : running) {
                future.get(2, TimeUnit.MINUTES);
            }
        }
    }

    /** An index of no vectors is built, has size 0, and finds nothing. */
    @Test
    default void anEmptyIndexFindsNothing() {
        for (Space space : spaces()) {
            try (VectorIndex index = build(space, VectorRows.empty(space.type(), 5), new long[0])) {
                assertEquals(0, index.size());
                Query query = Corpus.zero(space.type(), 5);
                assertEquals(List.of(), index.search(request(query, 3)).hits());
                assertEquals(
                        List.of(),
                        index.search(request(query, 3).filter(Filter.ids(1, 2))).hits());
                assertEquals(
                        List.of(),
                        index.searcher().search(request(query, 3).within(1)).hits());
                assertTrue(index.vector(0).isEmpty());
            }
        }
    }

    /** A query of another dimension or type is refused in the words of {@link org.ruvector.api.IndexSpec#require}. */
    @Test
    default void aQueryOfAnotherShapeIsRefused() {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 24, 50, 5);
            try (VectorIndex index = build(corpus)) {
                List<Query> wrong = new ArrayList<>(List.of(Corpus.zero(space.type(), 25)));
                for (ElementType other : ElementType.values()) {
                    if (other != space.type()) {
                        wrong.add(Corpus.zero(other, 24));
                    }
                }
                for (Query query : wrong) {
                    String message = "The vector has " + query.dimension() + " × "
                            + query.type().text() + ", but this index holds 24 × "
                            + space.type().text();
                    assertEquals(message, refused(() -> index.search(request(query, 3))));
                    assertEquals(message, refused(() -> index.searcher().search(request(query, 3))));
                }
                Query right = corpus.vector(0);
                check(corpus.oracle(), request(right, 3), index.search(request(right, 3)));
            }
        }
    }

    /** An unknown search parameter is refused by name, with those that are known. */
    @Test
    default void anUnknownSearchParameterIsRefused() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 50, 6);
        try (VectorIndex index = build(corpus)) {
            SearchRequest request = request(corpus.vector(0), 3).with("no-such-knob", 1);
            String message = refused(() -> index.search(request));
            assertTrue(message.startsWith("Unknown parameter no-such-knob; "), message);
            assertEquals(message, refused(() -> index.searcher().search(request)));
        }
    }

    /** One nanosecond is enough for a valid, perhaps incomplete, answer; only a complete one may claim to be finished. */
    @Test
    default void aTinyTimeBudgetGivesAValidAnswer() {
        RealData data = RealData.digits();
        Space space = mainSpace();
        Oracle oracle = data.oracle(space);
        try (VectorIndex index = build(data, space, context())) {
            for (int i = 0; i < 10; i++) {
                SearchRequest whole = request(data.queries(space.type()).query(i), 10);
                SearchRequest hurried = whole.timeBudget(Duration.ofNanos(1));
                SearchResult result = index.search(hurried);
                oracle.check(hurried, result);
                if (result.stats().stop() != StopReason.TIME_BUDGET) {
                    assertEquals(index.search(whole).hits(), result.hits(), result.stats()::toString);
                }
                SearchResult patient = index.search(whole.timeBudget(Duration.ofDays(365)));
                assertEquals(index.search(whole).hits(), patient.hits());
            }
        }
    }

    /** A stop policy that says stop is asked once, ends the search, and the answer so far is valid. */
    @Test
    default void aStopPolicyEndsTheSearch() {
        RealData data = RealData.digits();
        Space space = mainSpace();
        Oracle oracle = data.oracle(space);
        try (VectorIndex index = build(data, space, context())) {
            for (int i = 0; i < 10; i++) {
                AtomicInteger asked = new AtomicInteger();
                SearchRequest whole = request(data.queries(space.type()).query(i), 10);
                SearchRequest request = whole.stopWhen((hops, distances, kth, candidate) -> {
                    asked.incrementAndGet();
                    return true;
                });
                SearchResult result = index.search(request);
                oracle.check(request, result);
                assertTrue(asked.get() <= 1, () -> "asked " + asked + " times after it had said stop");
                if (result.stats().stop() == StopReason.POLICY) {
                    assertEquals(1, asked.get(), "ended by a policy that was not asked");
                } else {
                    assertEquals(index.search(whole).hits(), result.hits(), result.stats()::toString);
                }
            }
        }
    }

    /** A stop policy that never says stop changes nothing, and is told of work that only grows. */
    @Test
    default void aStopPolicyIsToldOfWorkThatGrows() {
        RealData data = RealData.digits();
        Space space = mainSpace();
        try (VectorIndex index = build(data, space, context())) {
            for (int i = 0; i < 10; i++) {
                long[] last = new long[2];
                SearchRequest whole = request(data.queries(space.type()).query(i), 10);
                SearchResult result = index.search(whole.stopWhen((hops, distances, kth, candidate) -> {
                    assertTrue(
                            hops >= last[0] && distances >= last[1],
                            () -> hops + " hops after " + last[0] + ", " + distances + " distances after " + last[1]);
                    assertTrue(!Float.isNaN(kth) && !Float.isNaN(candidate), "NaN handed to the policy");
                    last[0] = hops;
                    last[1] = distances;
                    return false;
                }));
                assertEquals(index.search(whole).hits(), result.hits());
                assertTrue(result.stats().stop() != StopReason.POLICY, result.stats()::toString);
            }
        }
    }

    /** After close every search throws {@link IllegalStateException}, also through a searcher made before. */
    @Test
    default void aClosedIndexRefusesToSearch() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 50, 6);
        VectorIndex index = build(corpus);
        Searcher searcher = index.searcher();
        SearchRequest request = request(corpus.vector(0), 3);
        index.close();
        assertThrows(IllegalStateException.class, () -> index.search(request));
        assertThrows(IllegalStateException.class, () -> searcher.search(request));
    }

    /** Closing again does nothing. */
    @Test
    default void closingTwiceIsHarmless() {
        VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 50, 6));
        index.close();
        index.close();
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
