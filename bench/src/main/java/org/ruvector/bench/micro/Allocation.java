package org.ruvector.bench.micro;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the calling thread allocates. */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Allocation() {}

    /**
     * Runs until nothing is allocated, or patience is at its end. The Vector API allocates until it is compiled, which on a busy
     * machine takes longer than JMH's own warm-up.
     */
    static void awaitNone(Runnable work) {
        long start = System.nanoTime();
        while (of(work, 1) > 0 && System.nanoTime() - start < PATIENCE_NANOS) {}
    }

    /** Bytes for so many runs. */
    static long of(Runnable work, int times) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
