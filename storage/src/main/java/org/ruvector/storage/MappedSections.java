package org.ruvector.storage;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ruvector.api.IndexFileException.Corrupt;
import org.ruvector.api.IndexFileException.Foreign;
import org.ruvector.api.IndexFileException.ForeignVersion;
import org.ruvector.api.IndexFileException.Truncated;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.spi.SectionReader;

/** The sections of a mapped file. Everything but the sections' contents was checked before an instance exists. */
final class MappedSections implements SectionReader {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String source;
    private final Arena arena;
    // What is on the disk, also after an index has written to its private pages: checksums are compared with this one.
    private final MemorySegment file;
    private final MemorySegment pages;
    private final IndexSpec spec;
    private final Map<String, Section> table;

    private MappedSections(Path path, Arena arena) throws IOException {
        this.source = path.toString();
        this.arena = arena;
        // Java maps privately only what it may write, though nothing is written; what is protected is read instead.
        boolean writable = Files.isWritable(path);
        try (FileChannel channel = writable ? FileChannel.open(path, READ, WRITE) : FileChannel.open(path, READ)) {
            file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            FileHeader header = header();
            spec = header.spec();
            table = table(header);
            pages = writable
                    ? channel.map(MapMode.PRIVATE, 0, file.byteSize(), arena)
                    : arena.allocate(file.byteSize(), Section.ALIGNMENT).copyFrom(file);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // lives as long as the reader
    static MappedSections open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new MappedSections(path, arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private FileHeader header() {
        long size = file.byteSize();
        int head = (int) Math.min(size, FileHeader.MAGIC.length);
        byte[] magic = file.asSlice(0, head).toArray(ValueLayout.JAVA_BYTE);
        if (!Arrays.equals(magic, Arrays.copyOf(FileHeader.MAGIC, head))) {
            throw new Foreign(source + " is no index file: it does not begin with RUVECTOR");
        }
        requireLength(FileHeader.VERSION_AT + 4);
        int version = file.get(INT, FileHeader.VERSION_AT);
        if (version != FileHeader.VERSION) {
            throw new ForeignVersion(source + " has format version " + Integer.toUnsignedString(version)
                    + "; this program reads version " + FileHeader.VERSION);
        }
        requireLength(FileHeader.LENGTH_AT + 4);
        int length = file.get(INT, FileHeader.LENGTH_AT);
        if (length < FileHeader.MIN_BYTES || length > FileHeader.MAX_BYTES) {
            throw corrupt("its header claims " + Integer.toUnsignedString(length) + " bytes; it must have from "
                    + FileHeader.MIN_BYTES + " to " + FileHeader.MAX_BYTES);
        }
        requireLength(length);
        ByteBuffer bytes = checked("header", 0, length);
        FileHeader header;
        try {
            header = FileHeader.read(bytes);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            Corrupt corrupt = corrupt("its header makes no sense: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
        requireLength(header.fileLength());
        if (size > header.fileLength()) {
            throw corrupt("it has " + size + " bytes, but its header says " + header.fileLength());
        }
        if (header.tableLength() < 4
                || header.tableOffset() < length
                || header.tableOffset() != size - header.tableLength()) {
            throw corrupt("its section table at " + header.tableOffset() + " with " + header.tableLength()
                    + " bytes does not lie at the end of its " + size + " bytes");
        }
        return header;
    }

    private Map<String, Section> table(FileHeader header) {
        ByteBuffer bytes = checked("section table", header.tableOffset(), header.tableLength());
        Map<String, Section> sections = new LinkedHashMap<>();
        long free = file.get(INT, FileHeader.LENGTH_AT);
        while (bytes.hasRemaining()) {
            Section section;
            try {
                section = Section.read(bytes);
            } catch (BufferUnderflowException e) {
                throw corrupt("its section table ends within section " + sections.size());
            }
            if (!Section.NAME.matcher(section.name()).matches()) {
                throw corrupt("section " + sections.size() + " has the impossible name '" + section.name() + "'");
            }
            // In this order no sum can overflow.
            if (section.offset() < free
                    || section.offset() % Section.ALIGNMENT != 0
                    || section.offset() > header.tableOffset()
                    || section.length() < 0
                    || section.length() > header.tableOffset() - section.offset()) {
                throw corrupt("section '" + section.name() + "' at " + section.offset() + " with " + section.length()
                        + " bytes does not lie at a multiple of " + Section.ALIGNMENT + " between " + free + " and "
                        + header.tableOffset());
            }
            if (sections.put(section.name(), section) != null) {
                throw corrupt("it has two sections '" + section.name() + "'");
            }
            free = section.offset() + section.length();
        }
        if (sections.size() != header.sections()) {
            throw corrupt("its table lists " + sections.size() + " sections, its header " + header.sections());
        }
        return Collections.unmodifiableMap(sections);
    }

    /** The bytes before a checksum that is right. */
    private ByteBuffer checked(String what, long offset, int length) {
        ByteBuffer bytes = file.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int expected = bytes.getInt(length - 4);
        int actual = Checksum.of(bytes.slice(0, length - 4));
        if (actual != expected) {
            throw corrupt("the checksum of its " + what + " is " + hex(actual) + ", but should be " + hex(expected));
        }
        return bytes.slice(0, length - 4).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireLength(long expected) {
        if (file.byteSize() < expected) {
            throw new Truncated(
                    source + " ends after " + file.byteSize() + " bytes; it should have at least " + expected);
        }
    }

    private Corrupt corrupt(String what) {
        return new Corrupt(source + " is damaged: " + what);
    }

    private static String hex(int checksum) {
        return HexFormat.of().toHexDigits(checksum);
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Set<String> sections() {
        return table.keySet();
    }

    @Override
    public MemorySegment section(String name) {
        Section section = table.get(name);
        if (section == null) {
            throw corrupt("it has no section '" + name + "', only " + table.keySet());
        }
        return pages.asSlice(section.offset(), section.length());
    }

    @Override
    public void verify() {
        for (Section section : table.values()) {
            int actual = Checksum.of(file.asSlice(section.offset(), section.length()));
            if (actual != section.checksum()) {
                throw corrupt("the checksum of section '" + section.name() + "' is " + hex(actual) + ", but should be "
                        + hex(section.checksum()));
            }
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
