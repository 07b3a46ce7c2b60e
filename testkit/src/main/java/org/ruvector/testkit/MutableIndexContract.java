package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;

/** The contract of indexes that change; implemented beside {@link IndexContract}. */
public interface MutableIndexContract extends ConcurrentUpdateContract {

    /**
     * One change of an index.
     *
     * @param kind   what is done
     * @param id     the number of the id, in the corpus
     * @param vector the number of the vector, in the corpus
     */
    record Change(Kind kind, int id, int vector) {
        /** What can be done. */
        public enum Kind {
            /** {@link MutableIndex#add}. */
            ADD,
            /** {@link MutableIndex#remove}. */
            REMOVE,
            /** {@link MutableIndex#replace}. */
            REPLACE
        }
    }

    /** Awkward vectors, few enough to be searched after every change. */
    @Provide
    default Arbitrary<Corpus> smallCorpora() {
        return CorpusArbitraries.corpora(spaces(), 25);
    }

    /** Changes among few ids, so that each is added, removed and added again. */
    @Provide
    default Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of(Change.Kind.class),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 60))
                .as(Change::new)
                .list()
                .ofMaxSize(60);
    }

    /** After any sequence of changes the index answers as the model does, which is a map. */
    @Property(tries = 60, seed = "31")
    default void anySequenceOfChangesMatchesAModel(
            @ForAll("smallCorpora") Corpus corpus, @ForAll("changes") List<Change> changes) {
        Map<Long, Query> model = new TreeMap<>();
        for (int i = 0; i < corpus.count(); i++) {
            model.put(corpus.id(i), corpus.vector(i));
        }
        try (MutableIndex index = (MutableIndex) build(corpus)) {
            Searcher searcher = index.searcher();
            for (Change change : changes) {
                apply(change, corpus, index, model);
                assertEquals(model.size(), index.size(), () -> "size after " + change);
                Oracle oracle = Oracle.of(corpus.space().metric(), model);
                for (int k : new int[] {3, Integer.MAX_VALUE}) {
                    SearchRequest request = request(corpus.vector(change.vector()), k);
                    check(oracle, request, searcher.search(request));
                }
                SearchRequest filtered = request(corpus.vector(change.vector()), 3)
                        .filter(Filter.ids(corpus.id(change.id()), corpus.id(1), corpus.id(2)));
                check(oracle, filtered, searcher.search(filtered));
                assertEquals(
                        model.containsKey(corpus.id(change.id())),
                        index.vector(corpus.id(change.id())).isPresent());
            }
            Oracle.of(corpus.space().metric(), model).checkVectors(index);
        }
    }

    private static void apply(Change change, Corpus corpus, MutableIndex index, Map<Long, Query> model) {
        long id = corpus.id(change.id());
        Query vector = corpus.vector(change.vector());
        switch (change.kind()) {
            case ADD -> {
                if (model.containsKey(id)) {
                    String message = assertThrows(IllegalArgumentException.class, () -> index.add(id, vector))
                            .getMessage();
                    assertTrue(message.contains(Long.toString(id)), message);
                } else {
                    index.add(id, vector);
                    model.put(id, vector);
                }
            }
            case REMOVE -> assertEquals(model.remove(id) != null, index.remove(id), () -> "answer to " + change);
            case REPLACE ->
                assertEquals(model.put(id, vector) != null, index.replace(id, vector), () -> "answer to " + change);
        }
    }

    /** An index that began empty and was filled by single adds finds as much as one that was built. */
    @Test
    default void anIndexFilledByAddsFindsAsMuchAsABuiltOne() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            VectorRows base = data.base(space.type());
            VectorRows none = VectorRows.empty(space.type(), data.dimension());
            try (MutableIndex index = (MutableIndex) build(space, none, new long[0])) {
                for (int i = 0; i < base.count(); i++) {
                    index.add(i, base.query(i));
                }
                new Recall(this, data, space).require(index, "added one by one");
            }
        }
    }

    /** After half was removed, and again after a quarter was replaced, the index finds as much as promised. */
    @Test
    default void recallSurvivesRemovalAndReplacement() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            VectorRows base = data.base(space.type());
            Map<Long, Query> model = new HashMap<>();
            try (MutableIndex index = (MutableIndex) build(data, space, context())) {
                for (int i = 0; i < base.count(); i++) {
                    if (i % 2 == 0) {
                        assertTrue(index.remove(i));
                    } else {
                        model.put((long) i, base.query(i));
                    }
                }
                new Recall(this, data, space).require(index, Oracle.of(space.metric(), model), "half removed");
                for (int i = 1; i < base.count(); i += 4) {
                    model.put((long) i, base.query(i - 1));
                    assertTrue(index.replace(i, base.query(i - 1)));
                }
                new Recall(this, data, space).require(index, Oracle.of(space.metric(), model), "quarter replaced");
            }
        }
    }

    /** Vectors that come and go leave no rubbish behind: memory stays, and so does recall. */
    @Test
    default void spaceIsReusedWhenVectorsComeAndGo() {
        RealData data = RealData.digits();
        Space space = mainSpace();
        VectorRows base = data.base(space.type());
        Map<Long, Query> model = new HashMap<>();
        for (int i = 0; i < base.count(); i++) {
            model.put((long) i, base.query(i));
        }
        try (MutableIndex index = (MutableIndex) build(data, space, context())) {
            long before = index.memory().total();
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 600; i++) {
                    int row = (round * 600 + i) % base.count();
                    long oldId = row + (long) (round * 600 + i - row) / base.count() * 10_000;
                    long newId = oldId + 10_000;
                    assertTrue(index.remove(oldId));
                    index.add(newId, base.query(row));
                    model.put(newId, model.remove(oldId));
                }
            }
            new Recall(this, data, space)
                    .require(index, Oracle.of(space.metric(), model), "after 3,600 comings and goings");
            long after = index.memory().total();
            assertTrue(after <= 1.5 * before, () -> before + " bytes became " + after);
        }
    }

    /** When everything was removed nothing is found, and the index can be filled again. */
    @Test
    default void anEmptiedIndexCanBeFilledAgain() {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 10, 100, 3);
            try (MutableIndex index = (MutableIndex) build(corpus)) {
                SearchRequest request = request(corpus.vector(4), 20);
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < corpus.count(); i++) {
                        assertTrue(index.remove(corpus.id(i)));
                    }
                    assertEquals(0, index.size());
                    assertEquals(List.of(), index.search(request).hits());
                    for (int i = corpus.count() - 1; i >= 0; i--) {
                        index.add(corpus.id(i), corpus.vector(i));
                    }
                    check(corpus.oracle(), request, index.search(request));
                }
            }
        }
    }

    /** A vector of another shape is refused in the words of {@link org.ruvector.api.IndexSpec#require}, and nothing changes. */
    @Test
    default void aVectorOfAnotherShapeIsRefused() {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 24, 50, 6);
            try (MutableIndex index = (MutableIndex) build(corpus)) {
                for (ElementType type : ElementType.values()) {
                    Query wrong = Corpus.zero(type, type == space.type() ? 25 : 24);
                    String message = "The vector has " + wrong.dimension() + " × " + type.text()
                            + ", but this index holds 24 × " + space.type().text();
                    assertEquals(message, refused(() -> index.add(1000, wrong)));
                    assertEquals(message, refused(() -> index.replace(1000, wrong)));
                    assertEquals(message, refused(() -> index.replace(7, wrong)));
                }
                assertEquals(corpus.count(), index.size());
                SearchRequest request = request(corpus.vector(7), 50);
                check(corpus.oracle(), request, index.search(request));
            }
        }
    }

    /** Vectors are copied: what happens to an array after the call changes nothing. */
    @Test
    default void addedVectorsAreCopied() {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 70, 20, 8);
            try (MutableIndex index = (MutableIndex) build(corpus)) {
                Map<Long, Query> model = new HashMap<>();
                for (int i = 0; i < 30; i++) {
                    Query vector = corpus.vector(100 + i);
                    model.put(corpus.id(i), corpus.vector(100 + i));
                    index.replace(corpus.id(i), vector);
                    switch (vector) {
                        case Query.Floats(float[] v) -> v[0] += 1;
                        case Query.Bytes(byte[] v) -> v[0] = 1;
                        case Query.Bits(long[] v, int dimension) -> v[0] ^= 1;
                    }
                }
                SearchRequest request = request(corpus.vector(104), 30);
                Oracle oracle = Oracle.of(space.metric(), model);
                check(oracle, request, index.search(request));
                oracle.checkVectors(index);
            }
        }
    }

    /** A closed index refuses changes with an {@link IllegalStateException}. */
    @Test
    default void aClosedIndexRefusesChanges() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 50, 6);
        MutableIndex index = (MutableIndex) build(corpus);
        index.close();
        assertThrows(IllegalStateException.class, () -> index.add(100, corpus.vector(1)));
        assertThrows(IllegalStateException.class, () -> index.replace(1, corpus.vector(2)));
        assertThrows(IllegalStateException.class, () -> index.remove(1));
    }

    /** A searcher kept across changes sees them. */
    @Test
    default void aKeptSearcherSeesChanges() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 50, 6);
        try (MutableIndex index = (MutableIndex) build(corpus)) {
            Searcher searcher = index.searcher();
            SearchRequest request = request(corpus.vector(500), 1);
            searcher.search(request);
            // Many more than there were, so that whatever the searcher keeps per vector must grow.
            for (int i = 50; i < 3000; i++) {
                index.add(i, corpus.vector(i));
            }
            SearchResult found = searcher.search(request);
            assertEquals(500, found.hits().getFirst().id());
            assertTrue(index.remove(500));
            assertFalse(index.remove(500));
            assertTrue(searcher.search(request).hits().stream().noneMatch(hit -> hit.id() == 500));
        }
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
