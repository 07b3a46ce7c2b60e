package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException;
import org.ruvector.storage.RecordFile.PartWriter;

final class RecordFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("memory");
        Map<String, PartWriter> parts = new LinkedHashMap<>();
        parts.put("numbers", out -> {
            out.writeInt(7);
            out.writeDouble(0.5);
        });
        parts.put("nothing", out -> {});
        parts.put("text", out -> out.writeUTF("höher"));
        RecordFile.save(file, parts);
    }

    @Test
    void partsComeBackInTheirOrder() throws IOException {
        RecordFile read = RecordFile.read(file);
        assertEquals(List.of("numbers", "nothing", "text"), List.copyOf(read.parts()));
        assertEquals(7.5, read.part("numbers", in -> in.readInt() + in.readDouble()));
        assertEquals("", read.part("nothing", in -> ""));
        assertEquals("höher", read.part("text", DataInput::readUTF));
    }

    @Test
    void whateverBitIsFlippedIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertThrows(IndexFileException.class, () -> RecordFile.read(file), "bit " + bit);
        }
    }

    @Test
    void whereverTheFileEndsTooEarlyItIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(IndexFileException.class, () -> RecordFile.read(file), "length " + length);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThrows(IndexFileException.Corrupt.class, () -> RecordFile.read(file));
    }

    @Test
    void lengthsThatLieAreRefusedThoughTheChecksumIsRight() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        // The number of parts, then the length of the first, behind its name.
        for (int at : new int[] {12, 16 + 2 + "numbers".length()}) {
            for (int lie : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000, 2}) {
                ByteBuffer damaged = ByteBuffer.wrap(whole.clone()).putInt(at, lie);
                damaged.putInt(whole.length - 4, Checksum.of(damaged.slice(0, whole.length - 4)));
                Files.write(file, damaged.array());
                assertThrows(IndexFileException.Corrupt.class, () -> RecordFile.read(file), at + ": " + lie);
            }
        }
    }

    @Test
    void aPartThatIsMissingOrMakesNoSenseOrIsReadInPartIsAnError() throws IOException {
        RecordFile read = RecordFile.read(file);
        assertMessage("no part 'gone'", read, "gone", in -> "");
        assertMessage("ends too early", read, "numbers", in -> in.readLong() + in.readLong());
        assertMessage("8 bytes more", read, "numbers", DataInput::readInt);
        assertMessage("makes no sense: seven", read, "numbers", in -> {
            throw new IllegalArgumentException("seven");
        });
        assertMessage("makes no sense", read, "numbers", in -> new int[in.readInt() - 8]);
    }

    private static void assertMessage(String expected, RecordFile read, String part, RecordFile.PartReader<?> reader) {
        Exception e = assertThrows(IndexFileException.Corrupt.class, () -> read.part(part, reader));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void whatIsNoFileOfRecordsIsTold() throws IOException {
        assertThrows(NoSuchFileException.class, () -> RecordFile.read(folder.resolve("missing")));
        Files.writeString(file, "something else, and long enough");
        assertInstanceOf(
                IndexFileException.Foreign.class, assertThrows(IndexFileException.class, () -> RecordFile.read(file)));
    }

    @Test
    void ifAPartCannotBeWrittenTheOldFileStays() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThrows(
                IOException.class,
                () -> RecordFile.save(file, Map.of("part", out -> {
                    throw new IOException("no");
                })));
        assertArrayEquals(before, Files.readAllBytes(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
