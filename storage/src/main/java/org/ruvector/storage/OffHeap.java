package org.ruvector.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Memory outside the Java heap, and advice to the operating system on how it will be used. The only class with foreign
 * functions.
 *
 * <p>They are called on Linux if this module (or, on the class path, {@code ALL-UNNAMED}) was given
 * {@code --enable-native-access}. Without them everything works, only slower: memory comes from the arena itself, every
 * page of it is touched at once, and advice is not given. Thread-safe.
 */
public final class OffHeap {

    /** How memory will be used. */
    public enum Advice {
        /** In no order: reading ahead would waste memory. For mapped vectors of a graph index. */
        RANDOM(1),
        /** At random and for long: back it by transparent huge pages, so that fewer address translations miss. */
        HUGE_PAGES(14);

        private final int code;

        Advice(int code) {
            this.code = code;
        }
    }

    static final long HUGE_PAGE = 2L << 20;

    private static final long CACHE_LINE = 64;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final Libc LIBC = OffHeap.class.getModule().isNativeAccessEnabled() ? Libc.find() : null;

    private OffHeap() {}

    /**
     * Whether {@link #allocate} takes large blocks from the system page by page as they are touched, so that reserving
     * room to grow costs nothing, and asks for huge pages. False where native calls are not permitted.
     */
    public static boolean commitsLazily() {
        return LIBC != null;
    }

    /**
     * Zeroed memory that is freed with the arena. Its address is a multiple of 64; from 4 MiB on, where
     * {@link #commitsLazily()}, of 2 MiB, and huge pages were asked for before the first touch.
     *
     * @param bytes size of the segment, 0 or more
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException    if the arena is closed
     * @throws OutOfMemoryError         if the system refuses
     */
    public static MemorySegment allocate(Arena arena, long bytes) {
        if (LIBC == null || bytes < 2 * HUGE_PAGE) {
            return arena.allocate(bytes, CACHE_LINE);
        }
        long size = roundUp(bytes, LIBC.pageSize);
        // One huge page more than wanted has an aligned block inside; what sticks out on both sides is given back.
        long start = LIBC.map(Math.addExact(size, HUGE_PAGE));
        long aligned = roundUp(start, HUGE_PAGE);
        LIBC.unmap(start, aligned - start);
        LIBC.unmap(aligned + size, start + HUGE_PAGE - aligned);
        LIBC.advise(aligned, size, Advice.HUGE_PAGES.code);
        try {
            return MemorySegment.ofAddress(aligned).reinterpret(bytes, arena, block -> LIBC.unmap(aligned, size));
        } catch (RuntimeException e) {
            LIBC.unmap(aligned, size);
            throw e;
        }
    }

    /**
     * Tells the operating system how memory will be used. The range grows outwards to whole pages. Advice changes speed,
     * never contents.
     *
     * @param segment native or mapped
     * @return whether the system took the advice; it may lack the means, or native calls may not be permitted
     * @throws IllegalArgumentException if the segment lies on the Java heap
     * @throws IllegalStateException    if its arena is closed
     */
    public static boolean advise(MemorySegment segment, Advice advice) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "The segment lies on the Java heap; only native and mapped memory can be advised on");
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("The segment's memory was freed already");
        }
        if (LIBC == null || segment.byteSize() == 0) {
            return false;
        }
        long from = segment.address() & -LIBC.pageSize;
        return LIBC.advise(from, segment.address() + segment.byteSize() - from, advice.code);
    }

    private static long roundUp(long value, long powerOfTwo) {
        return Math.addExact(value, powerOfTwo - 1) & -powerOfTwo;
    }

    /** What is used of the C library, with Linux's constants. Addresses travel as longs: they are arithmetic here. */
    private record Libc(MethodHandle mmap, MethodHandle munmap, MethodHandle madvise, long pageSize) {

        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        static Libc find() {
            Linker linker = Linker.nativeLinker();
            SymbolLookup symbols = linker.defaultLookup();
            // prctl exists on Linux only, and the constants are Linux's.
            if (ValueLayout.ADDRESS.byteSize() != 8 || symbols.find("prctl").isEmpty()) {
                return null;
            }
            Linker.Option errno = Linker.Option.captureCallState("errno");
            MethodHandle getpagesize =
                    linker.downcallHandle(symbols.findOrThrow("getpagesize"), FunctionDescriptor.of(INT));
            try {
                return new Libc(
                        linker.downcallHandle(
                                symbols.findOrThrow("mmap"),
                                FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG),
                                errno),
                        linker.downcallHandle(
                                symbols.findOrThrow("munmap"), FunctionDescriptor.of(INT, LONG, LONG), errno),
                        linker.downcallHandle(
                                symbols.findOrThrow("madvise"), FunctionDescriptor.of(INT, LONG, LONG, INT), errno),
                        (int) getpagesize.invokeExact());
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        long map(long bytes) {
            try (Arena scratch = Arena.ofShared()) {
                MemorySegment state = scratch.allocate(CALL_STATE);
                long address = (long)
                        mmap.invokeExact(state, 0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
                if (address == -1) {
                    throw new OutOfMemoryError(
                            "The system refused " + bytes + " bytes of memory (" + errno(state) + ")");
                }
                return address;
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        void unmap(long address, long bytes) {
            if (bytes == 0) {
                return;
            }
            try (Arena scratch = Arena.ofShared()) {
                MemorySegment state = scratch.allocate(CALL_STATE);
                if ((int) munmap.invokeExact(state, address, bytes) != 0) {
                    throw new IllegalStateException("The system did not take back " + bytes + " bytes at "
                            + Long.toHexString(address) + " (" + errno(state) + ")");
                }
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        boolean advise(long address, long bytes, int advice) {
            try (Arena scratch = Arena.ofShared()) {
                return (int) madvise.invokeExact(scratch.allocate(CALL_STATE), address, bytes, advice) == 0;
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        private static String errno(MemorySegment state) {
            return "errno " + (int) ERRNO.get(state, 0L);
        }

        /** Method handles declare Throwable; these only throw what is unchecked. */
        private static RuntimeException unexpected(Throwable e) {
            switch (e) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e);
            }
        }
    }
}
