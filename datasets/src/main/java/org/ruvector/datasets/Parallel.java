package org.ruvector.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext.Workers;

/** Runs numbered pieces of work, which may fail to read or write, on workers. */
final class Parallel {

    private Parallel() {}

    /** Does one piece; called from any worker. */
    @FunctionalInterface
    interface Piece {
        void run(int number) throws IOException;
    }

    /**
     * Runs pieces 0 to {@code count − 1}, each once, in about that order. After the first exception no piece is begun;
     * it is thrown when those that run have ended.
     */
    static void run(Workers workers, int count, Piece piece) throws IOException {
        AtomicInteger begun = new AtomicInteger();
        try {
            workers.run(() -> {
                try {
                    for (int i; (i = begun.getAndIncrement()) < count; ) {
                        piece.run(i);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    // A worker ends because nothing is left to begin, or because nothing more is to be begun.
                    begun.set(count);
                }
            });
        } catch (UncheckedIOException e) {
            IOException failure = e.getCause();
            for (Throwable other : e.getSuppressed()) {
                failure.addSuppressed(other);
            }
            throw failure;
        }
    }
}
