package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.VectorIndex;

/** What must hold when an index is built. Part of {@link IndexContract}. */
public interface BuildContract extends IndexFixture {

    /** An index tells what it is, how much it holds, where its bytes are, and gives every vector back. */
    @Property(tries = 20, seed = "21")
    default void anIndexTellsWhatItHolds(@ForAll("corpora") Corpus corpus) {
        try (VectorIndex index = build(corpus)) {
            assertEquals(corpus.count(), index.size());
            assertEquals(corpus.space().metric(), index.metric());
            IndexSpec spec = index.spec();
            assertEquals(provider().name(), spec.provider());
            assertEquals(corpus.space(), new Space(spec.metric(), spec.type()));
            assertEquals(corpus.dimension(), spec.dimension());
            buildParameters()
                    .asMap()
                    .forEach((name, value) ->
                            assertEquals(value, spec.parameters().getText(name, "missing"), "build parameter " + name));
            provider().builder(spec, context());
            assertEquals(context().kernel().describe(), index.kernel());
            MemoryReport memory = index.memory();
            assertTrue(
                    memory.total() >= corpus.rows().byteSize() || recallFloor() < 1,
                    () -> "less memory than the vectors need: " + memory);
            for (MemoryReport.Part part : memory.parts()) {
                assertTrue(part.bytes() >= 0 && !part.name().isBlank(), part::toString);
            }
            corpus.oracle().checkVectors(index);
            assertTrue(index.vector(corpus.id(corpus.count() + 2)).isEmpty());
        }
    }

    /** Every dimension from 1 to 4,096 works, and the stored vector itself is the nearest. */
    @Test
    default void dimensionsFrom1To4096Work() {
        int[] dimensions = {
            1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255, 257, 384, 768, 1023, 1025, 1536,
            2047, 3072, 4095, 4096
        };
        for (Space space : spaces()) {
            for (int dimension : dimensions) {
                Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, dimension, 30, dimension);
                Oracle oracle = corpus.oracle();
                try (VectorIndex index = build(corpus)) {
                    SearchRequest request = request(corpus.vector(7), 5);
                    check(oracle, request, index.search(request));
                }
            }
        }
    }

    /** Ten thousand equal vectors are built, and a search among them gives k of them. */
    @Test
    default void tenThousandEqualVectors() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.CONSTANT, 16, 10_000, 2);
        try (VectorIndex index = build(corpus)) {
            assertEquals(10_000, index.size());
            for (int k : new int[] {1, 10, 100}) {
                SearchRequest request = request(corpus.vector(0), k);
                check(corpus.oracle(), request, index.search(request));
            }
        }
    }

    /** Under cosine a zero vector is at distance 1 from everything, itself included. */
    @Test
    default void underCosineAZeroVectorIsAtDistance1() {
        for (Space space : spaces()) {
            if (space.metric() == Metric.COSINE) {
                Corpus corpus = new Corpus(space, Corpus.Content.ZEROS, 12, 30, 4);
                Query zero = Corpus.zero(space.type(), 12);
                try (VectorIndex index = build(corpus)) {
                    SearchResult result = index.search(request(zero, 30));
                    assertEquals(30, result.hits().size());
                    result.hits().forEach(hit -> assertEquals(1f, hit.distance()));
                    index.search(request(corpus.vector(1), 30)).hits().stream()
                            .filter(hit -> hit.id() % 3 == 0)
                            .forEach(hit -> assertEquals(1f, hit.distance()));
                }
            }
        }
    }

    /** NaN and infinity are refused in the words of {@link VectorRows#requireValid}: row, position and value. */
    @Test
    default void nanAndInfinityAreRefusedByPosition() {
        for (Space space : spaces()) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                if (space.type() == ElementType.FLOAT32) {
                    float[] data = new float[10 * 6];
                    data[3 * 6 + 5] = bad;
                    VectorRows rows = VectorRows.ofFloats(data, 6);
                    assertEquals(
                            "Row 3 holds " + bad + " at position 5; every coordinate must be a finite number",
                            refused(() -> build(space, rows, ids(10))));
                }
            }
        }
    }

    /** Bit rows whose spare bits are set are refused likewise: they would count in every distance. */
    @Test
    default void spareBitsThatAreSetAreRefusedByRow() {
        for (Space space : spaces()) {
            if (space.type() == ElementType.BIT) {
                VectorRows rows = VectorRows.ofBits(new long[] {1, 2, 3, 1L << 6}, 6);
                assertEquals(
                        "Row 3 has bits set beyond bit 5; spare bits must be 0",
                        refused(() -> build(space, rows, ids(4))));
            }
        }
    }

    /** An id that comes twice is refused by name, with the row where it comes again. */
    @Test
    default void anIdThatComesTwiceIsRefused() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 6, 10, 2);
        long[] ids = ids(10);
        ids[2] = 770_077;
        ids[8] = 770_077;
        String message = refused(() -> build(corpus.space(), corpus.rows(), ids));
        assertTrue(message.contains("770077") && message.matches("(?s).*\\b8\\b.*"), message);
    }

    /** As many ids as rows are needed; the message names both numbers. */
    @Test
    default void anotherNumberOfIdsThanRowsIsRefused() {
        Corpus corpus = new Corpus(mainSpace(), Corpus.Content.NORMAL, 6, 10, 2);
        for (int count : new int[] {9, 11}) {
            String message = refused(() -> build(corpus.space(), corpus.rows(), ids(count)));
            assertTrue(message.contains("10") && message.contains(Integer.toString(count)), message);
        }
    }

    /** Rows of another dimension or type are refused in the words of {@link IndexSpec#require}. */
    @Test
    default void rowsOfAnotherShapeAreRefused() {
        for (Space space : spaces()) {
            IndexBuilder builder = provider().builder(spec(space, 24), context());
            List<VectorRows> wrong = new ArrayList<>(List.of(VectorRows.empty(space.type(), 25)));
            for (ElementType other : ElementType.values()) {
                if (other != space.type()) {
                    wrong.add(Corpus.pack(List.of(Corpus.zero(other, 24)), other, 24));
                }
            }
            for (VectorRows rows : wrong) {
                assertEquals(
                        "The rows have " + rows.dimension() + " × "
                                + rows.type().text() + ", but this index holds 24 × "
                                + space.type().text(),
                        refused(() -> builder.build(rows)));
            }
        }
    }

    /** An unknown build parameter is refused by name, with those that are known, before any work is done. */
    @Test
    default void anUnknownBuildParameterIsRefused() {
        Parameters parameters = buildParameters().with("no-such-parameter", 1);
        IndexSpec spec = new IndexSpec(
                provider().name(), parameters, mainSpace().metric(), mainSpace().type(), 8);
        String message = refused(() -> provider().builder(spec, context()));
        assertTrue(message.startsWith("Unknown parameter no-such-parameter; "), message);
    }

    /** Rows and ids are copied: what happens to them after the build changes nothing. */
    @Test
    default void rowsAndIdsAreCopied() {
        for (Space space : spaces()) {
            Corpus corpus = new Corpus(space, Corpus.Content.NORMAL, 12, 60, 2);
            VectorRows rows = corpus.rows();
            long[] ids = corpus.ids();
            try (VectorIndex index = build(space, rows, ids)) {
                rows.segment().fill((byte) 0);
                Arrays.fill(ids, -1);
                SearchRequest request = request(corpus.vector(3), 60);
                check(corpus.oracle(), request, index.search(request));
            }
        }
    }

    /** A build is told to stop through its progress, at the first report or a later one, and then throws. */
    @Test
    default void aBuildCanBeCancelled() {
        RealData data = RealData.digits();
        AtomicInteger reports = new AtomicInteger();
        build(data, mainSpace(), context().progress((stage, done, total) -> {
                    reports.incrementAndGet();
                    assertFalse(stage.isBlank());
                    assertTrue(done >= 0 && (total == -1 || done <= total), () -> done + " of " + total);
                    return true;
                }))
                .close();
        assertTrue(reports.get() > 0, "a build of 1,697 vectors reported no progress");
        for (int last : new int[] {1, (reports.get() + 1) / 2}) {
            AtomicInteger seen = new AtomicInteger();
            BuildContext impatient = context().progress((stage, done, total) -> seen.incrementAndGet() < last);
            assertThrows(CancellationException.class, () -> build(data, mainSpace(), impatient));
        }
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            BuildContext unwilling = context().progress((stage, done, total) -> false);
            assertThrows(CancellationException.class, () -> build(data, mainSpace(), unwilling.on(two, 2)));
        }
    }

    /** The same rows, parameters and seed on one thread give the same index: the same answers at the same cost. */
    @Test
    default void aBuildOnOneThreadIsRepeatable() {
        RealData data = RealData.digits();
        for (Space space : spaces()) {
            VectorRows queries = data.queries(space.type());
            try (VectorIndex first = build(data, space, context());
                    VectorIndex second = build(data, space, context())) {
                assertEquals(first.memory(), second.memory());
                for (int i = 0; i < queries.count(); i++) {
                    SearchResult a = first.search(request(queries.query(i), 10));
                    SearchResult b = second.search(request(queries.query(i), 10));
                    assertEquals(a.hits(), b.hits());
                    assertEquals(a.stats().visited(), b.stats().visited());
                    assertEquals(a.stats().exactDistances(), b.stats().exactDistances());
                    assertEquals(a.stats().codeDistances(), b.stats().codeDistances());
                }
            }
        }
    }

    private static long[] ids(int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = i;
        }
        return ids;
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
