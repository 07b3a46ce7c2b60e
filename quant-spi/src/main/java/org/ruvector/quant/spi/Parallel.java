package org.ruvector.quant.spi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.ruvector.api.BuildContext;

/** Numbered pieces of work, shared by the workers of a build. */
final class Parallel {

    private Parallel() {}

    /** Does pieces 0 to {@code n − 1}, each once, and waits for all. */
    static void each(int n, BuildContext.Workers workers, IntConsumer piece) {
        AtomicInteger next = new AtomicInteger();
        workers.run(() -> {
            try {
                for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                    piece.accept(i);
                }
            } finally {
                // Whoever fails, the others need not go on.
                next.set(n);
            }
        });
    }
}
