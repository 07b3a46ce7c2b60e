package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class FilterTest {

    @Provide
    Arbitrary<long[]> dense() {
        return Arbitraries.longs().between(0, 300).array(long[].class).ofMaxSize(200);
    }

    @Provide
    Arbitrary<long[]> sparse() {
        Arbitrary<Long> borders = Arbitraries.of(
                Long.MIN_VALUE,
                -1L,
                0L,
                1L,
                65_535L,
                65_536L,
                66_560L,
                (long) Integer.MAX_VALUE,
                1L << 32,
                Long.MAX_VALUE);
        return Arbitraries.oneOf(borders, Arbitraries.longs())
                .array(long[].class)
                .ofMaxSize(20);
    }

    @Property(tries = 200, seed = "1")
    void denseIdsAreASet(@ForAll("dense") long[] ids) {
        requireSet(ids);
    }

    @Property(tries = 200, seed = "2")
    void sparseIdsAreASet(@ForAll("sparse") long[] ids) {
        requireSet(ids);
    }

    private static void requireSet(long[] ids) {
        Set<Long> model = new TreeSet<>();
        for (long id : ids) {
            model.add(id);
        }
        Filter.Ids filter = (Filter.Ids) Filter.ids(ids);
        assertEquals(model.size(), filter.cardinality());
        int i = 0;
        for (long id : model) {
            assertEquals(id, filter.id(i++));
        }
        for (long base : ids) {
            // Also ids that an int would take for one of the set.
            for (long id : new long[] {base, base - 1, base + 1, base + (1L << 32), -base}) {
                assertEquals(model.contains(id), filter.matches(id), () -> id + " in " + model);
            }
        }
        for (long id : new long[] {Long.MIN_VALUE, -1, 0, 1, 64, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertEquals(model.contains(id), filter.matches(id), () -> id + " in " + model);
        }
    }

    @Test
    void theArrayOfIdsIsCopied() {
        long[] ids = {3, 1, 3};
        Filter filter = Filter.ids(ids);
        ids[0] = 7;
        assertTrue(filter.matches(3));
        assertFalse(filter.matches(7));
        assertEquals("Ids[2]", filter.toString());
        assertEquals(Filter.ids(1, 3), filter);
        assertEquals(Filter.ids(1, 3).hashCode(), filter.hashCode());
        assertNotEquals(Filter.ids(1, 4), filter);
    }

    @Test
    void noIdsMatchNothing() {
        assertEquals(0, Filter.ids().cardinality());
        assertFalse(Filter.ids().matches(0));
    }

    @Test
    void allLetsEverythingThrough() {
        assertTrue(Filter.all().matches(Long.MIN_VALUE));
        assertEquals(-1, Filter.all().cardinality());
    }

    @Test
    void aPredicateMayComeWithAnEstimate() {
        assertEquals(-1, Filter.where(id -> id > 5).cardinality());
        Filter filter = Filter.where(id -> id > 5, 100);
        assertEquals(100, filter.cardinality());
        assertTrue(filter.matches(6));
        assertFalse(filter.matches(5));
        assertEquals(
                "cardinality is -2; it must be −1 (unknown) or more",
                assertThrows(IllegalArgumentException.class, () -> Filter.where(id -> true, -2))
                        .getMessage());
        assertThrows(NullPointerException.class, () -> Filter.where(null));
    }
}
