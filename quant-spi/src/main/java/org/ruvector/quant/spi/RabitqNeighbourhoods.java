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
 * RaBitQ codes relative to a neighbour, scored by {@link FastScan}, as in SymphonyQG (Y. Gou, J. Gao, Y. Xu and C. Long,
 * "SymphonyQG: towards symphonious integration of quantization and graph for approximate nearest neighbor search", SIGMOD 2025).
 *
 * <p>For a vector {@code x} near {@code p}, {@code y = R(x − p)} and the grid point {@code u} nearest to it in direction,
 * {@code ⟨q − p, x − p⟩ ≈ f · (⟨R(q − c), u⟩ − ⟨R(p − c), u⟩)} with {@code f = |y|² / ⟨y, u⟩}; {@code c} is the mean of all vectors, which keeps
 * both products small. All but {@code ⟨R(q − c), u⟩} is known beforehand: a block holds for each vector {@code A} and {@code F} so that the
 * distance is that of {@code p} {@code + A + F · ⟨R(q − c), u⟩}, and then the bits of {@code u}, plane by plane, the highest last. The query's coordinates are rounded to at most 15 steps either way; the table of four of them has the
 * sums over those whose bit has their sign.
 */
final class RabitqNeighbourhoods implements NeighbourhoodCodec {
    private static final int CODES = 2 * WIDTH * Float.BYTES;

    private final QuantizerSpec spec;
    private final float[] mean;
    private final HadamardRotation rotation;
    private final Rounding.NearestDirection rounding;
    private final int bits;
    /** Coordinates after the rotation, and with zeros after them a multiple of what {@link FastScan} takes at once. */
    private final int rotated;

    private final int width;

    RabitqNeighbourhoods(
            QuantizerSpec spec, float[] mean, HadamardRotation rotation, Rounding.NearestDirection rounding) {
        this.spec = spec;
        this.mean = mean;
        this.rotation = rotation;
        this.rounding = rounding;
        this.bits = rounding.bits();
        this.rotated = rotation.rotatedDimension();
        this.width = (rotated + 15) / 16 * 16;
    }

    private int subspaces() {
        return width / 4;
    }

    @Override
    public int blockBytes() {
        return CODES + bits * FastScan.bytes(subspaces());
    }

    @Override
    public void encode(float[] reference, VectorRows rows, int[] ordinals, int from, int to, MemorySegment block) {
        float[] parent = new float[rotated];
        rotation.rotate(centred(reference), parent);
        float[] x = new float[spec.dimension()];
        float[] y = new float[rotated];
        int[] code = new int[width];
        double[] own = new double[2];
        double factorWeight = spec.metric() == Metric.EUCLIDEAN ? -2 : -1;
        for (int place = from; place < to; place++) {
            MemorySegment.copy(rows.segment(), VectorRows.FLOAT, ordinals[place] * rows.stride(), x, 0, x.length);
            double towardsMean = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] -= reference[i];
                towardsMean += (double) mean[i] * x[i];
            }
            rotation.rotate(x, y);
            rounding.round(y, code, own);
            double squares = 0;
            double along = 0;
            double parentAlong = 0;
            for (int i = 0; i < rotated; i++) {
                double u = own[0] + code[i];
                squares += (double) y[i] * y[i];
                along += u * y[i];
                parentAlong += u * parent[i];
            }
            double factor = along > 0 ? squares / along : 0;
            double apart = switch (spec.metric()) {
                case EUCLIDEAN -> squares + 2 * factor * parentAlong;
                // Vectors of unit length: the distance is half the squared Euclidean one.
                case COSINE -> squares / 2 + factor * parentAlong;
                // ⟨q, x − p⟩ = ⟨q − c, x − p⟩ + ⟨c, x − p⟩.
                default -> -towardsMean;
            };
            block.set(VectorRows.FLOAT, 4L * place, (float) apart);
            block.set(VectorRows.FLOAT, 4L * (WIDTH + place), (float) (factorWeight * factor));
            for (int plane = 0; plane < bits; plane++) {
                long at = CODES + (long) plane * FastScan.bytes(subspaces());
                for (int i = 0; i < width; i += 4) {
                    int nibble = (code[i] >> plane & 1)
                            | (code[i + 1] >> plane & 1) << 1
                            | (code[i + 2] >> plane & 1) << 2
                            | (code[i + 3] >> plane & 1) << 3;
                    FastScan.put(block, at, place, i / 4, nibble);
                }
            }
        }
    }

    @Override
    public NeighbourhoodScorer scorer(Query query) {
        float[] w = new float[rotated];
        rotation.rotate(centred(Sample.query(query, spec)), w);
        return new TableScorer(Arrays.copyOf(w, width), bits);
    }

    private float[] centred(float[] vector) {
        float[] centred = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            centred[i] = vector[i] - mean[i];
        }
        return centred;
    }

    private static final class TableScorer implements NeighbourhoodScorer {
        private static final int STEPS = 15;
        /** In which of the first eight entries a coordinate's bit is set, a byte each; the fourth's is set in the last eight. */
        private static final long[] SET = {0x0100_0100_0100_0100L, 0x0101_0000_0101_0000L, 0x0101_0101_0000_0000L};

        private static final long EVERY = 0x0101_0101_0101_0101L;

        private final byte[] tables;
        private final int bits;
        private final int planeBytes;
        /** The inner product is {@code offset + step · the sum of the entries}. */
        private final float offset;

        private final float step;
        private final float[] totals = new float[WIDTH];
        private final short[] scratch = new short[FastScan.SCRATCH];

        TableScorer(float[] w, int bits) {
            this.bits = bits;
            this.planeBytes = 4 * w.length;
            this.tables = new byte[planeBytes];
            float largest = 0;
            for (float x : w) {
                largest = Math.max(largest, Math.abs(x));
            }
            double most = Math.min(STEPS / (double) largest, mostPerStep(w));
            // Of a query so short that this overflows, fewer steps are left.
            float perStep = largest > 0 ? (float) Math.min(most, Float.MAX_VALUE) : 0;
            this.step = largest > 0 ? 1 / perStep : 0;
            long negative = 0;
            long all = 0;
            MemorySegment entries = MemorySegment.ofArray(tables);
            // Signs are as good as random: a branch on them would be mispredicted every other time.
            for (int i = 0; i < w.length; i += 4) {
                long shared = 0;
                for (int j = 0; j < 3; j++) {
                    long size = (int) (Math.abs(w[i + j]) * perStep + 0.5f);
                    long minus = Float.floatToRawIntBits(w[i + j]) >> 31;
                    shared += size * (SET[j] ^ (EVERY & minus));
                    negative += size & minus;
                    all += (size ^ minus) - minus;
                }
                long size = (int) (Math.abs(w[i + 3]) * perStep + 0.5f);
                long minus = Float.floatToRawIntBits(w[i + 3]) >> 31;
                entries.set(VectorRows.LONG, 4L * i, shared + size * (EVERY & minus));
                entries.set(VectorRows.LONG, 4L * i + 8, shared + size * (EVERY & ~minus));
                negative += size & minus;
                all += (size ^ minus) - minus;
            }
            // The codes are c, the grid points c − half; entries count a negative coordinate where its bit is not set.
            double top = (1 << bits) - 1;
            this.offset = (float) (step * (-top * negative - top / 2 * all));
        }

        /** All entries that a code may choose, each rounded up by a half, must add up to no more than a sum can hold. */
        private static double mostPerStep(float[] w) {
            if (w.length * (STEPS + 0.5) <= FastScan.LARGEST_SUM) {
                return Double.POSITIVE_INFINITY;
            }
            double sum = 0;
            for (float x : w) {
                sum += Math.abs(x);
            }
            return (FastScan.LARGEST_SUM - w.length / 2.0) / sum;
        }

        @Override
        public int score(MemorySegment blocks, long at, float referenceDistance, float bound, float[] out) {
            Arrays.fill(totals, 0);
            for (int plane = 0; plane < bits; plane++) {
                FastScan.add(tables, blocks, at + CODES + (long) plane * planeBytes, 1 << plane, totals, scratch);
            }
            if (VectorApi.USABLE) {
                return Lanes.estimate(this, blocks, at, referenceDistance, bound, out);
            }
            int below = 0;
            for (int i = 0; i < WIDTH; i++) {
                float apart = blocks.get(VectorRows.FLOAT, at + 4L * i);
                float factor = blocks.get(VectorRows.FLOAT, at + 4L * (WIDTH + i));
                out[i] = referenceDistance + apart + factor * (offset + step * totals[i]);
                below |= out[i] < bound ? 1 << i : 0;
            }
            return below;
        }

        /** The same with the Vector API. */
        private static final class Lanes {
            private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

            static int estimate(
                    TableScorer scorer, MemorySegment blocks, long at, float reference, float bound, float[] out) {
                int below = 0;
                for (int i = 0; i < WIDTH; i += SPECIES.length()) {
                    FloatVector apart =
                            FloatVector.fromMemorySegment(SPECIES, blocks, at + 4L * i, ByteOrder.LITTLE_ENDIAN);
                    FloatVector factor = FloatVector.fromMemorySegment(
                            SPECIES, blocks, at + 4L * (WIDTH + i), ByteOrder.LITTLE_ENDIAN);
                    FloatVector product = FloatVector.fromArray(SPECIES, scorer.totals, i)
                            .mul(scorer.step)
                            .add(scorer.offset);
                    FloatVector distance = product.mul(factor).add(apart.add(reference));
                    distance.intoArray(out, i);
                    below |= (int) distance.compare(VectorOperators.LT, bound).toLong() << i;
                }
                return below;
            }
        }
    }
}
