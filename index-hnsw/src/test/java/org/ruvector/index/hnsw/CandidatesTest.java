package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class CandidatesTest {
    private static final float[] DISTANCES = {
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -1.5f,
        -1,
        -Float.MIN_VALUE,
        0,
        Float.MIN_VALUE,
        1,
        1.5f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY
    };

    private static long pair(SplittableRandom random) {
        float distance =
                random.nextBoolean() ? DISTANCES[random.nextInt(DISTANCES.length)] : (float) random.nextGaussian();
        return Candidates.pack(distance, random.nextInt(5));
    }

    // All combinations of four arguments' edge cases would outnumber the tries.
    @Property(tries = 1000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void pairsAreOrderedByDistanceThenOrdinal(@ForAll float a, @ForAll float b, @ForAll int x, @ForAll int y) {
        // Kernels give no negative zero that would differ from zero; adding zero makes it one.
        float p = a + 0f;
        float q = b + 0f;
        int i = x & Integer.MAX_VALUE;
        int j = y & Integer.MAX_VALUE;
        long first = Candidates.pack(p, i);
        long second = Candidates.pack(q, j);
        int expected = p == q ? Integer.compare(i, j) : Float.compare(p, q);
        assertEquals(Integer.signum(expected), Integer.signum(Long.compare(first, second)));
        assertEquals(p, Candidates.distance(first));
        assertEquals(i, Candidates.ordinal(first));
    }

    @Property(tries = 300, seed = "2")
    void theHeapAnswersLikeAPriorityQueue(@ForAll long seed, @ForAll boolean farthest) {
        SplittableRandom random = new SplittableRandom(seed);
        Candidates heap = farthest ? Candidates.farthestFirst(1) : Candidates.nearestFirst(1);
        Comparator<Long> order = farthest ? Comparator.reverseOrder() : Comparator.naturalOrder();
        PriorityQueue<Long> model = new PriorityQueue<>(order);
        for (int i = 0; i < 200; i++) {
            long pair = pair(random);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (!model.isEmpty()) {
                        assertEquals(model.remove(), heap.pop());
                    }
                }
                case 1 -> {
                    if (!model.isEmpty()) {
                        model.remove();
                        model.add(pair);
                        heap.replaceTop(pair);
                    }
                }
                default -> {
                    model.add(pair);
                    heap.push(pair);
                }
            }
            assertEquals(model.size(), heap.size());
            if (!model.isEmpty()) {
                assertEquals(model.peek(), heap.top());
            }
        }
        Candidates other = farthest ? Candidates.nearestFirst(1) : Candidates.farthestFirst(1);
        other.push(pair(random));
        other.takeAll(heap);
        assertEquals(0, heap.size());
        assertEquals(model.size(), other.size());
        Iterator<Long> reversed = model.stream().sorted(order.reversed()).iterator();
        while (other.size() > 0) {
            long pair = other.pop();
            assertEquals(reversed.next(), pair);
            heap.push(pair);
        }
        long[] drained = new long[model.size()];
        assertEquals(model.size(), heap.drainSorted(drained));
        long[] sorted = model.stream().mapToLong(Long::longValue).sorted().toArray();
        assertArrayEquals(sorted, drained, () -> Arrays.toString(drained));
        assertEquals(0, heap.size());
    }
}
