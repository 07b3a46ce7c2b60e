package org.ruvector.kernels.vector;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tells the compiler, before a loop over a row, that the row's memory does not belong to one thread.
 *
 * <p>Each access to a segment checks that its owner, if there is one, is the current thread. The compiler (JDK 25's C2)
 * shares one profile of that check among all code. If it saw confined arenas in more than a few percent of the accesses, from
 * reading a file for instance, it moves "the current thread is the owner" out of the loop, past the question whether there is an
 * owner; for memory without one that fails on every call, and the method falls back to the interpreter and is compiled again,
 * up to a hundred times: a build of 30,000 vectors took 18 seconds in place of 6. After {@link #is} the question is settled.
 */
@Unconfined.SuppressForbidden
final class Unconfined {

    /** The thread below is a mark that owns nothing; it never runs, and so has no stack and nothing to end. */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface SuppressForbidden {}

    private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

    private Unconfined() {}

    /** Whether no thread owns the memory, so that everyone may read it. */
    static boolean is(MemorySegment rows) {
        return rows.isAccessibleBy(NOBODY);
    }

    /** A copy of one row that no thread owns. For rows in confined arenas: slow, but right. */
    static MemorySegment copy(MemorySegment rows, long offset, long bytes) {
        return MemorySegment.ofArray(rows.asSlice(offset, bytes).toArray(ValueLayout.JAVA_BYTE));
    }

    /** For what may only be called where {@link #is} holds, and asks again so that its own loop knows. */
    static IllegalStateException notAskedFirst() {
        return new IllegalStateException("these rows belong to one thread: compare them one by one, by their copies");
    }
}
