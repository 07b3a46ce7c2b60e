package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.ruvector.api.spi.Codes;

/** Contexts, and the small values that plugins answer with. */
final class BuildContextTest {

    @Test
    void theDefaultIsOneTaskOnTheCallersThread() {
        BuildContext context = BuildContext.of(Plugins.none());
        assertEquals("scalar", context.kernel().name());
        assertEquals(1, context.workers().parallelism());
        assertEquals(42, context.seed());
        assertTrue(context.progress().update("build", 1, 2));
        Thread[] ran = new Thread[1];
        context.workers().executor().execute(() -> ran[0] = Thread.currentThread());
        assertSame(Thread.currentThread(), ran[0]);
        assertEquals("scalar", OpenContext.of(Plugins.none()).kernel().name());
    }

    @Test
    void eachRefinementKeepsTheOthers() {
        Executor executor = task -> {};
        Progress never = (stage, done, total) -> false;
        Plugins plugins = Plugins.none();
        BuildContext context =
                BuildContext.of(plugins).on(executor, 3).seed(7).progress(never).kernel("scalar");
        assertSame(executor, context.workers().executor());
        assertEquals(3, context.workers().parallelism());
        assertEquals(7, context.seed());
        assertSame(never, context.progress());
        assertSame(plugins, context.plugins());
        assertEquals(context, context.seed(8).seed(7));
    }

    @Test
    void contextsThatMakeNoSenseAreRefused() {
        BuildContext context = BuildContext.of(Plugins.none());
        assertEquals(
                "parallelism is 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> context.on(Runnable::run, 0))
                        .getMessage());
        assertThrows(NullPointerException.class, () -> context.progress(null));
        assertThrows(PluginException.class, () -> context.kernel("no-such-kernel"));
    }

    @Test
    void workersRunAsManyCopiesAsTheyAreWideAndWaitForAll() {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            AtomicInteger runs = new AtomicInteger();
            new BuildContext.Workers(two, 5).run(() -> {
                LockSupport.parkNanos(1_000_000);
                runs.incrementAndGet();
            });
            assertEquals(5, runs.get());
        }
    }

    @Test
    void workersThrowTheFirstFailureUnwrappedWhenAllHaveEnded() {
        AtomicInteger runs = new AtomicInteger();
        for (Throwable failure : List.of(new IllegalStateException("full"), new StackOverflowError())) {
            runs.set(0);
            Throwable thrown = assertThrows(
                    Throwable.class,
                    () -> new BuildContext.Workers(Runnable::run, 4).run(() -> {
                        int run = runs.incrementAndGet();
                        if (run == 2 && failure instanceof Error error) {
                            throw error;
                        } else if (run == 2) {
                            throw (RuntimeException) failure;
                        } else if (run == 3) {
                            throw new IllegalArgumentException("the second failure");
                        }
                    }));
            assertSame(failure, thrown);
            assertEquals("the second failure", thrown.getSuppressed()[0].getMessage());
            assertEquals(4, runs.get());
        }
    }

    @Test
    void workersDoNotWaitForWhatTheExecutorRefused() {
        AtomicInteger runs = new AtomicInteger();
        Executor once = task -> {
            if (runs.incrementAndGet() > 1) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        assertThrows(RejectedExecutionException.class, () -> new BuildContext.Workers(once, 3).run(() -> {}));
        assertEquals(3, runs.get());
    }

    @Test
    void anInterruptOfTheCallerEndsNothingAndStaysNoted() {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Thread caller = Thread.currentThread();
            AtomicInteger ended = new AtomicInteger();
            new BuildContext.Workers(two, 2).run(() -> {
                caller.interrupt();
                LockSupport.parkNanos(1_000_000);
                ended.incrementAndGet();
            });
            assertTrue(Thread.interrupted());
            assertEquals(2, ended.get());
        }
    }

    @Test
    void aMemoryReportSumsItsParts() {
        MemoryReport report = new MemoryReport(
                List.of(new MemoryReport.Part("vectors", 1000, true), new MemoryReport.Part("graph", 200, false)));
        assertEquals(1200, report.total());
        assertEquals(200, report.resident());
        assertEquals(120, report.perVector(10));
        assertEquals(0, report.perVector(0));
    }

    @Test
    void aDiagnosisIsHealthyIfEveryFindingIs() {
        Diagnosis.Finding good = new Diagnosis.Finding("unreachable nodes", 0, true, "Every node can be reached.");
        Diagnosis.Finding bad = new Diagnosis.Finding("unreachable nodes", 3, false, "Run repair.");
        assertTrue(new Diagnosis(List.of(), List.of()).healthy());
        assertTrue(new Diagnosis(List.of(good), List.of()).healthy());
        assertFalse(new Diagnosis(List.of(good, bad), List.of()).healthy());
    }

    @Test
    void codesMustFitTheirBlock() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(20);
            assertEquals(5, new Codes(block, 4, 5).count());
            assertThrows(IllegalArgumentException.class, () -> new Codes(block, 4, 6));
            assertThrows(IllegalArgumentException.class, () -> new Codes(block, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> new Codes(block, 4, -1));
            assertThrows(IllegalArgumentException.class, () -> new Codes(block, Integer.MAX_VALUE, Integer.MAX_VALUE));
        }
        assertEquals(
                "The codes need a native block of 8 bytes, but got 8 on the heap",
                assertThrows(IllegalArgumentException.class, () -> new Codes(MemorySegment.ofArray(new byte[8]), 4, 2))
                        .getMessage());
    }
}
