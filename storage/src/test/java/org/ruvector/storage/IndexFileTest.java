package org.ruvector.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.SectionReader;

final class IndexFileTest {

    private final FakeIndex.Provider provider = new FakeIndex.Provider();
    private final OpenContext context = OpenContext.of(Plugins.none().with(provider));

    @TempDir
    Path folder;

    @Test
    void openingHandsTheSectionsToThePluginThatTheHeaderNames() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("hello"), file);
        try (FakeIndex opened = (FakeIndex) IndexFile.open(file, context)) {
            assertEquals(FakeIndex.SPEC, opened.spec());
            assertEquals("hello", opened.text());
        }
        assertFilesAre("index");
    }

    @Test
    void everySpecComesBackAsItWas() throws IOException {
        Path file = folder.resolve("index");
        Parameters many = Parameters.none();
        for (int i = 0; i < 1000; i++) {
            many = many.with("parameter" + i, "Wert-ü-" + i);
        }
        for (Metric metric : Metric.values()) {
            for (ElementType type : ElementType.values()) {
                if (metric.supports(type)) {
                    IndexSpec spec = new IndexSpec("other-plugin", many, metric, type, IndexSpec.MAX_DIMENSION);
                    IndexFile.save(
                            new FakeIndex(spec, to -> to.section("a", MemorySegment.ofArray(new byte[5])), null), file);
                    try (SectionReader reader = IndexFile.read(file)) {
                        assertEquals(spec, reader.spec());
                        assertEquals(5, reader.section("a").byteSize());
                        reader.verify();
                    }
                }
            }
        }
    }

    @Test
    void partsOnAndOffTheHeapAreJoinedInOrder() throws IOException {
        Path file = folder.resolve("index");
        byte[] big = new byte[3_000_001];
        new Random(1).nextBytes(big);
        MemorySegment heap = MemorySegment.ofArray(big);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment offHeap = arena.allocateFrom(ValueLayout.JAVA_BYTE, big);
            MemorySegment longs = MemorySegment.ofArray(new long[1]);
            longs.set(VectorRows.LONG, 0, 0x0807060504030201L);
            IndexFile.save(
                    new FakeIndex(to -> {
                        to.section("joined", longs, offHeap, MemorySegment.ofArray(new float[0]), heap.asSlice(7, 9));
                        to.section("nothing");
                    }),
                    file);
        }
        try (SectionReader reader = IndexFile.read(file)) {
            MemorySegment joined = reader.section("joined");
            assertEquals(8 + big.length + 9, joined.byteSize());
            assertArrayEquals(
                    new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, joined.asSlice(0, 8).toArray(ValueLayout.JAVA_BYTE));
            assertEquals(-1, joined.asSlice(8, big.length).mismatch(heap));
            assertEquals(-1, joined.asSlice(8 + big.length).mismatch(heap.asSlice(7, 9)));
            assertEquals(0, reader.section("nothing").byteSize());
            assertEquals(List.of("joined", "nothing"), List.copyOf(reader.sections()));
            reader.verify();
        }
    }

    @Test
    void whatIsWrittenToASectionStaysPrivateAndDoesNotSpoilVerify() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("hello"), file);
        byte[] before = Files.readAllBytes(file);
        try (SectionReader reader = IndexFile.read(file);
                SectionReader other = IndexFile.read(file)) {
            reader.section("text").fill((byte) 'x');
            assertEquals('x', reader.section("text").get(ValueLayout.JAVA_BYTE, 0));
            assertEquals('h', other.section("text").get(ValueLayout.JAVA_BYTE, 0));
            reader.verify();
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aFileThatMayNotBeWrittenOpensAllTheSame() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("hello"), file);
        assumeFalse(Files.getFileAttributeView(file, PosixFileAttributeView.class) == null);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        try (SectionReader reader = IndexFile.read(file)) {
            MemorySegment section = reader.section("text");
            assertEquals(0, section.address() % 4096);
            section.fill((byte) 'x');
            reader.verify();
        }
        try (FakeIndex opened = (FakeIndex) IndexFile.open(file, context)) {
            assertEquals("hello", opened.text());
        }
    }

    @Test
    void aSavingThatFailsMidwayLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("old"), file);
        List<FakeIndex.Saving> failures = List.of(
                to -> {
                    throw new IOException("disk");
                },
                to -> {
                    throw new IllegalStateException("bug");
                },
                to -> {
                    throw new AssertionError("worse");
                });
        for (FakeIndex.Saving failure : failures) {
            FakeIndex failing = new FakeIndex(to -> {
                to.section("text", MemorySegment.ofArray(new byte[100_000]));
                failure.save(to);
            });
            Throwable thrown = assertThrows(Throwable.class, () -> IndexFile.save(failing, file));
            assertTrue(List.of("disk", "bug", "worse").contains(thrown.getMessage()), thrown::toString);
            assertFilesAre("index");
            try (FakeIndex opened = (FakeIndex) IndexFile.open(file, context)) {
                assertEquals("old", opened.text());
            }
        }
        assertThrows(IOException.class, () -> IndexFile.save(FakeIndex.of("new"), folder));
        assertThrows(NoSuchFileException.class, () -> IndexFile.save(FakeIndex.of("new"), folder.resolve("no/index")));
        assertFilesAre("index");
    }

    @Test
    void sectionNamesMustBeValidAndUnique() {
        Path file = folder.resolve("index");
        for (String name : List.of("", "A", "1a", "-a", "a_b", "ä", "a".repeat(256))) {
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> IndexFile.save(new FakeIndex(to -> to.section(name)), file))
                    .getMessage()
                    .contains("'" + name + "'"));
        }
        IllegalArgumentException twice = assertThrows(
                IllegalArgumentException.class,
                () -> IndexFile.save(
                        new FakeIndex(to -> {
                            to.section("a");
                            to.section("a");
                        }),
                        file));
        assertEquals("Section 'a' was written already", twice.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void parametersThatFitNoHeaderAreRefusedWhenSaving() {
        IndexSpec spec = new IndexSpec(
                "fake", Parameters.none().with("p", "x".repeat(70_000)), Metric.COSINE, ElementType.INT8, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> IndexFile.save(new FakeIndex(spec, to -> {}, null), folder.resolve("index")));
    }

    @Test
    void missingFilesAndFoldersAreIoErrors() {
        assertThrows(NoSuchFileException.class, () -> IndexFile.read(folder.resolve("missing")));
        assertThrows(NoSuchFileException.class, () -> IndexFile.open(folder.resolve("missing"), context));
        assertThrows(FileSystemException.class, () -> IndexFile.read(folder));
    }

    @Test
    void theWrongPluginIsNamedTogetherWithTheRightOne() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("hello"), file);
        IndexFile.read(file, "fake").close();
        IndexFileException.WrongProvider wrong =
                assertThrows(IndexFileException.WrongProvider.class, () -> IndexFile.read(file, "hnsw"));
        assertEquals(file + " holds an index of the plugin 'fake', not of 'hnsw'", wrong.getMessage());
        PluginException missing =
                assertThrows(PluginException.class, () -> IndexFile.open(file, OpenContext.of(Plugins.none())));
        assertTrue(missing.getMessage().startsWith(file + " cannot be opened: There is no index named 'fake'"));
    }

    @Test
    void aPluginThatRefusesTheFileLeavesNothingMapped() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(new FakeIndex(to -> to.section("refuse", MemorySegment.ofArray(new byte[1]))), file);
        assertThrows(IllegalArgumentException.class, () -> IndexFile.open(file, context));
        assertThrows(
                IllegalStateException.class,
                () -> provider.last.section("refuse").get(ValueLayout.JAVA_BYTE, 0));
        provider.last.close();
    }

    @Test
    void theMissingSectionIsNamedWithThoseThatExist() throws IOException {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("hello"), file);
        try (SectionReader reader = IndexFile.read(file)) {
            IndexFileException.Corrupt missing =
                    assertThrows(IndexFileException.Corrupt.class, () -> reader.section("vectors"));
            assertEquals(file + " is damaged: it has no section 'vectors', only [text]", missing.getMessage());
            assertThrows(
                    UnsupportedOperationException.class, () -> reader.sections().clear());
        }
    }

    @Test
    void whoeverOpensWhileTheFileIsReplacedSeesOneOrTheOther() throws Exception {
        Path file = folder.resolve("index");
        IndexFile.save(FakeIndex.of("0".repeat(10_000)), file);
        try (FakeIndex opened = (FakeIndex) IndexFile.open(file, context);
                ExecutorService writers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> done = Stream.of(1, 2)
                    .<Future<?>>map(writer -> writers.submit(() -> {
                        for (int i = 0; i < 50; i++) {
                            IndexFile.save(FakeIndex.of(String.valueOf(writer).repeat(10_000 * writer)), file);
                        }
                        return null;
                    }))
                    .toList();
            while (!done.stream().allMatch(Future::isDone)) {
                try (SectionReader reader = IndexFile.read(file)) {
                    reader.verify();
                    MemorySegment text = reader.section("text");
                    byte first = text.get(ValueLayout.JAVA_BYTE, 0);
                    assertEquals(10_000L * Math.max(1, first - '0'), text.byteSize());
                    assertEquals(first, text.get(ValueLayout.JAVA_BYTE, text.byteSize() - 1));
                }
            }
            for (Future<?> writer : done) {
                writer.get();
            }
            assertEquals("0".repeat(10_000), opened.text());
        }
        assertFilesAre("index");
    }

    private void assertFilesAre(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(names),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
