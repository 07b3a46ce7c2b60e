package org.ruvector.index.hnsw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/**
 * The order in which a build inserts rows: a random quarter first, which spans the whole set, then the others, those nearest to
 * the same pivot one after another. Searches for neighbouring rows read the same rows, which are then in the cache: on
 * 60,000 × 784 a build took a quarter to a third less time; where neighbourhoods hardly overlap it took as long as before. With a
 * sixteenth in place of a quarter whole clusters became hard to reach.
 *
 * <p>Takes {@code n · pivots} distances, a few percent of a build. The same for the same seed.
 */
final class InsertionOrder {
    /** Rows that fit the cache together need no order. */
    private static final long CACHE = 16L << 20;

    private static final int FIRST_SHARE = 4;
    private static final int ROWS_PER_PIVOT = 512;
    private static final int MAX_PIVOTS = 1024;
    private static final int CHUNK = 256;

    private InsertionOrder() {}

    /** All row numbers, in the order of their insertion. */
    static int[] of(MemorySegment rows, int n, VectorLayout layout, BuildContext context) {
        return n * layout.stride() < CACHE ? IntStream.range(0, n).toArray() : grouped(rows, n, layout, context);
    }

    static int[] grouped(MemorySegment rows, int n, VectorLayout layout, BuildContext context) {
        int[] order = shuffled(n, context.seed());
        int first = n / FIRST_SHARE;
        int pivots = Math.clamp(n / ROWS_PER_PIVOT, 1, Math.min(MAX_PIVOTS, Math.max(1, first)));
        long[] byPivot = new long[n - first];
        try (Arena arena = Arena.ofShared()) {
            MemorySegment pivotRows = OffHeap.allocate(arena, pivots * layout.stride());
            for (int i = 0; i < pivots; i++) {
                MemorySegment.copy(rows, order[i] * layout.stride(), pivotRows, i * layout.stride(), layout.stride());
            }
            AtomicInteger next = new AtomicInteger(first);
            context.workers().run(() -> {
                NearestPivot nearest = new NearestPivot(layout.scorer(pivotRows), pivots);
                for (int from; (from = next.getAndAdd(CHUNK)) < n; ) {
                    for (int i = from; i < Math.min(n, from + CHUNK); i++) {
                        byPivot[i - first] = (long) nearest.to(layout, rows, order[i]) << 32 | order[i];
                    }
                }
            });
        }
        Arrays.sort(byPivot);
        for (int i = first; i < n; i++) {
            order[i] = (int) byPivot[i - first];
        }
        return order;
    }

    private static int[] shuffled(int n, long seed) {
        int[] order = IntStream.range(0, n).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        return order;
    }

    /** One thread's means to find the nearest pivot. */
    private static final class NearestPivot {
        private final RowScorer<?> scorer;
        private final int[] pivots;
        private final float[] distances;

        NearestPivot(RowScorer<?> scorer, int count) {
            this.scorer = scorer;
            this.pivots = IntStream.range(0, count).toArray();
            this.distances = new float[count];
        }

        int to(VectorLayout layout, MemorySegment rows, int row) {
            scorer.to(layout.read(rows, row)).score(pivots, pivots.length, Float.POSITIVE_INFINITY, distances);
            int best = 0;
            for (int i = 1; i < pivots.length; i++) {
                if (distances[i] < distances[best]) {
                    best = i;
                }
            }
            return best;
        }
    }
}
