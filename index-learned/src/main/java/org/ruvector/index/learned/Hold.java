package org.ruvector.index.learned;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses something, at first its maker, and does what is to be done when nobody does any more. Thread-safe. */
final class Hold {

    private final AtomicInteger users = new AtomicInteger(1);
    private final Runnable atTheEnd;

    Hold(Runnable atTheEnd) {
        this.atTheEnd = atTheEnd;
    }

    /** One more user, unless the last one has gone already: then the answer is {@code false}. */
    boolean take() {
        for (int n; (n = users.get()) > 0; ) {
            if (users.compareAndSet(n, n + 1)) {
                return true;
            }
        }
        return false;
    }

    /** One user less. */
    void release() {
        if (users.decrementAndGet() == 0) {
            atTheEnd.run();
        }
    }
}
