package org.ruvector.storage;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.storage.OffHeap.Advice;

final class OffHeapTest {

    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 4096, 4 * MIB - 1, 4 * MIB, 4 * MIB + 1, 9 * MIB + 12345})
    void memoryIsZeroedAlignedWritableAndExactlyAsLarge(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = OffHeap.allocate(arena, bytes);
            assertEquals(bytes, block.byteSize());
            long alignment = OffHeap.commitsLazily() && bytes >= 4 * MIB ? OffHeap.HUGE_PAGE : 64;
            assertEquals(0, block.address() % alignment);
            for (long i = 0; i < bytes; i++) {
                assertEquals(0, block.get(ValueLayout.JAVA_BYTE, i));
            }
            block.fill((byte) 7);
            assertThrows(IndexOutOfBoundsException.class, () -> block.get(ValueLayout.JAVA_BYTE, bytes));
        }
    }

    @Test
    void reservingFarMoreThanIsUsedCostsNothing() {
        assumeTrue(OffHeap.commitsLazily());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment block = OffHeap.allocate(arena, 64L << 30);
            block.set(ValueLayout.JAVA_BYTE, block.byteSize() - 1, (byte) 1);
            assertEquals(1, block.get(ValueLayout.JAVA_BYTE, block.byteSize() - 1));
        }
    }

    @Test
    void hugePagesAreAskedForBeforeTheFirstTouch() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = OffHeap.allocate(arena, 8 * MIB);
            assumeTrue(OffHeap.commitsLazily());
            assumeTrue(Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage/enabled")));
            assertTrue(flags(block.address()).contains(" hg"), () -> flags(block.address()));
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // closing in the middle is the test
    void closingTheArenaGivesTheMemoryBack() {
        assumeTrue(OffHeap.commitsLazily());
        Arena arena = Arena.ofShared();
        MemorySegment block = OffHeap.allocate(arena, 8 * MIB);
        String mapped = flags(block.address());
        arena.close();
        assertThrows(IllegalStateException.class, () -> block.get(ValueLayout.JAVA_BYTE, 0));
        assertFalse(mapped.isEmpty());
        assertEquals("", flags(block.address()));
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // closing in the middle is the test
    void aClosedArenaRefusesAndNothingLeaks() {
        Arena arena = Arena.ofShared();
        arena.close();
        assertThrows(IllegalStateException.class, () -> OffHeap.allocate(arena, 8 * MIB));
        assertThrows(IllegalStateException.class, () -> OffHeap.allocate(arena, 8));
    }

    @Test
    void theGarbageCollectorsArenaWorksToo() {
        MemorySegment block = OffHeap.allocate(Arena.ofAuto(), 8 * MIB);
        block.set(ValueLayout.JAVA_LONG, 8 * MIB - 8, 42);
        assertEquals(42, block.get(ValueLayout.JAVA_LONG, 8 * MIB - 8));
    }

    @Test
    void impossibleSizesAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            assertThrows(IllegalArgumentException.class, () -> OffHeap.allocate(arena, -1));
            if (OffHeap.commitsLazily()) {
                OutOfMemoryError refused =
                        assertThrows(OutOfMemoryError.class, () -> OffHeap.allocate(arena, 1L << 60));
                assertTrue(refused.getMessage().contains("errno 12"), refused.getMessage());
            }
        }
    }

    @Test
    void adviceGoesToAnonymousAndToMappedMemoryAtAnyOffset(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.PRIVATE, 0, 100_000, arena);
            MemorySegment block = OffHeap.allocate(arena, 8 * MIB);
            for (MemorySegment segment : List.of(mapped, mapped.asSlice(5001, 17), block, block.asSlice(123))) {
                assertEquals(OffHeap.commitsLazily(), OffHeap.advise(segment, Advice.RANDOM));
                assertFalse(OffHeap.advise(segment.asSlice(0, 0), Advice.RANDOM));
            }
            OffHeap.advise(block, Advice.HUGE_PAGES);
            assertEquals(0, mapped.get(ValueLayout.JAVA_BYTE, 5001));
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // closing in the middle is the test
    void adviceOnTheHeapOrOnFreedMemoryIsRefused() {
        MemorySegment heap = MemorySegment.ofArray(new byte[8]);
        assertThrows(IllegalArgumentException.class, () -> OffHeap.advise(heap, Advice.RANDOM));
        Arena arena = Arena.ofConfined();
        MemorySegment freed = arena.allocate(8);
        arena.close();
        assertThrows(IllegalStateException.class, () -> OffHeap.advise(freed, Advice.RANDOM));
    }

    /** The kernel's flags of the mapping that begins at the address, or nothing if there is none. */
    private static String flags(long address) {
        try {
            boolean found = false;
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
                    found = Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                            && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
                } else if (found && line.startsWith("VmFlags:")) {
                    return line;
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
