package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * NumPy's {@code .npy}: a magic word, a version (1 or 2), a header with element type, order and shape, then the
 * elements. Read are two-dimensional arrays {@code (rows, dimension)} in C order and, where an element has several
 * bytes, little-endian: {@code float32} and {@code float64} (rounded to {@code float32}) and {@code uint8} as float
 * rows, {@code int8} as byte rows, {@code int32} and {@code int64} as tables of integers.
 *
 * <p>{@code float32} and {@code int8} rows are not copied but mapped: they live in the file, which must not be changed
 * while the arena lives. Everything that does not fit throws {@link DatasetException}: another type, order or shape, a
 * file that is shorter or longer than its header says, NaN, infinities. Stateless; time is linear in the file.
 *
 * <p>Source: the NumPy reference, module {@code numpy.lib.format}.
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, ]*)\\)");

    private Npy() {}

    /** What stands before the elements. */
    private record Header(String file, String type, long rows, long columns, long dataOffset) {}

    /** Reads vectors; {@code float32} and {@code int8} are mapped into the arena, the rest is copied into it. */
    public static VectorRows read(Path file, Arena arena, UnsignedBytes as) throws IOException {
        MemorySegment in = FileMapping.map(file, arena);
        Header header = header(file, in);
        FileMapping.requireShape(header.file, 0, header.rows, header.columns);
        return switch (header.type) {
            case "<f4" -> requireFinite(header, mapped(header, in, ElementType.FLOAT32));
            case "|i1" -> mapped(header, in, ElementType.INT8);
            case "<f8" -> fromDoubles(header, in, arena);
            case "|u1" -> fromBytes(header, in, arena, as);
            default ->
                throw new DatasetException(
                        header.file,
                        "holds elements of type '" + header.type
                                + "'; vectors are read from <f4, <f8, |u1 and |i1: convert with array.astype('<f4')");
        };
    }

    /**
     * Reads a table of {@code int32} or {@code int64}, such as neighbours; at most 2³¹ − 1 integers in all, each of at
     * most 32 bits.
     */
    public static IntTable readInts(Path file) throws IOException {
        try (Arena reading = Arena.ofShared()) {
            MemorySegment in = FileMapping.map(file, reading);
            Header header = header(file, in);
            long elements = header.rows * header.columns;
            if (elements > Integer.MAX_VALUE || header.columns < 1) {
                throw new DatasetException(
                        header.file,
                        header.rows + " × " + header.columns + " integers are not from 1 column up to 2^31 - 1 in all");
            }
            int[] values = new int[(int) elements];
            switch (header.type) {
                case "<i4" -> MemorySegment.copy(in, FileMapping.INT, header.dataOffset, values, 0, values.length);
                case "<i8" -> {
                    for (int i = 0; i < values.length; i++) {
                        long at = header.dataOffset + 8L * i;
                        long value = in.get(VectorRows.LONG, at);
                        values[i] = (int) value;
                        if (values[i] != value) {
                            throw new DatasetException(header.file, at, value + " does not fit 32 bits");
                        }
                    }
                }
                default ->
                    throw new DatasetException(
                            header.file,
                            "holds elements of type '" + header.type
                                    + "'; integers are read from <i4 and <i8: convert with array.astype('<i4')");
            }
            return new IntTable(values, (int) header.columns);
        }
    }

    /**
     * Writes float rows as {@code float32} and byte rows as {@code int8}.
     *
     * @throws IllegalArgumentException if the rows are bits
     */
    public static void write(Path file, VectorRows rows) throws IOException {
        String type = switch (rows.type()) {
            case FLOAT32 -> "<f4";
            case INT8 -> "|i1";
            case BIT -> throw new IllegalArgumentException("Bit vectors cannot be written as .npy");
        };
        AtomicFile.write(
                file,
                header(type, rows.count(), rows.dimension()),
                rows.count(),
                rows.stride(),
                (row, out) -> out.put(rows.segment()
                        .asSlice(row * rows.stride(), rows.stride())
                        .asByteBuffer()));
    }

    /**
     * Writes rows as {@code uint8}, the inverse of {@link #read} for either choice of {@link UnsignedBytes}.
     *
     * @throws IllegalArgumentException if the rows are bits, or floats other than whole numbers from 0 to 255
     */
    public static void writeUnsigned(Path file, VectorRows rows) throws IOException {
        AtomicFile.write(
                file,
                header("|u1", rows.count(), rows.dimension()),
                rows.count(),
                rows.dimension(),
                (row, out) -> UnsignedBytes.encode(rows, row, out));
    }

    /** Writes integers as {@code int32}. */
    public static void writeInts(Path file, IntTable table) throws IOException {
        int columns = table.columns();
        AtomicFile.write(file, header("<i4", table.rows(), columns), table.rows(), 4L * columns, (row, out) -> {
            for (int j = 0; j < columns; j++) {
                out.putInt(table.at(row, j));
            }
        });
    }

    /** A version-1 header, padded so that the elements begin at a multiple of 64. */
    static byte[] header(String type, int rows, int columns) {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int length = (MAGIC.length + 4 + text.length() + 1 + 63) / 64 * 64;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        header[8] = (byte) (length - 10);
        header[9] = (byte) ((length - 10) >>> 8);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, header, 10, text.length());
        header[length - 1] = '\n';
        return header;
    }

    private static Header header(Path path, MemorySegment in) throws DatasetException {
        String file = path.toString();
        if (in.byteSize() < 12 || in.mismatch(MemorySegment.ofArray(MAGIC)) != MAGIC.length) {
            throw new DatasetException(file, 0, "is no .npy file: it does not begin with \\x93NUMPY");
        }
        int version = in.get(ValueLayout.JAVA_BYTE, 6);
        if (version != 1 && version != 2) {
            throw new DatasetException(file, 6, "has format version " + version + "; versions 1 and 2 can be read");
        }
        int start = version == 1 ? 10 : 12;
        long length = version == 1 ? in.get(SHORT, 8) & 0xffffL : in.get(FileMapping.INT, 8) & 0xffffffffL;
        if (length > LONGEST_HEADER || start + length > in.byteSize()) {
            throw new DatasetException(
                    file,
                    8,
                    "the header claims " + length + " bytes, but the file has " + (in.byteSize() - start)
                            + " after this and no header is longer than " + LONGEST_HEADER);
        }
        String text = new String(in.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        String type = find(file, start, text, DESCR, "a plain 'descr'");
        if (find(file, start, text, ORDER, "'fortran_order'").equals("True")) {
            throw new DatasetException(
                    file, start, "is in Fortran order; save it with numpy.save(file, numpy.ascontiguousarray(array))");
        }
        return sized(file, start, find(file, start, text, SHAPE, "a 'shape'"), type, start + length, in.byteSize());
    }

    /** Compares what the header promises with the file's length. */
    private static Header sized(String file, int start, String shape, String type, long dataOffset, long fileBytes)
            throws DatasetException {
        String[] extents = shape.replace(" ", "").split(",", -1);
        if (extents.length != 2 || extents[0].isEmpty() || extents[1].isEmpty()) {
            throw new DatasetException(
                    file, start, "has shape (" + shape.strip() + "); two extents are needed: rows and dimension");
        }
        long elementBytes = type.matches("[<|][a-z][0-9]{1,2}") ? Long.parseLong(type.substring(2)) : 0;
        if (elementBytes == 0) {
            throw new DatasetException(
                    file,
                    start,
                    "has element type '" + type
                            + "'; known are <f4, <f8, |u1, |i1, <i4 and <i8: convert with array.astype('<f4')");
        }
        long rows;
        long columns;
        long bytes;
        try {
            rows = Long.parseLong(extents[0]);
            columns = Long.parseLong(extents[1]);
            bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), elementBytes);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DatasetException(file, start, "has shape (" + shape.strip() + "), which is too large");
        }
        if (bytes != fileBytes - dataOffset) {
            throw new DatasetException(
                    file,
                    dataOffset,
                    "the header's shape (" + shape.strip() + ") of " + type + " needs " + bytes
                            + " bytes from here, but the file has " + (fileBytes - dataOffset));
        }
        return new Header(file, type, rows, columns, dataOffset);
    }

    private static String find(String file, int start, String text, Pattern pattern, String what)
            throws DatasetException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new DatasetException(file, start, "the header has not " + what + ": " + text.strip());
        }
        return matcher.group(1);
    }

    private static VectorRows mapped(Header header, MemorySegment in, ElementType type) {
        return new VectorRows(in.asSlice(header.dataOffset), type, (int) header.columns, (int) header.rows);
    }

    private static VectorRows requireFinite(Header header, VectorRows rows) throws DatasetException {
        for (int i = 0; i < rows.count(); i++) {
            long at = i * rows.stride();
            FileMapping.requireFinite(header.file, header.dataOffset + at, rows.segment(), at, i, rows.dimension());
        }
        return rows;
    }

    private static VectorRows fromDoubles(Header header, MemorySegment in, Arena arena) throws DatasetException {
        int dimension = (int) header.columns;
        VectorRows rows = FileMapping.allocate(arena, ElementType.FLOAT32, dimension, (int) header.rows);
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < dimension; j++) {
                long element = (long) i * dimension + j;
                double value = in.get(DOUBLE, header.dataOffset + 8 * element);
                if (!Float.isFinite((float) value)) {
                    throw FileMapping.notFinite(header.file, header.dataOffset + 8 * element, i, j, value);
                }
                rows.segment().set(VectorRows.FLOAT, 4 * element, (float) value);
            }
        }
        return rows;
    }

    private static VectorRows fromBytes(Header header, MemorySegment in, Arena arena, UnsignedBytes as) {
        VectorRows rows = FileMapping.allocate(arena, as.type(), (int) header.columns, (int) header.rows);
        for (int i = 0; i < rows.count(); i++) {
            as.decode(in, header.dataOffset + i * header.columns, rows, i);
        }
        return rows;
    }
}
