package org.ruvector.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * One vector handed to an index, to search with or to insert. The array is not copied: it belongs to the caller, who must
 * leave it alone until the call that received the query has returned.
 */
public sealed interface Query {

    /** Number of coordinates. */
    int dimension();

    /** How the coordinates are stored. */
    ElementType type();

    /** A float vector. */
    static Query of(float... vector) {
        return new Floats(vector);
    }

    /** A byte vector. */
    static Query of(byte... vector) {
        return new Bytes(vector);
    }

    /** A bit vector of {@code dimension} bits; see {@link ElementType#BIT} for the packing. */
    static Query of(long[] words, int dimension) {
        return new Bits(words, dimension);
    }

    /**
     * A vector of finite floats.
     *
     * @param vector the coordinates, at least one, none NaN or infinite
     */
    record Floats(float[] vector) implements Query {
        /** Refuses an empty vector, NaN and infinity with an {@link IllegalArgumentException} that names the position. */
        public Floats {
            Objects.requireNonNull(vector, "vector");
            requireCoordinates(vector.length);
            int bad = VectorRows.firstNonFinite(vector, 0, vector.length);
            if (bad >= 0) {
                throw new IllegalArgumentException("The vector holds " + vector[bad] + " at position " + bad
                        + "; every coordinate must be a finite number");
            }
        }

        @Override
        public int dimension() {
            return vector.length;
        }

        @Override
        public ElementType type() {
            return ElementType.FLOAT32;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Floats other && Arrays.equals(vector, other.vector);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(vector);
        }

        @Override
        public String toString() {
            return "Floats" + Arrays.toString(vector);
        }
    }

    /**
     * A vector of signed bytes.
     *
     * @param vector the coordinates, at least one
     */
    record Bytes(byte[] vector) implements Query {
        /** Refuses an empty vector with an {@link IllegalArgumentException}. */
        public Bytes {
            Objects.requireNonNull(vector, "vector");
            requireCoordinates(vector.length);
        }

        @Override
        public int dimension() {
            return vector.length;
        }

        @Override
        public ElementType type() {
            return ElementType.INT8;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bytes other && Arrays.equals(vector, other.vector);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(vector);
        }

        @Override
        public String toString() {
            return "Bytes" + Arrays.toString(vector);
        }
    }

    /**
     * A vector of bits, packed as {@link ElementType#BIT} says.
     *
     * @param words     exactly {@code ElementType.words(dimension)} words, spare bits 0
     * @param dimension number of bits, at least one
     */
    record Bits(long[] words, int dimension) implements Query {
        /** Refuses a wrong number of words, and spare bits that are set, with an {@link IllegalArgumentException}. */
        public Bits {
            Objects.requireNonNull(words, "words");
            requireCoordinates(dimension);
            if (words.length != ElementType.words(dimension)) {
                throw new IllegalArgumentException(dimension + " bits need " + ElementType.words(dimension)
                        + " words of 64 bits, but " + words.length + " were given");
            }
            if ((dimension & 63) != 0 && (words[words.length - 1] >>> (dimension & 63)) != 0) {
                throw new IllegalArgumentException(
                        "The last word has bits set beyond bit " + (dimension - 1) + "; spare bits must be 0");
            }
        }

        @Override
        public ElementType type() {
            return ElementType.BIT;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bits other && dimension == other.dimension && Arrays.equals(words, other.words);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(words) + dimension;
        }

        @Override
        public String toString() {
            return "Bits[dimension=" + dimension + ", words=" + Arrays.toString(words) + "]";
        }
    }

    private static void requireCoordinates(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("A vector needs at least one coordinate, but has " + dimension);
        }
    }
}
