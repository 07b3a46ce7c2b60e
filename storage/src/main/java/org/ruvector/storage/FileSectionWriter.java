package org.ruvector.storage;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.spi.SectionWriter;

/** Writes the sections one after another, then the table behind them, and last the header in front of them. */
final class FileSectionWriter implements SectionWriter {

    private final FileChannel channel;
    private final IndexSpec spec;
    private final List<Section> table = new ArrayList<>();
    // Sections may lie on the heap as any kind of array, or be larger than a byte buffer: all go through this one.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(1 << 20);
    private long position;

    /** Writes to an empty file that the caller closes. */
    FileSectionWriter(FileChannel channel, IndexSpec spec) {
        this.channel = channel;
        this.spec = spec;
        this.position = FileHeader.bytes(spec);
    }

    @Override
    public void section(String name, MemorySegment... parts) throws IOException {
        if (!Section.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot name a section: a name is 1 to 255 of a-z, 0-9 and '-', the first of them a letter");
        }
        if (table.stream().anyMatch(section -> section.name().equals(name))) {
            throw new IllegalArgumentException("Section '" + name + "' was written already");
        }
        long offset = (position + Section.ALIGNMENT - 1) & -Section.ALIGNMENT;
        position = offset;
        CRC32C crc = new CRC32C();
        for (MemorySegment part : parts) {
            for (long from = 0; from < part.byteSize(); ) {
                int n = (int) Math.min(staging.capacity(), part.byteSize() - from);
                MemorySegment.copy(part, from, MemorySegment.ofBuffer(staging.clear()), 0, n);
                crc.update(staging.limit(n));
                write(staging.rewind(), position);
                position += n;
                from += n;
            }
        }
        table.add(new Section(name, offset, position - offset, (int) crc.getValue()));
    }

    /** Completes the file. */
    void finish() throws IOException {
        int tableLength = table.stream().mapToInt(Section::bytes).sum() + 4;
        ByteBuffer bytes = ByteBuffer.allocate(tableLength).order(ByteOrder.LITTLE_ENDIAN);
        table.forEach(section -> section.write(bytes));
        bytes.putInt(Checksum.of(bytes.slice(0, bytes.position())));
        write(bytes.flip(), position);
        write(new FileHeader(spec, position + tableLength, position, tableLength, table.size()).write(), 0);
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) {
            to += channel.write(bytes, to);
        }
    }
}
