package org.ruvector.hypergraph.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class TemporalConcurrencyTest {

    /** Readers see the hyperedges and their times together or not at all. */
    @Test
    void manyReadAWholeStateWhileOneWrites() throws ExecutionException, InterruptedException {
        TemporalHypergraph temporal = new TemporalHypergraph();
        temporal.addNodes(20);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    for (boolean last = false; !last; reads++) {
                        last = done.get();
                        temporal.read(TemporalConcurrencyTest::requireWhole);
                    }
                    return reads;
                }));
            }
            try {
                write(temporal);
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        }
    }

    private static void write(TemporalHypergraph temporal) {
        SplittableRandom random = new SplittableRandom(1);
        List<Integer> open = new ArrayList<>();
        for (int t = 0; t < 4000; t++) {
            int[] nodes = random.ints(0, 20).distinct().limit(3).toArray();
            switch (random.nextInt(4)) {
                case 0 -> temporal.addEvent(t - random.nextInt(500), nodes);
                case 1 -> temporal.addFact(new Validity(t, t + random.nextInt(1000)), nodes);
                case 2 -> open.add(temporal.addFact(Validity.since(t), nodes));
                default -> {
                    if (!open.isEmpty()) {
                        temporal.close(open.removeLast(), t + 5);
                    }
                }
            }
            if (t % 100 == 99) {
                temporal.expire(t, new Retention(Duration.ofMillis(800)));
            }
        }
    }

    private static Void requireWhole(TemporalView view) {
        int[] all = view.window(Long.MIN_VALUE, Validity.OPEN);
        assertEquals(view.graph().edges(), all.length);
        long last = Long.MIN_VALUE;
        for (int edge : all) {
            assertEquals(3, view.graph().size(edge));
            assertTrue(view.validity(edge).from() >= last);
            last = view.validity(edge).from();
        }
        int counted = view.histogram(Granularity.HOUR, Long.MIN_VALUE, Validity.OPEN).stream()
                .mapToInt(BucketCount::count)
                .sum();
        assertEquals(all.length, counted);
        return null;
    }
}
