package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexFileException.Corrupt;
import org.ruvector.api.IndexFileException.Foreign;
import org.ruvector.api.IndexFileException.ForeignVersion;
import org.ruvector.api.IndexFileException.Truncated;
import org.ruvector.api.spi.SectionReader;

/** What is in the bytes, and that no wrong byte goes unnoticed. */
final class FileFormatTest {

    private static final long A = 4096;
    private static final long B = 2 * 4096;

    @TempDir
    Path folder;

    @Test
    void theBytesAreThoseOfTheDocument() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(good()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("RUVECTOR", text(bytes, 8));
        assertEquals(1, bytes.getInt());
        int headerLength = bytes.getInt();
        assertEquals(bytes.capacity(), bytes.getLong());
        long tableOffset = bytes.getLong();
        int tableLength = bytes.getInt();
        assertEquals(bytes.capacity() - tableLength, tableOffset);
        assertEquals(3, bytes.getInt());
        assertEquals(77, bytes.getInt());
        assertEquals("fake", text(bytes, bytes.getShort()));
        assertEquals("m=16,name=größe", text(bytes, bytes.getShort()));
        assertEquals("cosine", text(bytes, bytes.getShort()));
        assertEquals("int8", text(bytes, bytes.getShort()));
        assertEquals(headerLength - 4, bytes.position());
        assertEquals(crc(bytes.array(), 0, headerLength - 4), bytes.getInt());

        bytes.position((int) tableOffset);
        Map<String, byte[]> sections = sections();
        for (long offset : List.of(A, B, B)) {
            String name = text(bytes, bytes.getShort());
            assertEquals(offset, bytes.getLong());
            long length = bytes.getLong();
            assertEquals(sections.get(name).length, length);
            assertEquals(crc(bytes.array(), (int) offset, (int) length), bytes.getInt());
        }
        assertEquals(crc(bytes.array(), (int) tableOffset, tableLength - 4), bytes.getInt());
        assertEquals(bytes.capacity(), bytes.position());
    }

    @Test
    void everyDamagedByteOfHeaderAndTableIsNoticed() throws IOException {
        byte[] good = good();
        int header = FileHeader.bytes(FakeIndex.SPEC);
        int table = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
        for (int at = 0; at < good.length; at = at == header - 1 ? table : at + 1) {
            for (int mask : new int[] {1, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) mask;
                Path file = write(bad);
                Class<? extends IndexFileException> expected =
                        at < 8 ? Foreign.class : at < 12 ? ForeignVersion.class : IndexFileException.class;
                IndexFileException thrown =
                        assertThrows(expected, () -> IndexFile.read(file).close(), "byte " + at + " xor " + mask);
                assertTrue(thrown.getMessage().startsWith(file + " "), thrown.getMessage());
            }
        }
    }

    @Test
    void aDamagedByteElsewhereIsFoundByVerifyUnlessItIsPadding() throws IOException {
        byte[] good = good();
        Map<String, byte[]> sections = sections();
        int header = FileHeader.bytes(FakeIndex.SPEC);
        int table = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
        for (int at = header; at < table; at += 13) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            int in = at;
            try (SectionReader reader = IndexFile.read(write(bad))) {
                if (at >= A && at < A + sections.get("first").length) {
                    assertTrue(assertThrows(Corrupt.class, reader::verify)
                            .getMessage()
                            .contains("'first'"));
                } else if (at >= B) {
                    assertTrue(assertThrows(Corrupt.class, reader::verify)
                            .getMessage()
                            .contains("'last'"));
                } else {
                    assertDoesNotThrow(reader::verify, () -> "padding at " + in);
                    assertSame(sections, reader);
                }
            }
        }
    }

    @Test
    void aFileCutAnywhereIsTruncated() throws IOException {
        byte[] good = good();
        for (int length = 0; length < good.length; length += length < 200 || length > good.length - 200 ? 1 : 61) {
            cut(good, length);
        }
        for (int boundary : new int[] {4095, 4096, 4097, 8191, 8192, 8193}) {
            cut(good, boundary);
        }
    }

    private void cut(byte[] good, int length) throws IOException {
        Path file = write(Arrays.copyOf(good, length));
        Truncated thrown = assertThrows(Truncated.class, () -> IndexFile.read(file), () -> "cut at " + length);
        assertTrue(thrown.getMessage().startsWith(file + " ends after " + length + " bytes"), thrown.getMessage());
    }

    @Test
    void aFileThatGoesOnAfterItsEndIsCorrupt() throws IOException {
        byte[] good = good();
        assertThrows(Corrupt.class, () -> IndexFile.read(write(Arrays.copyOf(good, good.length + 1))));
    }

    @Test
    void otherFilesAreForeignAndOtherVersionsAreNamed() throws IOException {
        assertThrows(Foreign.class, () -> IndexFile.read(write("GIF89a".getBytes(StandardCharsets.US_ASCII))));
        assertThrows(Foreign.class, () -> IndexFile.read(write(new byte[100_000])));
        byte[] later = good();
        later[8] = 7;
        Path file = write(later);
        ForeignVersion thrown = assertThrows(ForeignVersion.class, () -> IndexFile.read(file));
        assertEquals(file + " has format version 7; this program reads version 1", thrown.getMessage());
    }

    @Test
    void aTableThatMakesNoSenseIsRefusedThoughItsChecksumIsRight() throws IOException {
        Section a = new Section("a", A, 100, 0);
        Section b = new Section("b", B, 100, 0);
        assertDoesNotThrow(() -> IndexFile.read(craft(List.of(a, b), h -> h)).close());
        for (Section bad : List.of(
                new Section("b", A, 100, 0),
                new Section("b", 0, 100, 0),
                new Section("b", B + 1, 100, 0),
                new Section("b", B, 4097, 0),
                new Section("b", B, -1, 0),
                new Section("b", B, Long.MAX_VALUE, 0),
                new Section("b", Long.MIN_VALUE, 100, 0),
                new Section("b", Long.MAX_VALUE & -4096, 8192, 0),
                new Section("b", 4 * 4096, 0, 0),
                new Section("a", B, 100, 0),
                new Section("B", B, 100, 0),
                new Section("", B, 100, 0),
                new Section("b\0", B, 100, 0))) {
            assertThrows(Corrupt.class, () -> IndexFile.read(craft(List.of(a, bad), h -> h)), bad::toString);
        }
        assertThrows(Corrupt.class, () -> IndexFile.read(craft(List.of(b, a), h -> h)));
    }

    @Test
    void aHeaderThatMakesNoSenseIsRefusedThoughItsChecksumIsRight() throws IOException {
        List<Section> sections = List.of(new Section("a", A, 100, 0));
        List<UnaryOperator<FileHeader>> damages = List.of(
                h -> with(h, h.fileLength(), h.tableOffset(), h.tableLength(), 2),
                h -> with(h, h.fileLength(), h.tableOffset(), h.tableLength(), -1),
                h -> with(h, h.fileLength() - 1, h.tableOffset(), h.tableLength(), 1),
                h -> with(h, -1, h.tableOffset(), h.tableLength(), 1),
                h -> with(h, h.fileLength(), h.tableOffset() + 1, h.tableLength() - 1, 1),
                h -> with(h, h.fileLength(), h.tableOffset() + h.tableLength(), 0, 1),
                h -> with(h, h.fileLength(), h.tableOffset() + h.tableLength() - 4, 4, 0),
                h -> with(h, h.fileLength(), h.fileLength() + 1, -1, 1),
                h -> with(h, h.fileLength(), Long.MIN_VALUE, h.tableLength(), 1),
                h -> with(h, h.fileLength(), 0, (int) h.fileLength(), 1));
        for (UnaryOperator<FileHeader> damage : damages) {
            assertThrows(Corrupt.class, () -> IndexFile.read(craft(sections, damage)));
        }
        assertThrows(
                Truncated.class,
                () -> IndexFile.read(
                        craft(sections, h -> with(h, Long.MAX_VALUE, h.tableOffset(), h.tableLength(), 1))));
        // Dimension, length of the provider's name, the metric's first letter.
        int metric = FileHeader.FIXED_BYTES + 2 + "fake".length() + 2 + "m=16,name=größe".length() + 2 + 2;
        for (int at : new int[] {40, 44, 45, metric}) {
            byte[] bad = good();
            int header = FileHeader.bytes(FakeIndex.SPEC);
            bad[at] = at == 40 ? 0 : (byte) 0xff;
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(header - 4, crc(bad, 0, header - 4));
            assertThrows(Corrupt.class, () -> IndexFile.read(write(bad)), "byte " + at);
        }
    }

    @Test
    void sectionsOfMoreThanTwoGibibytesCanBeRead() throws IOException {
        long length = (2L << 30) + 5;
        Path file = craft(List.of(new Section("big", A, length, 0)), h -> h);
        // The file is one hole but for header, table and this byte.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {42}), A + length - 1);
        }
        try (SectionReader reader = IndexFile.read(file)) {
            assertEquals(length, reader.section("big").byteSize());
            assertEquals(42, reader.section("big").get(ValueLayout.JAVA_BYTE, length - 1));
        }
    }

    @Test
    void checksumsOfMoreThanTwoGibibytesAreRight() {
        // Untouched pages are all one page of zeros: this takes no memory.
        assumeTrue(OffHeap.commitsLazily());
        long length = (2L << 30) + (1 << 20) + 1;
        CRC32C expected = new CRC32C();
        byte[] zeros = new byte[1 << 20];
        for (long done = 0; done < length - 1; done += zeros.length) {
            expected.update(zeros);
        }
        expected.update(42);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = OffHeap.allocate(arena, length);
            bytes.set(ValueLayout.JAVA_BYTE, length - 1, (byte) 42);
            assertEquals((int) expected.getValue(), Checksum.of(bytes));
        }
    }

    private static Path scratch;

    @BeforeContainer
    static void makeScratch() throws IOException {
        scratch = Files.createTempFile("sections", ".index");
    }

    @AfterContainer
    static void removeScratch() throws IOException {
        Files.deleteIfExists(scratch);
    }

    @Property(tries = 200, seed = "42")
    void anySectionsComeBackAsTheyWere(@ForAll @Size(max = 8) List<@Size(max = 9000) byte[]> contents)
            throws IOException {
        Map<String, byte[]> sections = new LinkedHashMap<>();
        for (byte[] content : contents) {
            sections.put("s" + sections.size(), content);
        }
        IndexFile.save(FakeIndex.of(sections), scratch);
        try (SectionReader reader = IndexFile.read(scratch)) {
            assertEquals(FakeIndex.SPEC, reader.spec());
            assertSame(sections, reader);
            reader.verify();
        }
    }

    private static void assertSame(Map<String, byte[]> expected, SectionReader actual) {
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.sections()));
        expected.forEach((name, content) -> {
            MemorySegment section = actual.section(name);
            assertEquals(0, section.address() % 4096);
            assertArrayEquals(content, section.toArray(ValueLayout.JAVA_BYTE), name);
        });
    }

    private static Map<String, byte[]> sections() {
        byte[] first = new byte[1000];
        byte[] last = new byte[100];
        Random random = new Random(3);
        random.nextBytes(first);
        random.nextBytes(last);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put("first", first);
        sections.put("empty", new byte[0]);
        sections.put("last", last);
        return sections;
    }

    private byte[] good() throws IOException {
        Path file = folder.resolve("good");
        IndexFile.save(FakeIndex.of(sections()), file);
        return Files.readAllBytes(file);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    /** A file of zeros with these sections, whose checksums of table and header are right whatever they say. */
    private Path craft(List<Section> sections, UnaryOperator<FileHeader> change) throws IOException {
        int tableLength = sections.stream().mapToInt(Section::bytes).sum() + 4;
        ByteBuffer table = ByteBuffer.allocate(tableLength).order(ByteOrder.LITTLE_ENDIAN);
        sections.forEach(section -> section.write(table));
        table.putInt(crc(table.array(), 0, tableLength - 4)).flip();
        long tableOffset = Math.max(
                3 * 4096, sections.getFirst().offset() + sections.getFirst().length());
        FileHeader header =
                new FileHeader(FakeIndex.SPEC, tableOffset + tableLength, tableOffset, tableLength, sections.size());
        Path file = folder.resolve("crafted");
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(change.apply(header).write(), 0);
            channel.write(table, tableOffset);
        }
        return file;
    }

    private static FileHeader with(FileHeader h, long fileLength, long tableOffset, int tableLength, int sections) {
        return new FileHeader(h.spec(), fileLength, tableOffset, tableLength, sections);
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static String text(ByteBuffer from, int length) {
        byte[] text = new byte[length];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
