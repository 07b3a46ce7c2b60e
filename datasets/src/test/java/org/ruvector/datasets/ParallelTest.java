package org.ruvector.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext.Workers;

class ParallelTest {

    @Test
    void runsEveryPieceOnce() throws IOException {
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(1_000);
            Parallel.run(new Workers(executor, 3), runs.length(), runs::incrementAndGet);
            for (int i = 0; i < runs.length(); i++) {
                assertEquals(1, runs.get(i));
            }
        }
    }

    @Test
    void beginsNothingAfterAFailureAndThrowsIt() {
        AtomicInteger runs = new AtomicInteger();
        IOException failure = new IOException("disk full");
        assertEquals(
                failure,
                assertThrows(
                        IOException.class,
                        () -> Parallel.run(Workers.CALLER, 10, i -> {
                            if (runs.incrementAndGet() == 4) {
                                throw failure;
                            }
                        })));
        assertEquals(4, runs.get());
    }
}
