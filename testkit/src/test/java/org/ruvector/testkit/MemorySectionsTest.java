package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;

final class MemorySectionsTest {

    private final IndexSpec spec = IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.INT8, 3);

    @Test
    void whatIsWrittenIsReadAlignedAndApart() throws IOException {
        MemorySections sections = new MemorySections();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment onHeap = MemorySegment.ofArray(new byte[] {1, 2});
            sections.section("one", onHeap, arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 3));
        }
        sections.section("nothing");
        MemorySections.Reader first = sections.reader(spec);
        MemorySections.Reader second = sections.reader(spec);
        MemorySegment section = first.section("one");
        assertEquals(0, section.address() % 4096);
        assertTrue(section.isNative());
        assertEquals(3, section.byteSize());
        assertEquals(3, section.get(ValueLayout.JAVA_BYTE, 2));
        assertEquals(0, first.section("nothing").byteSize());
        section.set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
        assertEquals(1, second.section("one").get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(
                List.of("nothing", "one"), first.sections().stream().sorted().toList());
        first.close();
        first.close();
        assertTrue(first.closed());
        assertThrows(IllegalStateException.class, () -> section.get(ValueLayout.JAVA_BYTE, 0));
        second.close();
    }

    @Test
    void badNamesAndRepeatedNamesAreRefused() throws IOException {
        MemorySections sections = new MemorySections();
        sections.section("one");
        assertThrows(IllegalArgumentException.class, () -> sections.section("one"));
        assertThrows(IllegalArgumentException.class, () -> sections.section("One"));
        assertThrows(IllegalArgumentException.class, () -> sections.section("with space"));
        try (MemorySections.Reader reader = sections.reader(spec)) {
            assertThrows(IndexFileException.Corrupt.class, () -> reader.section("two"));
        }
    }
}
