package org.ruvector.quant.spi;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.QuantizerSpec;

/**
 * Product codes of four bits in blocks of 32, scored by {@link FastScan}.
 *
 * <p>With the vector {@code x}, decoded {@code u}, and the reference {@code p}, the squared distance to a query is
 * {@code |q − x|² = |q − u|² + |u − x|² + 2⟨p − u, u − x⟩ + 2⟨q − p, u − x⟩}, and the inner product {@code ⟨q, x⟩ = ⟨q, u⟩ + ⟨p, x − u⟩ + ⟨q − p, x − u⟩}. The
 * first term is the sum of table entries, the last one is small where the query is near the reference, and is left out; a block holds what
 * is between them, a float for each vector, and then the codes. Table entries are rounded to one of 64 equal
 * steps, and what is beyond the last is taken for it: the farthest vectors may seem nearer than they are.
 */
final class ProductNeighbourhoods implements NeighbourhoodCodec {
    private static final int CODES = WIDTH * Float.BYTES;

    private final QuantizerSpec spec;
    private final Rotation rotation;
    private final Codebooks codebooks;
    /** Sub-spaces, and with empty ones after them a multiple of what {@link FastScan} takes at once. */
    private final int m;

    /** Takes the rotation, {@code null} for none, and codebooks of four bits. */
    ProductNeighbourhoods(QuantizerSpec spec, Rotation rotation, Codebooks codebooks) {
        this.spec = spec;
        this.rotation = rotation;
        this.codebooks = codebooks;
        this.m = (codebooks.m() + FastScan.GROUP - 1) / FastScan.GROUP * FastScan.GROUP;
    }

    @Override
    public int blockBytes() {
        return CODES + FastScan.bytes(m);
    }

    private float[] rotated(float[] x) {
        if (rotation == null) {
            return x;
        }
        float[] y = new float[codebooks.dimension()];
        rotation.rotate(x, y);
        return y;
    }

    @Override
    public void encode(float[] reference, VectorRows rows, int[] ordinals, int from, int to, MemorySegment block) {
        float[] p = rotated(reference);
        float[] row = new float[spec.dimension()];
        float[] u = new float[codebooks.dimension()];
        int[] numbers = new int[codebooks.m()];
        float[] distances = new float[1 << codebooks.bits()];
        for (int place = from; place < to; place++) {
            MemorySegment.copy(rows.segment(), VectorRows.FLOAT, ordinals[place] * rows.stride(), row, 0, row.length);
            float[] x = rotated(row);
            codebooks.encode(x, 0, numbers, distances);
            codebooks.decode(numbers, u, 0);
            double apart = 0;
            for (int i = 0; i < u.length; i++) {
                double lost = (double) x[i] - u[i];
                apart += spec.metric() == Metric.EUCLIDEAN ? lost * (lost - 2 * ((double) p[i] - u[i])) : -lost * p[i];
            }
            block.set(VectorRows.FLOAT, 4L * place, (float) apart);
            for (int s = 0; s < numbers.length; s++) {
                FastScan.put(block, CODES, place, s, numbers[s]);
            }
        }
    }

    @Override
    public NeighbourhoodScorer scorer(Query query) {
        float[][] tables = new float[m][];
        Arrays.setAll(tables, s -> new float[16]);
        codebooks.tables(rotated(Sample.query(query, spec)), spec.metric(), tables);
        return new TableScorer(tables, spec.metric() == Metric.COSINE ? 1 : 0);
    }

    private static final class TableScorer implements NeighbourhoodScorer {
        /**
         * Entries count as at most so many times the mean: near vectors have none larger, and where one sub-space has far larger ones
         * than the rest, as after a rotation that was learnt, steps that reach them are too long for the others.
         */
        private static final double SATURATION = 6;

        private final byte[] tables;
        /** The distance to what is decoded is {@code offset + step · the sum of the entries}. */
        private final float offset;

        private final float step;
        private final float[] totals = new float[WIDTH];
        private final short[] scratch = new short[FastScan.SCRATCH];

        TableScorer(float[][] exact, float own) {
            float[] least = new float[exact.length];
            float range = 0;
            double sum = own;
            double mean = 0;
            for (int s = 0; s < exact.length; s++) {
                least[s] = Float.POSITIVE_INFINITY;
                for (float entry : exact[s]) {
                    least[s] = Math.min(least[s], entry);
                }
                for (float entry : exact[s]) {
                    range = Math.max(range, entry - least[s]);
                    mean += (entry - least[s]) / 16.0 / exact.length;
                }
                sum += least[s];
            }
            range = (float) Math.min(range, SATURATION * mean);
            int steps = Math.min(FastScan.LARGEST, FastScan.LARGEST_SUM / exact.length);
            float perStep = range > 0 ? steps / range : 0;
            this.offset = (float) sum;
            this.step = range / steps;
            this.tables = new byte[FastScan.bytes(exact.length)];
            for (int i = 0; i < tables.length; i++) {
                tables[i] = (byte) Math.min(steps, (exact[i >> 4][i & 15] - least[i >> 4]) * perStep + 0.5f);
            }
        }

        @Override
        public int score(MemorySegment blocks, long at, float referenceDistance, float bound, float[] out) {
            Arrays.fill(totals, 0);
            FastScan.add(tables, blocks, at + CODES, step, totals, scratch);
            if (VectorApi.USABLE) {
                return Lanes.estimate(this, blocks, at, bound, out);
            }
            int below = 0;
            for (int i = 0; i < WIDTH; i++) {
                out[i] = totals[i] + (blocks.get(VectorRows.FLOAT, at + 4L * i) + offset);
                below |= out[i] < bound ? 1 << i : 0;
            }
            return below;
        }

        /** The same with the Vector API. */
        private static final class Lanes {
            private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

            static int estimate(TableScorer scorer, MemorySegment blocks, long at, float bound, float[] out) {
                int below = 0;
                for (int i = 0; i < WIDTH; i += SPECIES.length()) {
                    FloatVector distance = FloatVector.fromMemorySegment(
                                    SPECIES, blocks, at + 4L * i, ByteOrder.LITTLE_ENDIAN)
                            .add(scorer.offset)
                            .add(FloatVector.fromArray(SPECIES, scorer.totals, i));
                    distance.intoArray(out, i);
                    below |= (int) distance.compare(VectorOperators.LT, bound).toLong() << i;
                }
                return below;
            }
        }
    }
}
