package org.ruvector.api;

import java.util.Locale;

/** What one coordinate of a vector is stored as. Everything is little-endian. */
public enum ElementType {
    /** IEEE 754 single precision, four bytes. */
    FLOAT32,
    /** A signed byte, −128 to 127. */
    INT8,
    /** One bit, packed into 64-bit words: bit {@code i} is bit {@code i mod 64} of word {@code i / 64}; spare bits are 0. */
    BIT;

    /** Bytes of one row of {@code dimension} coordinates. */
    public long rowBytes(int dimension) {
        return switch (this) {
            case FLOAT32 -> 4L * dimension;
            case INT8 -> dimension;
            case BIT -> 8L * words(dimension);
        };
    }

    /** The name used in files and reports: {@code float32}, {@code int8} or {@code bit}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Number of 64-bit words that hold {@code bits} bits. */
    public static int words(int bits) {
        return (bits + 63) >>> 6;
    }
}
