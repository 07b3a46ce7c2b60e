package org.ruvector.storage;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexFileException.Corrupt;
import org.ruvector.api.IndexFileException.Foreign;
import org.ruvector.api.IndexFileException.ForeignVersion;

/**
 * Named parts in one checksummed file, for what is read whole and not mapped: memories, not indexes. The byte layout is in
 * {@code docs/file-format.md}. An instance is a file that was read and checked; it is immutable.
 */
public final class RecordFile {

    private static final byte[] MAGIC = "RUVECREC".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int MAX_PARTS = 1_000;

    private final String source;
    private final byte[] bytes;
    private final Map<String, Range> parts = new LinkedHashMap<>();

    private record Range(int from, int length) {}

    /** Writes one part. */
    @FunctionalInterface
    public interface PartWriter {

        /** Writes all of the part; what is written may be empty. */
        void write(DataOutput out) throws IOException;
    }

    /** Reads one part. */
    @FunctionalInterface
    public interface PartReader<T> {

        /**
         * Reads all of the part.
         *
         * @throws IllegalArgumentException if what it reads makes no sense
         */
        T read(DataInput in) throws IOException;
    }

    private RecordFile(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /**
     * Saves parts. The file appears whole or not at all; whoever reads the old one keeps it.
     *
     * @param parts by name, written in this order; names have 1 to 65,535 bytes in modified UTF-8
     * @throws IOException if writing fails; what was at {@code target} is then as before, and nothing else is left behind
     */
    public static void save(Path target, Map<String, PartWriter> parts) throws IOException {
        if (parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "A file has at most " + MAX_PARTS + " parts, these are " + parts.size() + "; write fewer");
        }
        ReplacedFile.write(target, channel -> {
            CheckedOutputStream checked = new CheckedOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32C());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 13));
            out.write(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(parts.size());
            for (Map.Entry<String, PartWriter> part : parts.entrySet()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                part.getValue().write(new DataOutputStream(content));
                out.writeUTF(part.getKey());
                out.writeInt(content.size());
                content.writeTo(out);
            }
            out.flush();
            int checksum = (int) checked.getChecksum().getValue();
            out.writeInt(checksum);
            out.flush();
        });
    }

    /**
     * Reads a file and compares its checksum.
     *
     * @throws IndexFileException if the file cannot be used, by its kind
     * @throws IOException        if it is missing or unreadable, or larger than 2 GiB
     */
    public static RecordFile read(Path file) throws IOException {
        RecordFile read = new RecordFile(file.toString(), Files.readAllBytes(file));
        read.check();
        return read;
    }

    private void check() {
        int head = Math.min(bytes.length, MAGIC.length);
        if (!Arrays.equals(bytes, 0, head, MAGIC, 0, head)) {
            throw new Foreign(source + " holds no records: it does not begin with RUVECREC");
        }
        int fixed = MAGIC.length + 8;
        if (bytes.length < fixed + 4) {
            throw new IndexFileException.Truncated(
                    source + " ends after " + bytes.length + " bytes; it should have at least " + (fixed + 4));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int version = buffer.getInt(MAGIC.length);
        if (version != VERSION) {
            throw new ForeignVersion(source + " has format version " + Integer.toUnsignedString(version)
                    + "; this program reads version " + VERSION);
        }
        int end = bytes.length - 4;
        int expected = buffer.getInt(end);
        int actual = Checksum.of(buffer.slice(0, end));
        if (actual != expected) {
            throw corrupt("its checksum is " + HexFormat.of().toHexDigits(actual) + ", but should be "
                    + HexFormat.of().toHexDigits(expected) + "; it was changed, or ends too early");
        }
        int count = buffer.getInt(MAGIC.length + 4);
        if (count < 0 || count > MAX_PARTS) {
            throw corrupt("it claims " + count + " parts; a file has at most " + MAX_PARTS);
        }
        CountedInput input = new CountedInput(bytes, fixed, end);
        DataInputStream in = new DataInputStream(input);
        try {
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw corrupt("part '" + name + "' claims " + length + " bytes, " + in.available() + " are left");
                }
                if (parts.put(name, new Range(input.position(), length)) != null) {
                    throw corrupt("it has two parts '" + name + "'");
                }
                in.skipNBytes(length);
            }
            if (in.available() > 0) {
                throw corrupt(in.available() + " bytes belong to no part");
            }
        } catch (IOException e) {
            Corrupt corrupt = corrupt("its parts make no sense: " + e);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** The names of the parts, in the order of the file. */
    public Set<String> parts() {
        return Collections.unmodifiableSet(parts.keySet());
    }

    /**
     * Reads one part.
     *
     * @throws Corrupt if there is no such part, the reader wants more than there is or leaves something, or finds that
     *     it makes no sense
     */
    public <T> T part(String name, PartReader<? extends T> reader) {
        Range range = parts.get(name);
        if (range == null) {
            throw corrupt("it has no part '" + name + "', only " + parts.keySet());
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, range.from(), range.length()));
        T value;
        int left;
        try {
            value = reader.read(in);
            left = in.available();
        } catch (EOFException e) {
            Corrupt corrupt = corrupt("part '" + name + "' ends too early");
            corrupt.initCause(e);
            throw corrupt;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            Corrupt corrupt = corrupt("part '" + name + "' makes no sense: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
        if (left > 0) {
            throw corrupt("part '" + name + "' has " + left + " bytes more than it should");
        }
        return value;
    }

    private Corrupt corrupt(String what) {
        return new Corrupt(source + " is damaged: " + what);
    }

    /** Knows its place in the array. */
    private static final class CountedInput extends ByteArrayInputStream {

        CountedInput(byte[] bytes, int from, int to) {
            super(bytes, from, to - from);
        }

        int position() {
            return pos;
        }
    }
}
