package org.ruvector.testkit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * A saved index in memory, so that saving and opening can be tested without a file format. Like the real thing it hands out
 * native sections aligned to 4,096 bytes that are private copies, and refuses bad and repeated section names. Not
 * thread-safe.
 */
public final class MemorySections implements SectionWriter {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final Map<String, byte[]> sections = new LinkedHashMap<>();

    /** Empty. */
    public MemorySections() {}

    @Override
    public void section(String name, MemorySegment... parts) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no section name: it must match " + NAME);
        }
        if (sections.containsKey(name)) {
            throw new IllegalArgumentException("Section '" + name + "' was written twice");
        }
        long total = 0;
        for (MemorySegment part : parts) {
            total += part.byteSize();
        }
        byte[] all = new byte[Math.toIntExact(total)];
        long at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, 0, MemorySegment.ofArray(all), at, part.byteSize());
            at += part.byteSize();
        }
        sections.put(name, all);
    }

    /** The names and bytes written so far, in their order; changes to the arrays are seen by later readers. */
    public Map<String, byte[]> sections() {
        return sections;
    }

    /** A reader over copies of all sections; those it handed out cannot be touched once it is closed. */
    public Reader reader(IndexSpec spec) {
        return new Reader(spec, sections);
    }

    /** Reads what was written. */
    public static final class Reader implements SectionReader {
        private final IndexSpec spec;
        private final Arena arena = Arena.ofShared();
        private final Map<String, MemorySegment> sections = new LinkedHashMap<>();

        private Reader(IndexSpec spec, Map<String, byte[]> contents) {
            this.spec = spec;
            contents.forEach((name, bytes) -> {
                MemorySegment copy =
                        arena.allocate(Math.max(1, bytes.length), 4096).asSlice(0, bytes.length);
                sections.put(name, copy.copyFrom(MemorySegment.ofArray(bytes)));
            });
        }

        @Override
        public IndexSpec spec() {
            return spec;
        }

        @Override
        public String source() {
            return "memory";
        }

        @Override
        public Set<String> sections() {
            return Set.copyOf(sections.keySet());
        }

        @Override
        public MemorySegment section(String name) {
            MemorySegment section = sections.get(name);
            if (section == null) {
                List<String> there = new ArrayList<>(sections.keySet());
                throw new IndexFileException.Corrupt("memory: there is no section '" + name + "'; there are " + there);
            }
            return section;
        }

        @Override
        public void verify() {
            // Memory needs no checksums.
        }

        /** Whether {@link #close} was called. */
        public boolean closed() {
            return !arena.scope().isAlive();
        }

        @Override
        public void close() {
            if (!closed()) {
                arena.close();
            }
        }
    }
}
