package org.ruvector.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do the same work at the same time. */
final class Team {

    private Team() {}

    /** Runs the work on that many threads (on this one if it is one) and waits; throws what a member threw first. */
    static void run(int threads, IntConsumer work) {
        if (threads == 1) {
            work.accept(0);
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> members = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int member = t;
                members.add(pool.submit(() -> work.accept(member)));
            }
            for (Future<?> member : members) {
                member.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The work was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("A thread failed", e.getCause());
        }
    }
}
