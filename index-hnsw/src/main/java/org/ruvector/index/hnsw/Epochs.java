package org.ruvector.index.hnsw;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells when nobody can still be reading something: searches note the epoch at which they begin, and what was taken away at a
 * later epoch may be reused once all searches that began before have ended (epoch-based reclamation, Fraser, "Practical
 * lock-freedom", 2004).
 */
final class Epochs {
    /** Later than every epoch: what is there at it was not removed. */
    static final long NEVER = Long.MAX_VALUE - 1;

    /** Earlier than every search. */
    static final long BEFORE_ALL = 1;

    private static final long IDLE = Long.MAX_VALUE;

    private final AtomicLong now = new AtomicLong(BEFORE_ALL);
    private final List<WeakReference<Reader>> readers = new ArrayList<>();
    private int pruneAt = 64;

    /** One thread's note of when its search began. */
    static final class Reader {
        private final AtomicLong since = new AtomicLong(IDLE);

        private Reader() {}

        /** Ends what {@link Epochs#enter} began. */
        void leave() {
            since.setRelease(IDLE);
        }
    }

    /** A new reader; forgotten when it is garbage. */
    synchronized Reader reader() {
        if (readers.size() >= pruneAt) {
            readers.removeIf(note -> note.get() == null);
            pruneAt = Math.max(64, 2 * readers.size());
        }
        Reader reader = new Reader();
        readers.add(new WeakReference<>(reader));
        return reader;
    }

    /** Begins a search and returns its epoch. */
    long enter(Reader reader) {
        long epoch = now.get();
        reader.since.set(epoch);
        return epoch;
    }

    /** A new epoch, later than that of every search begun before this call. */
    long advance() {
        return now.incrementAndGet();
    }

    /** The epoch at which the longest-running search began; {@link Long#MAX_VALUE} if none runs. */
    synchronized long oldest() {
        long oldest = IDLE;
        for (Iterator<WeakReference<Reader>> i = readers.iterator(); i.hasNext(); ) {
            Reader reader = i.next().get();
            if (reader == null) {
                i.remove();
            } else {
                oldest = Math.min(oldest, reader.since.get());
            }
        }
        return oldest;
    }
}
