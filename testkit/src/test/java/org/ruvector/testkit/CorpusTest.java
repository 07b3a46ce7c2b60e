package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

final class CorpusTest {

    @Provide
    Arbitrary<Corpus> corpora() {
        return CorpusArbitraries.corpora(Space.of(EnumSet.allOf(Metric.class), EnumSet.allOf(ElementType.class)), 100);
    }

    @Property(tries = 200, seed = "1")
    void aCorpusIsTheSameEachTime(@ForAll("corpora") Corpus corpus) {
        VectorRows rows = corpus.rows().requireValid();
        assertEquals(corpus.count(), rows.count());
        assertEquals(corpus.queries(), corpus.queries());
        long[] ids = corpus.ids();
        assertEquals(corpus.count(), Arrays.stream(ids).distinct().count());
        for (int i = 0; i < ids.length; i++) {
            assertEquals(corpus.vector(i), rows.query(i));
            assertEquals(corpus.id(i), ids[i]);
        }
    }

    @Test
    void thereAreNineSpaces() {
        assertEquals(
                9,
                Space.of(EnumSet.allOf(Metric.class), EnumSet.allOf(ElementType.class))
                        .size());
        assertEquals(
                List.of("euclidean on float32", "euclidean on int8"),
                Space.of(
                                EnumSet.of(Metric.EUCLIDEAN, Metric.HAMMING),
                                EnumSet.of(ElementType.FLOAT32, ElementType.INT8))
                        .stream()
                        .map(Space::toString)
                        .toList());
    }

    @Test
    void scatteredIdsReachBothEndsOfLong() {
        Space space = new Space(Metric.EUCLIDEAN, ElementType.INT8);
        long[] ids = new Corpus(space, Corpus.Content.GRID, 1, 1000, 7).ids();
        assertTrue(Arrays.stream(ids).anyMatch(id -> id == Long.MIN_VALUE));
        assertTrue(Arrays.stream(ids).anyMatch(id -> id == Long.MAX_VALUE));
        assertEquals(1000, Arrays.stream(ids).distinct().count());
    }
}
