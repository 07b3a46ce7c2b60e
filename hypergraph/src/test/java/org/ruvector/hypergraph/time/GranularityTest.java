package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class GranularityTest {

    /** Within the years that {@link Instant} knows are all longs, so that only the ends need care. */
    @Property(tries = 2000, seed = "1")
    void bucketsAreThoseOfTheCalendar(@ForAll long any, @ForAll int millisecondsOfDays) {
        for (long instant : new long[] {any / 2, millisecondsOfDays * 1000L}) {
            ZonedDateTime time = Instant.ofEpochMilli(instant).atZone(ZoneOffset.UTC);
            ZonedDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
            ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            ZonedDateTime month = day.withDayOfMonth(1);
            requireBucket(Granularity.HOUR, instant, hour, hour.plusHours(1));
            requireBucket(Granularity.DAY, instant, day, day.plusDays(1));
            requireBucket(Granularity.MONTH, instant, month, month.plusMonths(1));
        }
    }

    private static void requireBucket(Granularity granularity, long instant, ZonedDateTime start, ZonedDateTime end) {
        assertEquals(start.toInstant().toEpochMilli(), granularity.start(instant), granularity + " of " + instant);
        assertEquals(end.toInstant().toEpochMilli(), granularity.end(instant), granularity + " of " + instant);
    }

    @Test
    void februaryHas29DaysInALeapYear() {
        long leapDay = Instant.parse("2024-02-29T23:59:59.999Z").toEpochMilli();
        assertEquals(Instant.parse("2024-02-01T00:00:00Z").toEpochMilli(), Granularity.MONTH.start(leapDay));
        assertEquals(leapDay + 1, Granularity.MONTH.end(leapDay));
        assertEquals(leapDay + 1, Granularity.MONTH.start(leapDay + 1));
    }

    @Test
    void beforeTheEpochBucketsStartEarlierNotLater() {
        assertEquals(-3_600_000, Granularity.HOUR.start(-1));
        assertEquals(0, Granularity.HOUR.end(-1));
        assertEquals(Instant.parse("1969-12-01T00:00:00Z").toEpochMilli(), Granularity.MONTH.start(-1));
    }

    @Test
    void theFirstAndTheLastBucketOfAllAreCutOff() {
        for (Granularity granularity : Granularity.values()) {
            assertEquals(Long.MIN_VALUE, granularity.start(Long.MIN_VALUE));
            assertEquals(Long.MAX_VALUE, granularity.end(Long.MAX_VALUE - 1));
            long second = granularity.end(Long.MIN_VALUE);
            assertTrue(second > Long.MIN_VALUE);
            assertEquals(Long.MIN_VALUE, granularity.start(second - 1));
            assertEquals(second, granularity.start(second));
            long last = granularity.start(Long.MAX_VALUE - 1);
            assertEquals(last, granularity.end(last - 1));
        }
    }
}
