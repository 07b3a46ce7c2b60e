package org.ruvector.index.learned.keys;

/**
 * Numbers in ascending order, perhaps with duplicates: what a {@link KeyIndex} finds positions in. Keys are {@code long} or
 * {@code double}. Doubles are held as longs in the same order, their <em>codes</em>; a long is its own code.
 *
 * <p>Takes 8 bytes a key. Immutable as long as nobody writes to an array of longs that was given.
 */
public final class SortedKeys {

    private final long[] codes;
    private final boolean doubles;

    private SortedKeys(long[] codes, boolean doubles) {
        this.codes = codes;
        this.doubles = doubles;
    }

    /**
     * Longs.
     *
     * @param ascending kept, not copied
     * @throws IllegalArgumentException if they are not in ascending order
     */
    public static SortedKeys of(long... ascending) {
        for (int i = 1; i < ascending.length; i++) {
            if (ascending[i - 1] > ascending[i]) {
                throw new IllegalArgumentException("Key " + i + " is " + ascending[i] + " and follows "
                        + ascending[i - 1] + "; keys must be in ascending order: sort them first");
            }
        }
        return new SortedKeys(ascending, false);
    }

    /**
     * Doubles; infinities are keys like others, and negative zero equals zero.
     *
     * @param ascending copied
     * @throws IllegalArgumentException if they are not in ascending order, or one is not a number
     */
    public static SortedKeys of(double... ascending) {
        long[] codes = new long[ascending.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(ascending[i]);
            if (i > 0 && codes[i - 1] > codes[i]) {
                throw new IllegalArgumentException("Key " + i + " is " + ascending[i] + " and follows "
                        + ascending[i - 1] + "; keys must be in ascending order: sort them first");
            }
        }
        return new SortedKeys(codes, true);
    }

    /** How many there are. */
    public int size() {
        return codes.length;
    }

    /** Whether the keys are doubles. */
    public boolean areDoubles() {
        return doubles;
    }

    /**
     * The code of a long key.
     *
     * @throws IllegalArgumentException if the keys are doubles
     */
    public long codeOf(long key) {
        if (doubles) {
            throw new IllegalArgumentException("These keys are doubles; ask for " + key + ".0");
        }
        return key;
    }

    /**
     * The code of a double key.
     *
     * @throws IllegalArgumentException if the keys are longs, or this is not a number
     */
    public long codeOf(double key) {
        if (!doubles) {
            throw new IllegalArgumentException("These keys are longs; ask for a long, not for " + key);
        }
        return code(key);
    }

    /** The codes, in ascending order; not to be written to. */
    long[] codes() {
        return codes;
    }

    /** Where a key is on the line of numbers, for models: the double itself, or the long rounded to one. */
    double coordinate(long code) {
        return doubles ? Double.longBitsToDouble(code < 0 ? code ^ Long.MAX_VALUE : code) : code;
    }

    private static long code(double key) {
        if (Double.isNaN(key)) {
            throw new IllegalArgumentException("A key is not a number (NaN), and has no place in an order");
        }
        // Adding zero turns negative zero into zero. Negative numbers' bits ascend with their size: all but the sign is
        // flipped.
        long bits = Double.doubleToRawLongBits(key + 0.0);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
