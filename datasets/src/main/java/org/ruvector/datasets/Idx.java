package org.ruvector.datasets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ruvector.api.VectorRows;

/**
 * IDX, the format of MNIST and its descendants: two zero bytes, a byte for the element type, a byte for the number of
 * extents, each extent as a big-endian 32-bit integer, then the elements. Read are unsigned bytes (type {@code 0x08}),
 * plain or packed with gzip, whatever the file is called.
 *
 * <p>Throws {@link DatasetException} if the header is wrong, or the file shorter or longer than it says, or damaged.
 * Stateless; time and space are linear in the unpacked file.
 *
 * <p>Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits", section on file formats.
 */
public final class Idx {

    private static final int UNSIGNED_BYTE = 0x08;
    /** Deflate packs at most 258 bytes into 2 bits; so no header can claim more than this times the file's length. */
    private static final long BEST_RATIO = 1032;

    private Idx() {}

    /** Reads items of one or more extents, such as images, each as one row, into native memory of the arena. */
    public static VectorRows read(Path file, Arena arena, UnsignedBytes as) throws IOException {
        return withContent(file, (in, most) -> {
            int[] extents = header(file, in);
            long dimension = 1;
            for (int i = 1; i < extents.length && dimension <= Integer.MAX_VALUE; i++) {
                dimension *= extents[i];
            }
            FileMapping.requireShape(file.toString(), 4, extents[0], dimension);
            int headerBytes = 4 + 4 * extents.length;
            requirePossible(file, headerBytes + extents[0] * dimension, most);
            VectorRows rows = FileMapping.allocate(arena, as.type(), (int) dimension, extents[0]);
            byte[] row = new byte[(int) dimension];
            MemorySegment bytes = MemorySegment.ofArray(row);
            for (int i = 0; i < extents[0]; i++) {
                readFully(file, in, row, headerBytes + i * dimension, headerBytes + extents[0] * dimension);
                as.decode(bytes, 0, rows, i);
            }
            requireEnd(file, in, headerBytes + extents[0] * dimension);
            return rows;
        });
    }

    /** Reads one number per item, such as a class, 0 to 255. */
    public static int[] readLabels(Path file) throws IOException {
        return withContent(file, (in, most) -> {
            int[] extents = header(file, in);
            if (extents.length != 1) {
                throw new DatasetException(
                        file.toString(), 3, "has " + extents.length + " extents; a file of labels has 1");
            }
            requirePossible(file, 8L + extents[0], most);
            byte[] bytes = new byte[extents[0]];
            readFully(file, in, bytes, 8, 8L + bytes.length);
            requireEnd(file, in, 8L + bytes.length);
            int[] labels = new int[bytes.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = bytes[i] & 0xff;
            }
            return labels;
        });
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in, long most) throws IOException;
    }

    /** Runs a reader over the unpacked file, and tells it the most bytes that there can be. */
    private static <T> T withContent(Path file, Reader<T> reader) throws IOException {
        FileMapping.requireFile(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            long most = Files.size(file) * (packed ? BEST_RATIO : 1);
            // Not a resource of its own: closing it would only close what is closed anyway.
            return reader.read(
                    new DataInputStream(
                            packed ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw),
                    most);
        } catch (ZipException e) {
            throw damaged(file, e);
        }
    }

    private static DatasetException damaged(Path file, ZipException cause) {
        DatasetException exception =
                new DatasetException(file.toString(), "is damaged and cannot be unpacked: " + cause.getMessage());
        exception.initCause(cause);
        return exception;
    }

    private static int[] header(Path file, DataInputStream in) throws IOException {
        try {
            int magic = in.readInt();
            if (magic >>> 16 != 0) {
                throw new DatasetException(file.toString(), 0, "is no IDX file: it does not begin with two zero bytes");
            }
            if (magic >>> 8 != UNSIGNED_BYTE) {
                throw new DatasetException(
                        file.toString(),
                        2,
                        "has element type 0x" + Integer.toHexString(magic >>> 8)
                                + "; only unsigned bytes, 0x8, can be read");
            }
            int[] extents = new int[magic & 0xff];
            for (int i = 0; i < extents.length; i++) {
                extents[i] = in.readInt();
                if (extents[i] < 0) {
                    throw new DatasetException(file.toString(), 4 + 4L * i, "extent " + i + " is " + extents[i]);
                }
            }
            if (extents.length == 0) {
                throw new DatasetException(file.toString(), 3, "has no extents; items need at least 1");
            }
            return extents;
        } catch (EOFException e) {
            throw new DatasetException(file.toString(), "ends inside its header");
        }
    }

    private static void requirePossible(Path file, long announced, long most) throws DatasetException {
        if (announced > most) {
            throw new DatasetException(
                    file.toString(),
                    4,
                    "the header announces " + announced + " bytes, but the file can hold no more than " + most);
        }
    }

    private static void readFully(Path file, DataInputStream in, byte[] into, long offset, long end)
            throws IOException {
        int got;
        try {
            got = in.readNBytes(into, 0, into.length);
        } catch (EOFException e) {
            // A gzip stream that is cut short says so in this way instead of ending.
            throw new DatasetException(
                    file.toString(), offset, "the packed data end too early; " + end + " bytes were announced");
        }
        if (got < into.length) {
            throw new DatasetException(
                    file.toString(), offset + got, "the file ends here, but its header announces " + end + " bytes");
        }
    }

    private static void requireEnd(Path file, DataInputStream in, long end) throws IOException {
        boolean more;
        try {
            more = in.read() >= 0;
        } catch (EOFException e) {
            throw new DatasetException(file.toString(), end, "the packed data end without their checksum");
        }
        if (more) {
            throw new DatasetException(file.toString(), end, "there are bytes after the last element");
        }
    }
}
