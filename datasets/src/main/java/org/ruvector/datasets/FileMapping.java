package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.OffHeap;

/** What the readers share: a file seen as memory, whatever its length, and rows that are checked as they are made. */
final class FileMapping {

    /** Little-endian int at any byte offset. */
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int EXPONENT = 0x7f800000;

    private FileMapping() {}

    /** The whole file, read-only, for as long as the arena lives. */
    static MemorySegment map(Path file, Arena arena) throws IOException {
        requireFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** Throws a sentence where the JDK would throw the bare name. */
    static void requireFile(Path file) throws DatasetException {
        if (!Files.exists(file)) {
            throw new DatasetException.Missing(file.toString(), "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file.toString(), "is not a file");
        }
    }

    /** Native rows to be filled by a reader. The caller has seen that the file is long enough for them. */
    static VectorRows allocate(Arena arena, ElementType type, int dimension, int count) {
        // Not Arena.allocate: the JVM holds that to the size of the Java heap.
        return new VectorRows(OffHeap.allocate(arena, type.rowBytes(dimension) * count), type, dimension, count);
    }

    /** Throws unless there can be vectors of this shape. */
    static void requireShape(String file, long offset, long count, long dimension) throws DatasetException {
        if (dimension < 1 || dimension > IndexSpec.MAX_DIMENSION) {
            throw new DatasetException(
                    file,
                    offset,
                    "the dimension is " + dimension + "; it must be from 1 to " + IndexSpec.MAX_DIMENSION);
        }
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new DatasetException(
                    file, offset, "there are " + count + " rows; at most " + Integer.MAX_VALUE + " can be used");
        }
    }

    /**
     * Throws if the row of floats at {@code at} holds NaN or an infinity.
     *
     * @param fileOffset where in the file that row begins
     */
    static void requireFinite(String file, long fileOffset, MemorySegment rows, long at, int row, int dimension)
            throws DatasetException {
        // All exponent bits set marks NaN and infinity; or-ing keeps the common all-finite pass free of branches.
        int bad = 0;
        for (int j = 0; j < dimension; j++) {
            bad |= (rows.get(INT, at + 4L * j) & EXPONENT) + 0x00800000;
        }
        for (int j = 0; bad < 0 && j < dimension; j++) {
            float value = rows.get(VectorRows.FLOAT, at + 4L * j);
            if (!Float.isFinite(value)) {
                throw notFinite(file, fileOffset + 4L * j, row, j, value);
            }
        }
    }

    static DatasetException notFinite(String file, long offset, int row, int position, Object value) {
        return new DatasetException(
                file,
                offset,
                "row " + row + " holds " + value + " at position " + position
                        + "; every coordinate must be a finite 32-bit float");
    }
}
