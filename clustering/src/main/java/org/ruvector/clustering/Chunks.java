package org.ruvector.clustering;

import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;

/** Work on many things, in chunks whose borders do not depend on who does them. */
final class Chunks {

    /** Does things {@code from} (inclusive) to {@code to} (exclusive). */
    interface Task {
        void run(int from, int to);
    }

    private Chunks() {}

    /** Does each of {@code n} things once, {@code size} at a time, and waits for all. */
    static void each(int n, int size, BuildContext.Workers workers, Task task) {
        if (n <= size) {
            task.run(0, n);
            return;
        }
        int chunks = (n - 1) / size + 1;
        AtomicInteger next = new AtomicInteger();
        workers.run(() -> {
            try {
                for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                    task.run(chunk * size, (int) Math.min(n, (chunk + 1L) * size));
                }
            } finally {
                // Whoever fails, the others need not go on.
                next.set(chunks);
            }
        });
    }
}
