package org.ruvector.datasets;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/** What becomes of the unsigned bytes of {@code .bvecs}, IDX and some {@code .npy} files, which no index holds. */
public enum UnsignedBytes {
    /** Floats 0 to 255: four times the memory, good for every metric. */
    TO_FLOAT32,
    /**
     * Signed bytes {@code v − 128}. All coordinates move alike, so Euclidean and Manhattan distances stay what they
     * were; cosine and inner product do not.
     */
    TO_INT8;

    /** The type of the rows that come out. */
    public ElementType type() {
        return this == TO_FLOAT32 ? ElementType.FLOAT32 : ElementType.INT8;
    }

    /** Turns one row of bytes at {@code offset} into row {@code row} of {@code out}, which has {@link #type()}. */
    void decode(MemorySegment in, long offset, VectorRows out, int row) {
        MemorySegment to = out.segment();
        long start = row * out.stride();
        int n = out.dimension();
        switch (this) {
            case TO_FLOAT32 -> {
                for (int j = 0; j < n; j++) {
                    to.set(VectorRows.FLOAT, start + 4L * j, in.get(ValueLayout.JAVA_BYTE, offset + j) & 0xff);
                }
            }
            case TO_INT8 -> {
                for (int j = 0; j < n; j++) {
                    to.set(ValueLayout.JAVA_BYTE, start + j, (byte) (in.get(ValueLayout.JAVA_BYTE, offset + j) ^ 0x80));
                }
            }
        }
    }

    /** Puts a row back into unsigned bytes: the inverse of either way of {@link #decode}. */
    static void encode(VectorRows rows, int row, ByteBuffer out) {
        MemorySegment from = rows.segment();
        long start = row * rows.stride();
        for (int j = 0; j < rows.dimension(); j++) {
            switch (rows.type()) {
                case INT8 -> out.put((byte) (from.get(ValueLayout.JAVA_BYTE, start + j) ^ 0x80));
                case FLOAT32 -> {
                    float value = from.get(VectorRows.FLOAT, start + 4L * j);
                    if (value != (int) value || value < 0 || value > 255) {
                        throw new IllegalArgumentException("Row " + row + " holds " + value + " at position " + j
                                + "; only whole numbers from 0 to 255 can be written as unsigned bytes");
                    }
                    out.put((byte) (int) value);
                }
                case BIT -> throw new IllegalArgumentException("Bit vectors cannot be written as unsigned bytes");
            }
        }
    }
}
