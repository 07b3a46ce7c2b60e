package org.ruvector.datasets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.ruvector.api.ElementType;
import org.ruvector.api.VectorRows;

/**
 * Vectors that are made chunk by chunk, in any order, over several runs. Two files: {@code embeddings.npy} has the
 * shape of all rows from the start (NumPy can open it; rows not made yet are zero), and {@code embeddings.journal} gets
 * a line with number and CRC-32C whenever a chunk has been written. A chunk without its line, or with another checksum,
 * was never made; so a killed program loses no more than the chunks it was working on. The journal's first line says
 * what the rows are; files that say something else are begun anew.
 *
 * <p>Thread-safe. Only one program at a time may write; {@link #openForWriting} sees to that.
 */
final class EmbeddingFile implements AutoCloseable {

    private final Shape shape;
    private final FileChannel rows;
    private final FileChannel journal;
    private final FileChannel lock;

    /**
     * What the rows are.
     *
     * @param key       what they were made from and by, one line
     * @param count     rows in all
     * @param dimension numbers per row
     * @param chunk     rows per chunk; the last may have fewer
     */
    record Shape(String key, int count, int dimension, int chunk) {
        int chunks() {
            return Math.ceilDiv(count, chunk);
        }

        int rowsOf(int number) {
            return Math.min(chunk, count - number * chunk);
        }

        private long rowBytes() {
            return 4L * dimension;
        }

        private long offset(int number) {
            return header().length + (long) number * chunk * rowBytes();
        }

        private long fileBytes() {
            return header().length + count * rowBytes();
        }

        private byte[] header() {
            return Npy.header("<f4", count, dimension);
        }

        private String firstLine() {
            return key + " rows=" + count + " dimension=" + dimension + " chunk=" + chunk + "\n";
        }
    }

    private EmbeddingFile(Shape shape, FileChannel rows, FileChannel journal, FileChannel lock) {
        this.shape = shape;
        this.rows = rows;
        this.journal = journal;
        this.lock = lock;
    }

    private static Path npy(Path folder) {
        return folder.resolve("embeddings.npy");
    }

    private static Path journal(Path folder) {
        return folder.resolve("embeddings.journal");
    }

    /**
     * The dimension of the rows that are there for this key, or −1 if there are none. It spares loading a model to ask.
     */
    static int dimension(Path folder, String key) throws IOException {
        if (!Files.exists(journal(folder))) {
            return -1;
        }
        String text = Files.readString(journal(folder), StandardCharsets.ISO_8859_1);
        String line = text.substring(0, Math.max(text.indexOf('\n'), 0));
        String start = " dimension=";
        int at = line.indexOf(start);
        if (at < 0 || !line.startsWith(key + " ")) {
            return -1;
        }
        String digits = line.substring(at + start.length()).replaceFirst(" .*", "");
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
    }

    /** Which chunks are there, each compared with its checksum, of the first {@code chunks}. */
    static boolean[] made(Path folder, Shape shape, int chunks) throws IOException {
        boolean[] made = new boolean[chunks];
        if (!Files.exists(journal(folder))
                || !Files.exists(npy(folder))
                || Files.size(npy(folder)) != shape.fileBytes()) {
            return made;
        }
        String text = Files.readString(journal(folder), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(shape.firstLine())) {
            return made;
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment all = FileMapping.map(npy(folder), arena);
            byte[] header = shape.header();
            if (all.asSlice(0, header.length).mismatch(MemorySegment.ofArray(header)) >= 0) {
                return made;
            }
            text.substring(shape.firstLine().length()).lines().forEach(line -> {
                if (line.matches("[0-9a-f]{8} [0-9a-f]{8}")) {
                    int number = HexFormat.fromHexDigits(line, 0, 8);
                    if (number >= 0 && number < chunks && !made[number]) {
                        MemorySegment content =
                                all.asSlice(shape.offset(number), shape.rowsOf(number) * shape.rowBytes());
                        made[number] = Checksum.crc32c(content) == HexFormat.fromHexDigits(line, 9, 17);
                    }
                }
            });
        }
        return made;
    }

    /** The first {@code count} rows, mapped; they must have been made. */
    static VectorRows map(Path folder, Shape shape, int count) throws IOException {
        MemorySegment all = FileMapping.map(npy(folder), Arena.ofAuto());
        return new VectorRows(all.asSlice(shape.offset(0)), ElementType.FLOAT32, shape.dimension(), count);
    }

    /**
     * Opens for {@link #put}, after beginning anew where the files hold something else.
     *
     * @throws DatasetException if another program is writing here
     */
    static EmbeddingFile openForWriting(Path folder, Shape shape) throws IOException {
        EmbeddingFile file = new EmbeddingFile(
                shape, open(npy(folder)), open(journal(folder)), open(folder.resolve("embeddings.lock")));
        try {
            requireLock(file.lock, folder);
            file.prepare(journal(folder));
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void requireLock(FileChannel channel, Path folder) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // this program, another thread
        }
        if (lock == null) {
            throw new DatasetException(
                    folder.toString(), "somebody else is embedding into this folder; wait until that is done");
        }
    }

    private void prepare(Path journalFile) throws IOException {
        String text = Files.readString(journalFile, StandardCharsets.ISO_8859_1);
        long keep = text.lastIndexOf('\n') + 1L; // a line that was cut short would spoil the next one
        if (!text.startsWith(shape.firstLine()) || rows.size() != shape.fileBytes()) {
            keep = 0;
        }
        journal.truncate(keep).position(keep);
        if (keep == 0) {
            rows.truncate(0);
            write(rows, ByteBuffer.wrap(shape.header()), 0);
            write(rows, ByteBuffer.allocate(1), shape.fileBytes() - 1);
            append(shape.firstLine());
        }
    }

    /**
     * Stores one chunk.
     *
     * @param values at least {@code shape.rowsOf(number) · dimension} floats, of which the first so many are stored
     */
    void put(int number, float[] values) throws IOException {
        int n = shape.rowsOf(number) * shape.dimension();
        ByteBuffer bytes = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, 0, n);
        int crc = Checksum.crc32c(MemorySegment.ofBuffer(bytes));
        write(rows, bytes, shape.offset(number));
        append(HexFormat.of().toHexDigits(number) + " " + HexFormat.of().toHexDigits(crc) + "\n");
    }

    private synchronized void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            journal.write(bytes);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    /** Forces everything to the disk and lets others write. */
    @Override
    public void close() throws IOException {
        try (lock;
                journal;
                rows) {
            rows.force(true);
            journal.force(true);
        }
    }
}
