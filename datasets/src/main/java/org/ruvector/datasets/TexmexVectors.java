package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * The formats of the TEXMEX collection (SIFT1M, GIST1M, BIGANN): every row is its dimension {@code d} as a
 * little-endian 32-bit integer followed by {@code d} coordinates: 32-bit floats in {@code .fvecs}, unsigned bytes in
 * {@code .bvecs}, 32-bit integers in {@code .ivecs}. All rows of a file have the same dimension.
 *
 * <p>Readers take files of any length, check every row's dimension and every float, and throw {@link DatasetException}
 * if a row's dimension differs from the first, the file ends inside a row, is empty, or holds NaN or an infinity.
 * Writers replace the file only when the new one is complete. Stateless; time and space are linear in the file.
 *
 * <p>Source: Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", IEEE TPAMI 33(1), 2011, and
 * the collection's own description of its files.
 */
public final class TexmexVectors {

    private TexmexVectors() {}

    /** Reads {@code .fvecs} into native memory of the arena. */
    public static VectorRows readFvecs(Path file, Arena arena) throws IOException {
        try (Arena reading = Arena.ofShared()) {
            MemorySegment in = FileMapping.map(file, reading);
            int dimension = dimension(file, in);
            int count = check(file, in, dimension, 4);
            VectorRows rows = FileMapping.allocate(arena, ElementType.FLOAT32, dimension, count);
            long stride = rows.stride();
            for (int i = 0; i < count; i++) {
                long at = i * (4 + stride) + 4;
                MemorySegment.copy(in, at, rows.segment(), i * stride, stride);
                FileMapping.requireFinite(file.toString(), at, rows.segment(), i * stride, i, dimension);
            }
            return rows;
        }
    }

    /** Reads {@code .bvecs} into native memory of the arena. */
    public static VectorRows readBvecs(Path file, Arena arena, UnsignedBytes as) throws IOException {
        try (Arena reading = Arena.ofShared()) {
            MemorySegment in = FileMapping.map(file, reading);
            int dimension = dimension(file, in);
            VectorRows rows = FileMapping.allocate(arena, as.type(), dimension, check(file, in, dimension, 1));
            for (int i = 0; i < rows.count(); i++) {
                as.decode(in, i * (4L + dimension) + 4, rows, i);
            }
            return rows;
        }
    }

    /** Reads {@code .ivecs}; at most 2³¹ − 1 integers in all. */
    public static IntTable readIvecs(Path file) throws IOException {
        try (Arena reading = Arena.ofShared()) {
            MemorySegment in = FileMapping.map(file, reading);
            int columns = dimension(file, in);
            int count = check(file, in, columns, 4);
            if ((long) count * columns > Integer.MAX_VALUE) {
                throw new DatasetException(
                        file.toString(), count + " × " + columns + " integers do not fit one array of 2^31 - 1");
            }
            int[] values = new int[count * columns];
            for (int i = 0; i < count; i++) {
                MemorySegment.copy(in, FileMapping.INT, i * (4 + 4L * columns) + 4, values, i * columns, columns);
            }
            return new IntTable(values, columns);
        }
    }

    /**
     * Writes float rows as {@code .fvecs}.
     *
     * @throws IllegalArgumentException if the rows are not floats
     */
    public static void writeFvecs(Path file, VectorRows rows) throws IOException {
        if (rows.type() != ElementType.FLOAT32) {
            throw new IllegalArgumentException("An .fvecs file holds float32 rows, not "
                    + rows.type().text() + (rows.type() == ElementType.INT8 ? "; write .bvecs or .npy" : ""));
        }
        AtomicFile.write(
                file,
                new byte[0],
                rows.count(),
                4 + rows.stride(),
                (row, out) -> out.putInt(rows.dimension())
                        .put(rows.segment()
                                .asSlice(row * rows.stride(), rows.stride())
                                .asByteBuffer()));
    }

    /**
     * Writes rows as {@code .bvecs}, the inverse of {@link #readBvecs} for either choice of {@link UnsignedBytes}.
     *
     * @throws IllegalArgumentException if the rows are bits, or floats other than whole numbers from 0 to 255
     */
    public static void writeBvecs(Path file, VectorRows rows) throws IOException {
        AtomicFile.write(
                file,
                new byte[0],
                rows.count(),
                4L + rows.dimension(),
                (row, out) -> UnsignedBytes.encode(rows, row, out.putInt(rows.dimension())));
    }

    /** Writes integers as {@code .ivecs}. */
    public static void writeIvecs(Path file, IntTable table) throws IOException {
        int columns = table.columns();
        AtomicFile.write(file, new byte[0], table.rows(), 4 + 4L * columns, (row, out) -> {
            out.putInt(columns);
            for (int j = 0; j < columns; j++) {
                out.putInt(table.at(row, j));
            }
        });
    }

    /** The dimension that the first row claims, which every other must repeat. */
    private static int dimension(Path file, MemorySegment in) throws DatasetException {
        if (in.byteSize() < 4) {
            throw new DatasetException(
                    file.toString(), "has " + in.byteSize() + " bytes; even one row's dimension needs 4");
        }
        int dimension = in.get(FileMapping.INT, 0);
        FileMapping.requireShape(file.toString(), 0, 0, dimension);
        return dimension;
    }

    /** Looks at every row's dimension and the file's end, and returns the number of rows. */
    private static int check(Path file, MemorySegment in, int dimension, int coordinateBytes) throws DatasetException {
        long step = 4 + (long) coordinateBytes * dimension;
        long count = in.byteSize() / step;
        FileMapping.requireShape(file.toString(), 0, count, dimension);
        for (long at = 0; at + 4 <= in.byteSize(); at += step) {
            int found = in.get(FileMapping.INT, at);
            if (found != dimension) {
                throw new DatasetException(
                        file.toString(),
                        at,
                        "row " + at / step + " has dimension " + found + ", but the rows before it have " + dimension);
            }
        }
        long rest = in.byteSize() - count * step;
        if (rest != 0) {
            throw new DatasetException(
                    file.toString(),
                    count * step,
                    "the last row has " + rest + " bytes, but dimension " + dimension + " needs " + step
                            + "; the file was cut short or has something at its end");
        }
        return (int) count;
    }
}
