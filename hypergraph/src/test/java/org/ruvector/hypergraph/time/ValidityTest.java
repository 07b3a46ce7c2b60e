package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ValidityTest {

    @Property(tries = 1000, seed = "1")
    void aWindowIsMetIfAnyOfItsInstantsIs(
            @ForAll @LongRange(min = -9, max = 9) long from,
            @ForAll @LongRange(min = 0, max = 6) long duration,
            @ForAll @LongRange(min = -12, max = 12) long start,
            @ForAll @LongRange(min = -1, max = 8) long width) {
        Validity validity = new Validity(from, from + duration);
        assertEquals(
                LongStream.range(start, start + width).anyMatch(validity::holds),
                validity.meets(start, start + width),
                () -> validity + " and " + start + " to " + (start + width));
    }

    @Test
    void itHoldsFromTheFirstInstantOnAndBeforeTheLast() {
        Validity fact = new Validity(3, 5);
        assertFalse(fact.holds(2) || fact.holds(5) || fact.event() || fact.open());
        assertTrue(fact.holds(3) && fact.holds(4));
        Validity event = Validity.at(Long.MIN_VALUE);
        assertTrue(event.event() && event.holds(Long.MIN_VALUE) && !event.holds(Long.MIN_VALUE + 1));
        Validity open = Validity.since(7);
        assertTrue(open.open() && open.holds(Long.MAX_VALUE - 1) && !open.holds(6));
    }

    @Test
    void timeBeforeValidityIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Validity(7, 5))
                .getMessage();
        assertTrue(message.startsWith("Time before validity: it ends at 5, before it begins at 7;"), message);
        assertThrows(IllegalArgumentException.class, () -> Validity.at(Validity.OPEN));
        assertThrows(IllegalArgumentException.class, () -> Validity.since(Validity.OPEN));
    }
}
