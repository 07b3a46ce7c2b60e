package org.ruvector.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file under another name and renames it when all is on the disk, so that nobody ever meets half a file. */
final class AtomicFile {

    private static final int BUFFER_BYTES = 1 << 20;

    private AtomicFile() {}

    /** Puts one row into the buffer, exactly as many bytes as were announced. */
    @FunctionalInterface
    interface RowEncoder {
        void encode(int row, ByteBuffer out);
    }

    /**
     * Writes a header and rows, and replaces {@code file} if there is one.
     *
     * @param header   may be empty
     * @param rowBytes bytes of each row, little-endian
     */
    static void write(Path file, byte[] header, int rows, long rowBytes, RowEncoder encoder) throws IOException {
        Path target = file.toAbsolutePath();
        // The process id keeps two programs that write the same file apart; a leftover of a killed one is overwritten.
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel, ByteBuffer.wrap(header));
                ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.max(rowBytes, BUFFER_BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int row = 0; row < rows; row++) {
                    if (buffer.remaining() < rowBytes) {
                        writeAll(channel, buffer.flip());
                        buffer.clear();
                    }
                    encoder.encode(row, buffer);
                }
                writeAll(channel, buffer.flip());
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
