package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.VectorRows;

class IdxTest {

    /** Two images of 1 × 3. */
    private static final byte[] IMAGES = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 127, -128, -1, 5, 6};

    private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 9, 0, -1};

    @TempDir
    Path folder;

    private Path file(byte... content) throws IOException {
        return Files.write(folder.resolve("x-idx3-ubyte"), content);
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static VectorRows read(Path file) throws IOException {
        return Idx.read(file, Arena.ofAuto(), UnsignedBytes.TO_FLOAT32);
    }

    private static String refused(Path file) {
        String message = assertThrows(DatasetException.class, () -> read(file)).getMessage();
        assertEquals(file.toString(), message.substring(0, file.toString().length()));
        return message.substring(file.toString().length());
    }

    private static byte[] with(byte[] bytes, int position, int value) {
        byte[] copy = bytes.clone();
        copy[position] = (byte) value;
        return copy;
    }

    @Test
    void readsImagesPlainOrPacked() throws IOException {
        for (byte[] content : new byte[][] {IMAGES, gzip(IMAGES)}) {
            VectorRows rows = read(file(content));
            assertEquals(2, rows.count());
            assertArrayEquals(new float[] {0, 127, 128, 255, 5, 6}, TestRows.floats(rows));
            assertArrayEquals(
                    new byte[] {-128, -1, 0, 127, -123, -122},
                    TestRows.bytes(Idx.read(file(content), Arena.ofAuto(), UnsignedBytes.TO_INT8)));
        }
    }

    @Test
    void readsLabelsPlainOrPacked() throws IOException {
        assertArrayEquals(new int[] {9, 0, 255}, Idx.readLabels(file(LABELS)));
        assertArrayEquals(new int[] {9, 0, 255}, Idx.readLabels(file(gzip(LABELS))));
    }

    @Test
    void refusesOtherHeaders() throws IOException {
        assertEquals(
                ", byte 0: is no IDX file: it does not begin with two zero bytes", refused(file(with(IMAGES, 0, 1))));
        assertEquals(
                ", byte 2: has element type 0xd; only unsigned bytes, 0x8, can be read",
                refused(file(with(IMAGES, 2, 13))));
        assertEquals(", byte 3: has no extents; items need at least 1", refused(file(with(IMAGES, 3, 0))));
        assertEquals(", byte 8: extent 1 is -16777215", refused(file(with(IMAGES, 8, 0xff))));
        assertEquals(", byte 4: the dimension is 0; it must be from 1 to 65536", refused(file(with(IMAGES, 11, 0))));
        assertEquals(": ends inside its header", refused(file(Arrays.copyOf(IMAGES, 9))));
        assertEquals(": ends inside its header", refused(file()));
        Path images = file(IMAGES);
        assertEquals(
                images + ", byte 3: has 3 extents; a file of labels has 1",
                assertThrows(DatasetException.class, () -> Idx.readLabels(images))
                        .getMessage());
    }

    @Test
    void refusesHeadersThatAnnounceMoreThanTheFileCanHold() throws IOException {
        assertEquals(
                ", byte 4: the header announces 22 bytes, but the file can hold no more than 21",
                refused(file(Arrays.copyOf(IMAGES, 21))));
        assertEquals(
                ", byte 4: the header announces 6341787673 bytes, but the file can hold no more than 22",
                refused(file(with(with(IMAGES, 4, 0x7e), 7, 3))));
        byte[] packed = gzip(with(IMAGES, 4, 0x7e));
        assertEquals(
                ", byte 4: the header announces 6341787670 bytes, but the file can hold no more than "
                        + packed.length * 1032,
                refused(file(packed)));
    }

    @Test
    void refusesShortLongAndDamagedPackedFiles() throws IOException {
        assertEquals(
                ", byte 21: the file ends here, but its header announces 22 bytes",
                refused(file(gzip(Arrays.copyOf(IMAGES, 21)))));
        assertEquals(
                ", byte 22: there are bytes after the last element", refused(file(gzip(Arrays.copyOf(IMAGES, 23)))));
        assertEquals(", byte 22: there are bytes after the last element", refused(file(Arrays.copyOf(IMAGES, 23))));
        byte[] packed = gzip(IMAGES);
        assertEquals(
                ", byte 22: the packed data end without their checksum",
                refused(file(Arrays.copyOf(packed, packed.length - 6))));
        assertEquals(
                ", byte 16: the packed data end too early; 22 bytes were announced",
                refused(file(Arrays.copyOf(packed, packed.length - 14))));
        assertEquals(
                ": is damaged and cannot be unpacked: Corrupt GZIP trailer",
                refused(file(with(packed, packed.length - 5, packed[packed.length - 5] + 1))));
    }
}
