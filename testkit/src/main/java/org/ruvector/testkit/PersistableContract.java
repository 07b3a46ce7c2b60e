package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Filter;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.VectorIndex;

/** The contract of indexes that can be saved; implemented beside {@link IndexContract}. No file format is involved. */
public interface PersistableContract extends IndexFixture {

    /** A saved and opened index is the same index: spec, size, vectors, and every answer with and without a filter. */
    @Property(tries = 40, seed = "41")
    default void anOpenedIndexAnswersIdentically(@ForAll("corpora") Corpus corpus) throws IOException {
        try (VectorIndex index = build(corpus);
                VectorIndex opened = open(save(index), index.spec())) {
            assertEquals(index.spec(), opened.spec());
            assertEquals(index.size(), opened.size());
            assertEquals(index.kernel(), opened.kernel());
            corpus.oracle().checkVectors(opened);
            for (Query query : corpus.queries()) {
                requireSameAnswers(index, opened, query);
            }
        }
    }

    /** Also on real data, at the same cost, and after changes where the index can be changed. */
    @Test
    default void anOpenedIndexAnswersIdenticallyOnRealData() throws IOException {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            VectorRows queries = data.queries(space.type());
            try (VectorIndex index = build(data, space, context())) {
                if (index instanceof MutableIndex mutable) {
                    for (int i = 0; i < 500; i++) {
                        mutable.remove(3L * i);
                        mutable.replace(3L * i + 1, queries.query(i % queries.count()));
                    }
                }
                try (VectorIndex opened = open(save(index), index.spec())) {
                    assertEquals(index.size(), opened.size());
                    for (int i = 0; i < queries.count(); i++) {
                        requireSameAnswers(index, opened, queries.query(i));
                    }
                }
            }
        }
    }

    /** Saving twice writes the same bytes, and so does saving what was opened. */
    @Test
    default void savingIsRepeatable() throws IOException {
        RealData data = RealData.digits();
        try (VectorIndex index = build(data, mainSpace(), context())) {
            MemorySections first = save(index);
            requireSameBytes(first, save(index));
            try (VectorIndex opened = open(first, index.spec())) {
                requireSameBytes(first, save(opened));
            }
        }
    }

    /** An opened index can be changed like any other, and what was saved stays as it was. */
    @Test
    default void anOpenedIndexCanBeChanged() throws IOException {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 20, 100, 4);
            try (VectorIndex index = build(corpus)) {
                MemorySections saved = save(index);
                Corpus more = new Corpus(space, Corpus.Content.NORMAL, 20, 150, 4);
                try (VectorIndex opened = open(saved, index.spec())) {
                    if (!(opened instanceof MutableIndex mutable)) {
                        return;
                    }
                    for (int i = 50; i < 150; i++) {
                        mutable.remove(more.id(i));
                        mutable.add(more.id(i), more.vector(i));
                    }
                    SearchRequest request = request(more.vector(120), 150);
                    check(more.oracle(), request, opened.search(request));
                    try (VectorIndex again = open(save(opened), opened.spec())) {
                        check(more.oracle(), request, again.search(request));
                    }
                }
                try (VectorIndex again = open(saved, index.spec())) {
                    requireSameAnswers(index, again, more.vector(120));
                }
            }
        }
    }

    /** The index owns the file: closing it closes the file, and later searches throw {@link IllegalStateException}. */
    @Test
    default void closingTheIndexClosesTheFile() throws IOException {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 20, 100, 4);
        try (VectorIndex index = build(corpus)) {
            MemorySections.Reader file = save(index).reader(index.spec());
            VectorIndex opened = provider().open(file, OpenContext.of(plugins()));
            SearchRequest request = request(corpus.vector(3), 3);
            opened.search(request);
            assertFalse(file.closed());
            opened.close();
            assertTrue(file.closed());
            assertThrows(IllegalStateException.class, () -> opened.search(request));
        }
    }

    /** What another plugin wrote is refused as such. */
    @Test
    default void anotherPluginsFileIsRefused() throws IOException {
        try (VectorIndex index = build(new Corpus(mainSpace(), Corpus.Content.NORMAL, 8, 30, 4))) {
            IndexSpec own = index.spec();
            IndexSpec foreign =
                    new IndexSpec("some-other-plugin", own.parameters(), own.metric(), own.type(), own.dimension());
            MemorySections saved = save(index);
            String message = assertThrows(IndexFileException.WrongProvider.class, () -> open(saved, foreign))
                    .getMessage();
            assertTrue(message.contains("some-other-plugin") && message.contains(own.provider()), message);
        }
    }

    /** A file without one of its sections, or with one cut short, is refused, or that section did not matter. */
    @Test
    default void missingAndShortenedSectionsAreRefused() throws IOException {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 20, 300, 4);
        try (VectorIndex index = build(corpus)) {
            MemorySections whole = save(index);
            for (String name : whole.sections().keySet()) {
                int length = whole.sections().get(name).length;
                for (int left : new int[] {-1, 0, length / 2, length - 1}) {
                    MemorySections damaged = copy(whole);
                    if (left < 0) {
                        damaged.sections().remove(name);
                    } else if (left < length) {
                        damaged.sections()
                                .replace(name, Arrays.copyOf(whole.sections().get(name), left));
                    }
                    try (VectorIndex opened = open(damaged, index.spec())) {
                        requireSameAnswers(index, opened, corpus.vector(3));
                    } catch (IndexFileException expected) {
                        assertFalse(expected.getMessage().isBlank());
                    } catch (RuntimeException e) {
                        throw new AssertionError(
                                "section '" + name + "' cut to " + left + " of " + length + " bytes", e);
                    }
                }
            }
        }
    }

    /**
     * Damaged bytes that the checksums were not asked about end in an {@link IndexFileException} or in a wrong answer, never
     * in another exception or an endless search.
     */
    @Test
    default void damagedBytesNeverCrashASearch() throws IOException {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 20, 300, 4);
        try (VectorIndex index = build(corpus)) {
            MemorySections whole = save(index);
            for (String name : whole.sections().keySet()) {
                byte[] bytes = whole.sections().get(name);
                for (int seed = 0; seed < 60 && bytes.length > 0; seed++) {
                    MemorySections damaged = copy(whole);
                    damage(damaged.sections().get(name), new SplittableRandom(seed));
                    String where = "section '" + name + "', damaged with seed " + seed;
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(60), () -> useDamaged(damaged, index.spec(), corpus, where), where);
                }
            }
        }
    }

    private void useDamaged(MemorySections damaged, IndexSpec spec, Corpus corpus, String where) {
        try (VectorIndex opened = open(damaged, spec)) {
            for (int k : new int[] {1, 10, 300}) {
                SearchRequest request = request(corpus.vector(k), k);
                opened.search(request);
                opened.search(request.filter(Filter.ids(1, 5, 99)));
                opened.search(request.filter(Filter.where(id -> id % 2 == 0)));
            }
            if (opened instanceof MutableIndex mutable) {
                mutable.add(12_345, corpus.vector(400));
                mutable.remove(12_345);
            }
        } catch (IndexFileException expected) {
            assertFalse(expected.getMessage().isBlank());
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
    }

    private static void damage(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0xff);
            default -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
        }
    }

    private void requireSameAnswers(VectorIndex index, VectorIndex opened, Query query) {
        List<SearchRequest> requests = new ArrayList<>();
        for (int k : new int[] {1, 10, Integer.MAX_VALUE}) {
            requests.add(request(query, k));
            requests.add(request(query, k).filter(Filter.where(id -> (id & 3) == 0)));
        }
        List<Hit> all = index.search(request(query, 20)).hits();
        if (!all.isEmpty()) {
            requests.add(request(query, 100).within(all.get(all.size() / 2).distance()));
        }
        for (SearchRequest request : requests) {
            SearchResult expected = index.search(request);
            SearchResult actual = opened.search(request);
            assertEquals(expected.hits(), actual.hits());
            assertEquals(expected.stats().visited(), actual.stats().visited(), "visited");
            assertEquals(expected.stats().plan(), actual.stats().plan());
        }
    }

    private static void requireSameBytes(MemorySections expected, MemorySections actual) {
        assertEquals(
                List.copyOf(expected.sections().keySet()),
                List.copyOf(actual.sections().keySet()));
        expected.sections()
                .forEach((name, bytes) ->
                        assertArrayEquals(bytes, actual.sections().get(name), name));
    }

    private static MemorySections copy(MemorySections sections) {
        MemorySections copy = new MemorySections();
        sections.sections().forEach((name, bytes) -> copy.sections().put(name, bytes.clone()));
        return copy;
    }

    private static MemorySections save(VectorIndex index) throws IOException {
        MemorySections sections = new MemorySections();
        ((Persistable) index).save(sections);
        return sections;
    }

    private VectorIndex open(MemorySections sections, IndexSpec spec) {
        return provider().open(sections.reader(spec), OpenContext.of(plugins()));
    }
}
