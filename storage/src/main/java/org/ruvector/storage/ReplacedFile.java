package org.ruvector.storage;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole or not at all: written under a temporary name in the same folder, forced to the disk, then
 * renamed. Whoever has the old file open keeps it.
 */
final class ReplacedFile {

    private ReplacedFile() {}

    /** Writes what is in a file. */
    @FunctionalInterface
    interface Content {

        /** Writes to an empty file. */
        void write(FileChannel channel) throws IOException;
    }

    /**
     * Creates a file or replaces it.
     *
     * @throws IOException if writing fails; what was at {@code target} is then as before, and nothing else is left behind
     */
    static void write(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        String writer =
                ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + "-" + System.nanoTime();
        Path temporary = folder.resolve("." + target.getFileName() + "." + writer + ".tmp");
        FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE);
        try {
            try (channel) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
        forceFolder(folder);
    }

    /** Makes the renaming itself durable. */
    private static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, READ);
        } catch (IOException e) {
            // Some systems have no channels to folders (Windows) or forbid this one; then there is nothing to force.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
