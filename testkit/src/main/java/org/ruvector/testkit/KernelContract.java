package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;

/**
 * The contract of distance kernels: equal to the definition in double precision up to the rounding that
 * {@link org.ruvector.api.spi.RowKernel} allows, at every length, alignment and form. A kernel's test implements it and
 * inherits all tests.
 */
public interface KernelContract {

    /** The kernels under test; they must be usable here. */
    KernelProvider provider();

    /** Lengths around the widths of vector registers and their multiples, with odd tails. */
    List<Integer> LENGTHS = List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 100, 127, 128, 129, 200, 255,
            257, 384, 511, 767, 784, 1023, 1025, 1536, 2047, 3072, 4095, 4096);

    /** One pair: by every metric and element type, at every length, for every awkward content. */
    @Test
    default void pairsAgreeWithTheDefinition() {
        forAll((space, length, content) -> {
            Corpus corpus = new Corpus(space, content, length, 5, length);
            VectorRows rows = corpus.rows();
            for (Query query : corpus.queries()) {
                for (int row = 0; row < rows.count(); row++) {
                    float distance = pair(space.metric(), query, rows.segment(), row * rows.stride());
                    requireNear(space, query, rows.query(row), distance, "length " + length + ", " + content);
                }
            }
        });
    }

    /** Rows may start at any byte, and lie further apart than they are long. */
    @Test
    default void rowsMayStartAtAnyByte() {
        forAll((space, length, content) -> {
            if (content != Corpus.Content.NORMAL) {
                return;
            }
            Corpus corpus = new Corpus(space, content, length, 9, length);
            VectorRows rows = corpus.rows();
            Query query = corpus.vector(50);
            int[] ordinals = IntStream.range(0, rows.count()).toArray();
            for (int gap : new int[] {1, 3, 4, 6}) {
                long stride = rows.stride() + gap;
                // Memory of one thread and memory of all may take different ways through a kernel.
                try (Arena arena = gap == 3 ? Arena.ofConfined() : Arena.ofShared()) {
                    // Exactly as long as needed: reading past a row's end is caught at the last one.
                    MemorySegment block = arena.allocate(rows.count() * stride, 1);
                    for (int row = 0; row < rows.count(); row++) {
                        MemorySegment.copy(
                                rows.segment(), row * rows.stride(), block, gap + row * stride, rows.stride());
                        float distance = pair(space.metric(), query, block, gap + row * stride);
                        requireNear(space, query, rows.query(row), distance, "length " + length + ", gap " + gap);
                    }
                    float[] out = new float[rows.count()];
                    bulk(
                            space.metric(),
                            query,
                            new Rows(block.asSlice(gap), stride),
                            ordinals,
                            Float.POSITIVE_INFINITY,
                            out);
                    for (int row = 0; row < rows.count(); row++) {
                        requireNear(
                                space, query, rows.query(row), out[row], "in bulk, length " + length + ", gap " + gap);
                    }
                }
            }
        });
    }

    /** Many rows at once, 0 to 9 and more, repeated ones among them, give what one pair after the other gives. */
    @Test
    default void bulkAgreesWithPairs() {
        forAll((space, length, content) -> {
            Corpus corpus = new Corpus(space, content, length, 20, length);
            VectorRows rows = corpus.rows();
            SplittableRandom random = new SplittableRandom(length);
            Query query = corpus.vector(30);
            for (int n : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33}) {
                int[] ordinals = random.ints(n, 0, rows.count()).toArray();
                int[] asked = ordinals.clone();
                float[] out = new float[n + 3];
                Arrays.fill(out, -77);
                float best = bulk(space.metric(), query, new Rows(rows), asked, Float.POSITIVE_INFINITY, out);
                float smallest = Float.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    String what = "length " + length + ", " + content + ", row " + i + " of " + n;
                    requireNear(space, query, rows.query(ordinals[i]), out[i], what);
                    smallest = Math.min(smallest, out[i]);
                }
                assertEquals(smallest, best, () -> space + ": the smallest of " + n + " at length " + length);
                assertArrayEquals(ordinals, asked, "ordinals were changed");
                for (int i = n; i < out.length; i++) {
                    assertEquals(-77, out[i], "written beyond n");
                }
            }
        });
    }

    /** The same vectors are at the same distance to the bit: as a pair and in bulk, in a group and alone, early and late. */
    @Test
    default void equalInputsGiveEqualBitsInEitherForm() {
        for (Space space : Space.of(EnumSet.allOf(Metric.class), EnumSet.allOf(ElementType.class))) {
            for (int length : new int[] {1, 7, 16, 31, 100, 128, 784}) {
                VectorRows rows = new Corpus(space, Corpus.Content.NORMAL, length, 20, length).rows();
                Query query = new Corpus(space, Corpus.Content.NORMAL, length, 1, 99).vector(0);
                float[] expected = new float[rows.count()];
                for (int row = 0; row < expected.length; row++) {
                    expected[row] = pair(space.metric(), query, rows.segment(), row * rows.stride());
                }
                // Often enough for the compiler to take over from the interpreter, at changing places of a group.
                for (int round = 0; round < 3_000; round++) {
                    int from = round % 7;
                    int[] ordinals = IntStream.range(from, rows.count()).toArray();
                    float[] out = new float[ordinals.length];
                    bulk(space.metric(), query, new Rows(rows), ordinals, Float.POSITIVE_INFINITY, out);
                    String what = space + " at length " + length + " in round " + round;
                    assertArrayEquals(Arrays.copyOfRange(expected, from, expected.length), out, 0, what);
                    float one = pair(space.metric(), query, rows.segment(), from * rows.stride());
                    assertEquals(expected[from], one, 0, what);
                }
            }
        }
    }

    /** Rows at most {@code bound} away get their distance; the others get it too, or something greater than the bound. */
    @Test
    default void rowsWithinTheBoundGetTheirDistance() {
        forAll((space, length, content) -> {
            Corpus corpus = new Corpus(space, content, length, 21, length);
            VectorRows rows = corpus.rows();
            Query query = corpus.vector(30);
            int[] ordinals = IntStream.range(0, rows.count()).toArray();
            float[] all = new float[rows.count()];
            bulk(space.metric(), query, new Rows(rows), ordinals, Float.POSITIVE_INFINITY, all);
            float[] sorted = all.clone();
            Arrays.sort(sorted);
            float[] bounds = {
                Float.NEGATIVE_INFINITY, Math.nextDown(sorted[0]), sorted[0], sorted[10], sorted[20], Float.MAX_VALUE
            };
            for (float bound : bounds) {
                float[] out = new float[rows.count()];
                float best = bulk(space.metric(), query, new Rows(rows), ordinals, bound, out);
                float smallest = Float.POSITIVE_INFINITY;
                for (int row = 0; row < out.length; row++) {
                    smallest = Math.min(smallest, out[row]);
                    Query vector = rows.query(row);
                    double tolerance = Distances.tolerance(space.metric(), query, vector);
                    String what = "length " + length + ", " + content + ", bound " + bound;
                    // Where rounding decides on which side of the bound a row is, either answer will do.
                    if (out[row] <= bound || all[row] <= bound - tolerance) {
                        requireNear(space, query, vector, out[row], what);
                    }
                }
                assertEquals(smallest, best, () -> space + ": the smallest, bound " + bound + ", length " + length);
            }
        });
    }

    /** Sums of extreme bytes do not overflow, up to the largest dimension there is. */
    @Test
    default void sumsOfExtremeBytesDoNotOverflow() {
        for (int length : new int[] {255, 256, 257, 4096, 4097, 33_025, 65_535, 65_536}) {
            for (byte a : new byte[] {Byte.MIN_VALUE, Byte.MAX_VALUE, -1, 0}) {
                for (byte b : new byte[] {Byte.MIN_VALUE, Byte.MAX_VALUE, 1, 0}) {
                    byte[] query = new byte[length];
                    byte[] row = new byte[5 * length];
                    Arrays.fill(query, a);
                    Arrays.fill(row, b);
                    VectorRows rows = VectorRows.ofBytes(row, length);
                    for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.HAMMING))) {
                        Space space = new Space(metric, ElementType.INT8);
                        String what = length + " times " + a + " and " + b;
                        requireNear(
                                space,
                                Query.of(query),
                                rows.query(0),
                                pair(metric, Query.of(query), rows.segment(), 0),
                                what);
                        float[] out = new float[5];
                        int[] ordinals = {0, 1, 2, 3, 4};
                        bulk(metric, Query.of(query), new Rows(rows), ordinals, Float.POSITIVE_INFINITY, out);
                        for (float distance : out) {
                            requireNear(space, Query.of(query), rows.query(0), distance, what);
                        }
                    }
                }
            }
        }
    }

    /** Floats whose squares overflow give infinity, never NaN. */
    @Test
    default void overflowGivesInfinity() {
        for (int length : new int[] {4, 17, 64, 100}) {
            float[] huge = new float[length];
            float[] opposite = new float[length];
            Arrays.fill(huge, 3e38f);
            Arrays.fill(opposite, -3e38f);
            VectorRows rows = VectorRows.ofFloats(opposite, length);
            Query query = Query.of(huge);
            assertEquals(Float.POSITIVE_INFINITY, pair(Metric.EUCLIDEAN, query, rows.segment(), 0));
            assertEquals(Float.POSITIVE_INFINITY, pair(Metric.MANHATTAN, query, rows.segment(), 0));
            assertEquals(Float.POSITIVE_INFINITY, pair(Metric.INNER_PRODUCT, query, rows.segment(), 0));
        }
    }

    /** A cosine depends on no vector's length, not even where squares overflow or vanish in single precision. */
    @Test
    default void cosineHoldsForTheLargestAndTheSmallestFloats() {
        Space space = new Space(Metric.COSINE, ElementType.FLOAT32);
        for (int length : new int[] {1, 3, 17, 100}) {
            for (float a : new float[] {3e38f, 1, 1e-30f, Float.MIN_VALUE}) {
                for (float b : new float[] {-3e38f, 1e20f, 1e-25f, -Float.MIN_VALUE}) {
                    float[] query = new float[length];
                    float[] row = new float[5 * length];
                    Arrays.fill(query, a);
                    Arrays.fill(row, b);
                    VectorRows rows = VectorRows.ofFloats(row, length);
                    float expected = b < 0 ? 2 : 0;
                    assertEquals(
                            expected, pair(Metric.COSINE, Query.of(query), rows.segment(), 0), 1e-5f, a + ", " + b);
                    float[] out = new float[5];
                    int[] ordinals = {0, 1, 2, 3, 4};
                    bulk(space.metric(), Query.of(query), new Rows(rows), ordinals, Float.POSITIVE_INFINITY, out);
                    for (float distance : out) {
                        assertEquals(expected, distance, 1e-5f, a + ", " + b + " in bulk");
                    }
                }
            }
        }
    }

    /** Under cosine the distance from or to a zero vector is 1, in both forms. */
    @Test
    default void underCosineAZeroVectorIsAtDistance1() {
        for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.INT8}) {
            for (int length : LENGTHS) {
                Query zero = Corpus.zero(type, length);
                Query other = new Corpus(new Space(Metric.COSINE, type), Corpus.Content.HUGE, length, 1, 2).vector(0);
                VectorRows rows = Corpus.pack(List.of(zero, other, zero, other, zero), type, length);
                int[] ordinals = {0, 1, 2, 3, 4};
                for (Query query : List.of(zero, other)) {
                    float[] out = new float[5];
                    bulk(Metric.COSINE, query, new Rows(rows), ordinals, Float.POSITIVE_INFINITY, out);
                    for (int row = 0; row < out.length; row++) {
                        float one = pair(Metric.COSINE, query, rows.segment(), row * rows.stride());
                        if (query.equals(zero) || row % 2 == 0) {
                            assertEquals(1f, one, () -> type + " at length " + length);
                            assertEquals(1f, out[row], () -> type + " in bulk at length " + length);
                        }
                    }
                }
            }
        }
    }

    /** Rows beyond two gigabytes are reached. */
    @Test
    default void rowsBeyondTwoGigabytesAreReached() throws IOException {
        int dimension = 1024;
        int last = 600_000;
        Path file = Files.createTempFile("ruvector", ".sparse");
        // A sparse file takes address space but neither memory nor disk.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment rows = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4L * dimension * (last + 1L), arena);
            rows.set(VectorRows.FLOAT, 4L * dimension * last, 3f);
            Query query = Query.of(new float[dimension]);
            assertEquals(9f, pair(Metric.EUCLIDEAN, query, rows, 4L * dimension * last));
            float[] out = new float[5];
            int[] ordinals = {last, 0, last, last - 1, last};
            bulk(Metric.EUCLIDEAN, query, new Rows(rows, 4L * dimension), ordinals, Float.POSITIVE_INFINITY, out);
            assertArrayEquals(new float[] {9, 0, 9, 0, 9}, out);
        } finally {
            Files.delete(file);
        }
    }

    /** Hamming is for bits: asking for it on numbers is refused in a sentence. */
    @Test
    default void hammingOnNumbersIsRefused() {
        for (Runnable call : List.<Runnable>of(
                () -> provider().floats(Metric.HAMMING), () -> provider().bytes(Metric.HAMMING))) {
            String message =
                    assertThrows(IllegalArgumentException.class, call::run).getMessage();
            assertTrue(message.contains("hamming"), message);
        }
    }

    /** Kernels say what they are. */
    @Test
    default void kernelsDescribeThemselves() {
        assertTrue(provider().name().matches("[a-z][a-z0-9-]*"), provider().name());
        assertFalse(provider().describe().isBlank());
        assertTrue(provider().priority() >= 0);
    }

    /**
     * Rows in memory.
     *
     * @param segment where they are
     * @param stride  bytes from one row to the next
     */
    record Rows(MemorySegment segment, long stride) {
        Rows(VectorRows rows) {
            this(rows.segment(), rows.stride());
        }
    }

    /** A check for one metric and element type, one length, and one content. */
    @FunctionalInterface
    interface Check {
        /** Throws an {@link AssertionError} if it fails. */
        void check(Space space, int length, Corpus.Content content);
    }

    private static void forAll(Check check) {
        for (Space space : Space.of(EnumSet.allOf(Metric.class), EnumSet.allOf(ElementType.class))) {
            for (int length : LENGTHS) {
                for (Corpus.Content content : Corpus.Content.values()) {
                    check.check(space, length, content);
                }
            }
        }
    }

    private static void requireNear(Space space, Query query, Query row, float distance, String what) {
        double expected = Distances.distance(space.metric(), query, row);
        double tolerance = Distances.tolerance(space.metric(), query, row);
        assertTrue(
                distance == (float) expected || Math.abs(distance - expected) <= tolerance,
                () -> space + ", " + what + ": " + distance + " instead of " + expected + " (tolerance " + tolerance
                        + ")");
    }

    private float pair(Metric metric, Query query, MemorySegment rows, long offset) {
        return switch (query) {
            case Query.Floats(float[] vector) -> provider().floats(metric).distance(vector, rows, offset);
            case Query.Bytes(byte[] vector) -> provider().bytes(metric).distance(vector, rows, offset);
            case Query.Bits(long[] words, int dimension) -> provider().bits().distance(words, rows, offset);
        };
    }

    private float bulk(Metric metric, Query query, Rows rows, int[] ordinals, float bound, float[] out) {
        MemorySegment block = rows.segment();
        long stride = rows.stride();
        int n = ordinals.length;
        return switch (query) {
            case Query.Floats(float[] vector) ->
                provider().floats(metric).distances(vector, block, stride, ordinals, n, bound, out);
            case Query.Bytes(byte[] vector) ->
                provider().bytes(metric).distances(vector, block, stride, ordinals, n, bound, out);
            case Query.Bits(long[] words, int dimension) ->
                provider().bits().distances(words, block, stride, ordinals, n, bound, out);
        };
    }
}
