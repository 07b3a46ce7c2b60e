package org.ruvector.bench.micro;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.ruvector.api.VectorRows;

/** What kernels and scorers are timed on: coordinates from −0.5 to 0.5, and an order of visits, all from one seed. */
final class RandomInput {

    /** Rows compared with the query in one call, as a traversal does. */
    static final int BATCH = 32;

    /** Calls in one invocation of a benchmark. */
    static final int BATCHES = 32;

    /** Rows compared in one invocation of a benchmark. */
    static final int ROWS = BATCH * BATCHES;

    private static final int SHUFFLED = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(42);

    private float coordinate() {
        return (random.nextInt() >> 8) * 0x1p-24f;
    }

    /** Rows in a block that begins at a cache line. */
    MemorySegment rows(Arena arena, int dimension, int count) {
        MemorySegment block = arena.allocate(4L * dimension * count, 64);
        for (long at = 0; at < block.byteSize(); at += 4) {
            block.set(VectorRows.FLOAT, at, coordinate());
        }
        return block;
    }

    float[] query(int dimension) {
        float[] query = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            query[i] = coordinate();
        }
        return query;
    }

    /** Which of {@code count} rows are visited: few one after another, to stay in the cache, many at random. */
    int[] visits(int count, boolean cached) {
        int[] ordinals = new int[cached ? ROWS : SHUFFLED];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = cached ? i % count : random.nextInt(count);
        }
        return ordinals;
    }
}
