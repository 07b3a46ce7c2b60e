package org.ruvector.datasets;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.ruvector.api.BuildContext.Workers;

/** Runs numbered pieces of work on workers and waits for all of them, whatever happens. */
final class Parallel {

    private Parallel() {}

    /** Does one piece; called from any worker. */
    @FunctionalInterface
    interface Piece {
        void run(int number) throws IOException;
    }

    /**
     * Runs pieces 0 to {@code count − 1}, each once, in about that order. After the first exception no piece is begun;
     * it is thrown when those that run have ended. Interrupting the caller counts as a {@link CancellationException}.
     */
    static void run(Workers workers, int count, Piece piece) throws IOException {
        int tasks = Math.min(workers.parallelism(), count);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(tasks);
        Runnable task = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    piece.run(i);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                running.countDown();
            }
        };
        for (int i = 0; i < tasks; i++) {
            try {
                workers.executor().execute(task);
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                running.countDown();
            }
        }
        await(running, failure);
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw (Error) e; // a piece can throw nothing else
        }
    }

    private static void await(CountDownLatch running, AtomicReference<Throwable> failure) {
        boolean interrupted = false;
        while (true) {
            try {
                running.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new CancellationException("the waiting thread was interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
