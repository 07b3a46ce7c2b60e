package org.ruvector.hypergraph.time;

import java.time.LocalDate;

/**
 * Buckets of the calendar in UTC (proleptic Gregorian, without leap seconds, as {@code java.time}). A bucket holds the instants from
 * its start on and before its end, which is the start of the next. The very first one starts at {@link Long#MIN_VALUE}, the
 * very last one ends at {@link Validity#OPEN}.
 */
public enum Granularity {
    /** From one full hour to the next. */
    HOUR,
    /** From one midnight to the next. */
    DAY,
    /** From the first midnight of a month to that of the next. */
    MONTH;

    private static final long HOUR_LENGTH = 3_600_000;
    private static final long DAY_LENGTH = 24 * HOUR_LENGTH;

    /** The first instant of the bucket of an instant. */
    public long start(long instant) {
        return switch (this) {
            case HOUR -> start(instant, HOUR_LENGTH);
            case DAY -> start(instant, DAY_LENGTH);
            case MONTH -> midnight(month(instant));
        };
    }

    /** The first instant after the bucket of an instant. */
    public long end(long instant) {
        return switch (this) {
            case HOUR -> end(instant, HOUR_LENGTH);
            case DAY -> end(instant, DAY_LENGTH);
            case MONTH -> midnight(month(instant).plusMonths(1));
        };
    }

    private static long start(long instant, long length) {
        long start = instant - Math.floorMod(instant, length);
        return start > instant ? Long.MIN_VALUE : start;
    }

    private static long end(long instant, long length) {
        long end = instant - Math.floorMod(instant, length) + length;
        return end <= instant ? Validity.OPEN : end;
    }

    /** The first day of a month; all instants are in years that {@link LocalDate} knows. */
    private static LocalDate month(long instant) {
        return LocalDate.ofEpochDay(Math.floorDiv(instant, DAY_LENGTH)).withDayOfMonth(1);
    }

    private static long midnight(LocalDate day) {
        long days = day.toEpochDay();
        if (days < Long.MIN_VALUE / DAY_LENGTH) {
            return Long.MIN_VALUE;
        }
        return days > Long.MAX_VALUE / DAY_LENGTH ? Validity.OPEN : days * DAY_LENGTH;
    }
}
