package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.api.spi.RowKernel;

/**
 * The exact neighbours of each of some rows among these rows, by brute force.
 *
 * @param rows     vectors
 * @param ordinals which of them count; a position is an index into this array
 * @param kernel   the metric
 * @param nearest  by position, the positions of the nearest others, the nearest first
 */
record NearestRows(VectorRows rows, int[] ordinals, RowKernel<float[]> kernel, int[][] nearest) {
    private static final int BLOCK = 256;

    /** Finds the {@code k} nearest of each, fewer if there are not so many. */
    static NearestRows of(VectorRows rows, int[] ordinals, int k, QuantizerSpec spec, BuildContext context) {
        RowKernel<float[]> kernel = context.kernel().floats(spec.metric());
        int[][] nearest = new int[ordinals.length][];
        AtomicInteger next = new AtomicInteger();
        context.workers().run(() -> {
            Best best = new Best(Math.min(k, ordinals.length - 1));
            float[] distances = new float[BLOCK];
            for (int row; (row = next.getAndIncrement()) < ordinals.length; ) {
                if (row % BLOCK == 0 && !context.progress().update("find neighbours", row, ordinals.length)) {
                    next.set(ordinals.length);
                    throw new CancellationException("The search for neighbours was cancelled after " + row + " rows");
                }
                float[] query = vector(rows, ordinals[row]);
                best.clear();
                for (int from = 0; from < ordinals.length; from += BLOCK) {
                    int[] block = Arrays.copyOfRange(ordinals, from, Math.min(ordinals.length, from + BLOCK));
                    kernel.distances(
                            query, rows.segment(), rows.stride(), block, block.length, best.bound(), distances);
                    for (int i = 0; i < block.length; i++) {
                        if (from + i != row) {
                            best.add(from + i, distances[i]);
                        }
                    }
                }
                nearest[row] = best.positions.clone();
            }
        });
        return new NearestRows(rows, ordinals, kernel, nearest);
    }

    private static float[] vector(VectorRows rows, int ordinal) {
        float[] vector = new float[rows.dimension()];
        MemorySegment.copy(rows.segment(), VectorRows.FLOAT, ordinal * rows.stride(), vector, 0, vector.length);
        return vector;
    }

    /** Computes the distances from the row at one position to those at some. */
    void distances(int position, int[] positions, float[] out) {
        int[] others = new int[positions.length];
        for (int i = 0; i < others.length; i++) {
            others[i] = ordinals[positions[i]];
        }
        float[] query = vector(rows, ordinals[position]);
        kernel.distances(query, rows.segment(), rows.stride(), others, others.length, Float.POSITIVE_INFINITY, out);
    }

    /** The few nearest so far, in order; of equally near ones the first seen. */
    private static final class Best {
        private final int[] positions;
        private final float[] distances;
        private int size;

        Best(int capacity) {
            positions = new int[capacity];
            distances = new float[capacity];
        }

        void clear() {
            size = 0;
        }

        float bound() {
            return size < distances.length || size == 0 ? Float.POSITIVE_INFINITY : distances[size - 1];
        }

        void add(int position, float distance) {
            if (distances.length == 0 || (size == distances.length && !(distance < distances[size - 1]))) {
                return;
            }
            int i = size < distances.length ? size++ : size - 1;
            for (; i > 0 && distance < distances[i - 1]; i--) {
                distances[i] = distances[i - 1];
                positions[i] = positions[i - 1];
            }
            distances[i] = distance;
            positions[i] = position;
        }
    }
}
