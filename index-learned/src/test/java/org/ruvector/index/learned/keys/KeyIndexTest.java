package org.ruvector.index.learned.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.datasets.KeyDistribution;
import org.ruvector.index.learned.keys.KeyIndex.Positions;

class KeyIndexTest {

    private static final int LOOKUPS = 10_000_000;

    private static void agrees(KeyIndex index, long code) {
        int expected = new BinarySearch(index.keys()).position(code);
        int found = index.position(code);
        if (found != expected) {
            assertEquals(expected, found, () -> index + " of " + index.keys().size() + " keys, code " + code);
        }
    }

    /** Long keys of all kinds: crowded, spread over everything, with many duplicates, in a few heaps. */
    @Provide
    Arbitrary<long[]> longs() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-20, 20).array(long[].class).ofMaxSize(200),
                        Arbitraries.longs().array(long[].class).ofMaxSize(200),
                        Arbitraries.longs()
                                .between(0, 1L << 40)
                                .array(long[].class)
                                .ofMaxSize(1_000),
                        Arbitraries.of(
                                        Long.MIN_VALUE,
                                        Long.MIN_VALUE + 1,
                                        -1L,
                                        0L,
                                        1L,
                                        Long.MAX_VALUE - 1,
                                        Long.MAX_VALUE)
                                .array(long[].class)
                                .ofMaxSize(50))
                .map(keys -> {
                    Arrays.sort(keys);
                    return keys;
                });
    }

    @Provide
    Arbitrary<double[]> doubles() {
        return Arbitraries.oneOf(
                        Arbitraries.doubles().array(double[].class).ofMaxSize(200),
                        Arbitraries.doubles()
                                .between(-1, 1)
                                .array(double[].class)
                                .ofMaxSize(1_000),
                        Arbitraries.of(
                                        Double.NEGATIVE_INFINITY,
                                        -Double.MAX_VALUE,
                                        -Double.MIN_VALUE,
                                        -0.0,
                                        0.0,
                                        Double.MIN_VALUE,
                                        1.0,
                                        Double.MAX_VALUE,
                                        Double.POSITIVE_INFINITY)
                                .array(double[].class)
                                .ofMaxSize(50))
                .map(keys -> {
                    Arrays.sort(keys);
                    return keys;
                });
    }

    @Property(tries = 200)
    void a_learned_index_finds_what_binary_search_finds_among_longs(@ForAll("longs") long[] array, @ForAll long seed) {
        SortedKeys keys = SortedKeys.of(array);
        for (Function<SortedKeys, KeyIndex> form : LearnedKeys.forms()) {
            KeyIndex index = form.apply(keys);
            for (long key : array) {
                agrees(index, key);
                agrees(index, key == Long.MAX_VALUE ? key : key + 1);
                agrees(index, key == Long.MIN_VALUE ? key : key - 1);
            }
            SplittableRandom random = new SplittableRandom(seed);
            LongStream.of(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE, random.nextLong(), random.nextLong(1L << 40))
                    .forEach(key -> agrees(index, key));
        }
    }

    @Property(tries = 200)
    void a_learned_index_finds_what_binary_search_finds_among_doubles(
            @ForAll("doubles") double[] array, @ForAll double other) {
        SortedKeys keys = SortedKeys.of(array);
        for (Function<SortedKeys, KeyIndex> form : LearnedKeys.forms()) {
            KeyIndex index = form.apply(keys);
            DoubleStream.concat(
                            DoubleStream.of(other, 0, -0.0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                            DoubleStream.of(array)
                                    .flatMap(key -> DoubleStream.of(Math.nextDown(key), key, Math.nextUp(key))))
                    .forEach(key -> agrees(index, keys.codeOf(key)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_learned_index_agrees_with_binary_search_on_ten_million_look_ups(KeyDistribution distribution) {
        SortedKeys keys = SortedKeys.of(distribution.keys(1_000_000, 42));
        long[] wanted = lookUps(keys.codes());
        int[] expected = Arrays.stream(wanted)
                .mapToInt(code -> new BinarySearch(keys).position(code))
                .toArray();
        for (Function<SortedKeys, KeyIndex> form : LearnedKeys.forms()) {
            KeyIndex index = form.apply(keys);
            for (int i = 0; i < wanted.length; i++) {
                if (index.position(wanted[i]) != expected[i]) {
                    assertEquals(expected[i], index.position(wanted[i]), index + " for " + wanted[i]);
                }
            }
        }
    }

    /** Present keys, what is beside them, the middle of gaps, anything within, and anything at all. */
    private static long[] lookUps(long[] codes) {
        SplittableRandom random = new SplittableRandom(7);
        long last = codes[codes.length - 1];
        long[] wanted = new long[LOOKUPS / KeyDistribution.values().length];
        for (int i = 0; i < wanted.length; i++) {
            int at = random.nextInt(codes.length);
            wanted[i] = switch (i & 7) {
                case 0, 1 -> codes[at];
                case 2 -> codes[at] + 1;
                case 3 -> codes[at] - 1;
                case 4 -> at == 0 ? codes[at] : codes[at - 1] + (codes[at] - codes[at - 1]) / 2;
                case 5, 6 -> random.nextLong(last + 1);
                default -> random.nextLong();
            };
        }
        return wanted;
    }

    @Test
    void the_tree_map_finds_first_positions_too() {
        KeyIndex tree = new TreeMapIndex(SortedKeys.of(1L, 3, 3, 3, 7));
        assertEquals(
                List.of(0, 0, 1, 1, 4, 4, 5),
                LongStream.of(0, 1, 2, 3, 4, 7, 8).mapToObj(tree::lowerBound).toList());
    }

    @Test
    void a_range_has_both_its_ends() {
        for (Function<SortedKeys, KeyIndex> form : LearnedKeys.forms()) {
            KeyIndex index = form.apply(SortedKeys.of(Long.MIN_VALUE, 1, 3, 3, 3, 7, Long.MAX_VALUE));
            assertEquals(new Positions(2, 6), index.range(2L, 7L));
            assertEquals(3, index.range(3L, 3L).count());
            assertEquals(new Positions(0, 7), index.range(Long.MIN_VALUE, Long.MAX_VALUE));
            assertEquals(0, index.range(4L, 6L).count());
            assertThrows(IllegalArgumentException.class, () -> index.range(7L, 2L));
            KeyIndex doubles = form.apply(SortedKeys.of(-2.5, 0.0, 0.25, Double.POSITIVE_INFINITY));
            assertEquals(new Positions(1, 3), doubles.range(-0.0, 1e300));
            assertEquals(new Positions(0, 4), doubles.range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
    }

    @Test
    void what_is_not_in_order_or_of_the_other_type_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> SortedKeys.of(2L, 1L));
        assertThrows(IllegalArgumentException.class, () -> SortedKeys.of(0.0, Double.NaN));
        KeyIndex longs = PgmIndex.of(SortedKeys.of(1L, 2L));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> longs.lowerBound(1.5))
                .getMessage()
                .contains("1.5"));
        assertThrows(
                IllegalArgumentException.class,
                () -> PgmIndex.of(SortedKeys.of(1.0)).lowerBound(1L));
        assertThrows(IllegalArgumentException.class, () -> PgmIndex.of(longs.keys(), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RecursiveModelIndex.Stages(
                        CdfModel.LINEAR, CdfModel.LINEAR, 0, CdfModel.NEURAL, 4, LastMile.BINARY));
    }
}
