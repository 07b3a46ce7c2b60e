package org.ruvector.api;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A read-only view of vectors as rows of one row-major native block, row {@code i} at byte {@code i · stride()}. Kernels,
 * indexes and quantizers all read this one kind, whether the block was allocated or mapped from a file.
 *
 * <p>The view neither owns nor copies the block; it is as thread-safe, and lives as long, as the segment's arena allows.
 *
 * @param segment   native, little-endian, at least {@code count · stride()} bytes
 * @param type      how a coordinate is stored
 * @param dimension coordinates per row, at least 1
 * @param count     number of rows, 0 or more
 */
public record VectorRows(MemorySegment segment, ElementType type, int dimension, int count) {

    /** Little-endian float at any byte offset. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Little-endian long at any byte offset. */
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Refuses heap segments and blocks that are too short with an {@link IllegalArgumentException}. */
    public VectorRows {
        Objects.requireNonNull(segment, "segment");
        Objects.requireNonNull(type, "type");
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it must be at least 1");
        }
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + "; it must not be negative");
        }
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "The rows lie on the Java heap; kernels read native memory only: use VectorRows.ofFloats and the like");
        }
        long needed = type.rowBytes(dimension) * count;
        if (segment.byteSize() < needed) {
            throw new IllegalArgumentException("The block has " + segment.byteSize() + " bytes, but " + count
                    + " rows of " + dimension + " × " + type.text() + " need " + needed);
        }
    }

    /** Bytes from one row to the next. */
    public long stride() {
        return type.rowBytes(dimension);
    }

    /** Bytes of all rows. */
    public long byteSize() {
        return stride() * count;
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive), without copying. */
    public VectorRows slice(int from, int to) {
        Objects.checkFromToIndex(from, to, count);
        return new VectorRows(segment.asSlice(from * stride(), (to - from) * stride()), type, dimension, to - from);
    }

    /** Row {@code row} as a query that owns a fresh copy of it. */
    public Query query(int row) {
        Objects.checkIndex(row, count);
        long offset = row * stride();
        return switch (type) {
            case FLOAT32 -> {
                float[] vector = new float[dimension];
                MemorySegment.copy(segment, FLOAT, offset, vector, 0, dimension);
                yield new Query.Floats(vector);
            }
            case INT8 -> {
                byte[] vector = new byte[dimension];
                MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, vector, 0, dimension);
                yield new Query.Bytes(vector);
            }
            case BIT -> {
                long[] words = new long[ElementType.words(dimension)];
                MemorySegment.copy(segment, LONG, offset, words, 0, words.length);
                yield new Query.Bits(words, dimension);
            }
        };
    }

    /**
     * Throws unless every row is a vector that a {@link Query} may hold: floats must be finite, spare bits 0; bytes always
     * are.
     *
     * @throws IllegalArgumentException naming the first bad row and, of floats, position and value
     */
    public VectorRows requireValid() {
        switch (type) {
            case FLOAT32 -> requireFinite();
            case INT8 -> {}
            case BIT -> requireSpareBitsClear();
        }
        return this;
    }

    private void requireFinite() {
        float[] row = new float[dimension];
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(segment, FLOAT, i * stride(), row, 0, dimension);
            int bad = firstNonFinite(row, 0, dimension);
            if (bad >= 0) {
                throw new IllegalArgumentException("Row " + i + " holds " + row[bad] + " at position " + bad
                        + "; every coordinate must be a finite number");
            }
        }
    }

    private void requireSpareBitsClear() {
        int used = dimension & 63;
        for (int i = 0; used != 0 && i < count; i++) {
            if (segment.get(LONG, (i + 1) * stride() - Long.BYTES) >>> used != 0) {
                throw new IllegalArgumentException(
                        "Row " + i + " has bits set beyond bit " + (dimension - 1) + "; spare bits must be 0");
            }
        }
    }

    /** No rows of the given shape. */
    public static VectorRows empty(ElementType type, int dimension) {
        return new VectorRows(MemorySegment.NULL, type, dimension, 0);
    }

    /**
     * A native copy of row-major floats; the garbage collector frees it.
     *
     * @param data {@code count · dimension} floats
     */
    public static VectorRows ofFloats(float[] data, int dimension) {
        int count = rowCount(data.length, dimension);
        MemorySegment block = Arena.ofAuto().allocate(Math.max(4L * data.length, 1), 64);
        MemorySegment.copy(data, 0, block, FLOAT, 0, data.length);
        return new VectorRows(block, ElementType.FLOAT32, dimension, count);
    }

    /**
     * A native copy of row-major bytes; the garbage collector frees it.
     *
     * @param data {@code count · dimension} bytes
     */
    public static VectorRows ofBytes(byte[] data, int dimension) {
        int count = rowCount(data.length, dimension);
        MemorySegment block = Arena.ofAuto().allocate(Math.max(data.length, 1), 64);
        MemorySegment.copy(data, 0, block, ValueLayout.JAVA_BYTE, 0, data.length);
        return new VectorRows(block, ElementType.INT8, dimension, count);
    }

    /**
     * A native copy of row-major bit vectors; the garbage collector frees it.
     *
     * @param words {@code count · ElementType.words(dimension)} words
     */
    public static VectorRows ofBits(long[] words, int dimension) {
        int count = rowCount(words.length, ElementType.words(dimension));
        MemorySegment block = Arena.ofAuto().allocate(Math.max(8L * words.length, 1), 64);
        MemorySegment.copy(words, 0, block, LONG, 0, words.length);
        return new VectorRows(block, ElementType.BIT, dimension, count);
    }

    /** Index of the first NaN or infinity in {@code v[from, from + n)} counted from {@code from}, or −1. */
    static int firstNonFinite(float[] v, int from, int n) {
        // All exponent bits set marks NaN and infinity; or-ing keeps the common all-finite pass free of branches.
        int bad = 0;
        for (int i = from; i < from + n; i++) {
            bad |= (Float.floatToRawIntBits(v[i]) & 0x7f800000) + 0x00800000;
        }
        if (bad >= 0) {
            return -1;
        }
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(v[from + i])) {
                return i;
            }
        }
        return -1;
    }

    private static int rowCount(int length, int perRow) {
        if (perRow < 1) {
            throw new IllegalArgumentException("dimension is " + perRow + "; it must be at least 1");
        }
        if (length % perRow != 0) {
            throw new IllegalArgumentException(
                    length + " elements are not a whole number of rows of " + perRow + " elements");
        }
        return length / perRow;
    }
}
