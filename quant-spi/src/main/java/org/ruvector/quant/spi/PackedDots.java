package org.ruvector.quant.spi;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.ruvector.api.VectorRows;

/**
 * {@code Σ wᵢ·cᵢ} for integers {@code c} packed by {@link PackedBits} and floats {@code w}, with the Vector API, four codes at a time.
 *
 * <p>Eight bits are widened sixteen at a time. Of fewer bits 64 are spread over a register, and each lane moves its own field
 * down and cuts it out. A last read that would go beyond a code begins earlier, where weights of zero meet what was read before.
 * Immutable but for scratch space; belongs to one thread.
 */
@PackedDots.SuppressForbidden
final class PackedDots {
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(
            float.class, VectorShape.forBitSize(Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512)));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Long> LONGS = FLOATS.withLanes(long.class);
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> HALF_AWAY = exchange(LANES / 2);
    private static final VectorShuffle<Float> QUARTER_AWAY = exchange(LANES / 4);
    private static final VectorShuffle<Float> TWO_AWAY = exchange(2);
    private static final VectorShuffle<Float> ONE_AWAY = exchange(1);
    private static final VectorMask<Float> ODD_HALF = lanesWith(LANES / 2);
    private static final VectorMask<Float> ODD_QUARTERS = lanesWith(LANES / 4);

    /** A thread that owns nothing, and never runs: what it may read belongs to no thread. See {@link #reads}. */
    private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

    /**
     * Shuffles that are constants compile to one permutation each, and the thread never runs. Cached codes of 384 dimensions take 18 ns
     * with eight bits, 27 with four and 20 with one; unpacked and multiplied one by one, as without the Vector API, 340.
     */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface SuppressForbidden {}

    private final Plane[] planes;
    /** Sums of four codes, lane by lane. */
    private final float[] lanes = new float[4 * LANES];

    /**
     * Where one plane's reads begin in a code, and the weights of what they read, register by register.
     *
     * @param shifts for fields of less than eight bits: how far each lane of the registers of a read moves its field down
     */
    private record Plane(int field, int[] starts, float[] weights, int[] shifts) {}

    /**
     * Lays the weights out as the integers are.
     *
     * @param at where in a code of at least 16 bytes the integers begin, at least 8
     */
    PackedDots(float[] weights, int bits, int at) {
        this.planes = new Plane[Integer.bitCount(bits)];
        int first = at;
        int count = 0;
        for (int left = bits; left > 0; ) {
            int field = Integer.highestOneBit(left);
            left -= field;
            int bytes = PackedBits.planeBytes(weights.length, field);
            planes[count++] = plane(weights, field, left, first, bytes);
            first += bytes;
        }
    }

    private static Plane plane(float[] weights, int field, int scale, int first, int bytes) {
        int read = field == 8 ? BYTES.length() : Long.BYTES;
        int reads = (bytes + read - 1) / read;
        int perRead = 8 * read / field;
        int registers = perRead / LANES;
        int[] starts = new int[reads];
        float[] ordered = new float[reads * registers * LANES];
        int[] shifts = new int[registers * LANES];
        for (int k = 0; k < reads; k++) {
            int from = Math.min(k * read, bytes - read);
            starts[k] = first + from;
            for (int i = 0; i < perRead; i++) {
                // 64 bits are two words in turn; sixteen bytes stay in order.
                int lane = field == 8 ? i : i % (32 / field) * 2 + i / (32 / field);
                shifts[lane] = i % (32 / field) * field;
                int integer = from * 8 / field + i;
                if (integer * (long) field >= 8L * k * read && integer < weights.length) {
                    ordered[k * registers * LANES + lane] = Math.scalb(weights[integer], scale);
                }
            }
        }
        return new Plane(field, starts, ordered, shifts);
    }

    /**
     * Whether the memory belongs to no thread: only that is read here. The compiler's profile of the check of owners is shared by
     * all code, and in memory with an owner it costs a recompilation in each loop.
     */
    static boolean reads(MemorySegment codes) {
        return codes.isAccessibleBy(NOBODY);
    }

    /** Of code {@code ordinals[from + i]} in {@code out[i]}, for {@code i} from 0 to {@code n − 1}. */
    void dots(MemorySegment codes, long codeBytes, int[] ordinals, int from, int n, float[] out) {
        int last = from + n - 1;
        for (int i = 0; i < n; i += 4) {
            long c0 = ordinals[from + i] * codeBytes;
            long c1 = ordinals[Math.min(from + i + 1, last)] * codeBytes;
            long c2 = ordinals[Math.min(from + i + 2, last)] * codeBytes;
            long c3 = ordinals[Math.min(from + i + 3, last)] * codeBytes;
            FloatVector.zero(FLOATS).intoArray(lanes, 0);
            FloatVector.zero(FLOATS).intoArray(lanes, LANES);
            FloatVector.zero(FLOATS).intoArray(lanes, 2 * LANES);
            FloatVector.zero(FLOATS).intoArray(lanes, 3 * LANES);
            for (Plane plane : planes) {
                if (plane.field == 8) {
                    bytes(codes, plane.starts, plane.weights, c0, c1, c2, c3);
                } else {
                    fields(codes, plane, c0, c1, c2, c3);
                }
            }
            fold(out, i, n);
        }
    }

    // These hand over in an array, because in longer methods the compiler stops inlining the Vector API.

    private void bytes(MemorySegment codes, int[] starts, float[] weights, long c0, long c1, long c2, long c3) {
        if (!codes.isAccessibleBy(NOBODY)) {
            throw new IllegalStateException("these codes belong to one thread: they are not read here");
        }
        FloatVector s0 = FloatVector.fromArray(FLOATS, lanes, 0);
        FloatVector s1 = FloatVector.fromArray(FLOATS, lanes, LANES);
        FloatVector s2 = FloatVector.fromArray(FLOATS, lanes, 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(FLOATS, lanes, 3 * LANES);
        int at = 0;
        for (int start : starts) {
            ByteVector x0 = ByteVector.fromMemorySegment(BYTES, codes, c0 + start, LITTLE_ENDIAN);
            ByteVector x1 = ByteVector.fromMemorySegment(BYTES, codes, c1 + start, LITTLE_ENDIAN);
            ByteVector x2 = ByteVector.fromMemorySegment(BYTES, codes, c2 + start, LITTLE_ENDIAN);
            ByteVector x3 = ByteVector.fromMemorySegment(BYTES, codes, c3 + start, LITTLE_ENDIAN);
            for (int part = 0; part < 16 / LANES; part++) {
                FloatVector w = FloatVector.fromArray(FLOATS, weights, at);
                s0 = w.fma(
                        x0.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                                .convert(VectorOperators.I2F, 0),
                        s0);
                s1 = w.fma(
                        x1.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                                .convert(VectorOperators.I2F, 0),
                        s1);
                s2 = w.fma(
                        x2.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                                .convert(VectorOperators.I2F, 0),
                        s2);
                s3 = w.fma(
                        x3.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                                .convert(VectorOperators.I2F, 0),
                        s3);
                at += LANES;
            }
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, LANES);
        s2.intoArray(lanes, 2 * LANES);
        s3.intoArray(lanes, 3 * LANES);
    }

    private void fields(MemorySegment codes, Plane plane, long c0, long c1, long c2, long c3) {
        if (!codes.isAccessibleBy(NOBODY)) {
            throw new IllegalStateException("these codes belong to one thread: they are not read here");
        }
        int[] shifts = plane.shifts;
        float[] weights = plane.weights;
        IntVector mask = IntVector.broadcast(INTS, (1 << plane.field) - 1);
        FloatVector s0 = FloatVector.fromArray(FLOATS, lanes, 0);
        FloatVector s1 = FloatVector.fromArray(FLOATS, lanes, LANES);
        FloatVector s2 = FloatVector.fromArray(FLOATS, lanes, 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(FLOATS, lanes, 3 * LANES);
        int at = 0;
        for (int start : plane.starts) {
            IntVector x0 = LongVector.broadcast(LONGS, codes.get(VectorRows.LONG, c0 + start))
                    .reinterpretAsInts();
            IntVector x1 = LongVector.broadcast(LONGS, codes.get(VectorRows.LONG, c1 + start))
                    .reinterpretAsInts();
            IntVector x2 = LongVector.broadcast(LONGS, codes.get(VectorRows.LONG, c2 + start))
                    .reinterpretAsInts();
            IntVector x3 = LongVector.broadcast(LONGS, codes.get(VectorRows.LONG, c3 + start))
                    .reinterpretAsInts();
            for (int register = 0; register < shifts.length; register += LANES) {
                FloatVector w = FloatVector.fromArray(FLOATS, weights, at);
                IntVector shift = IntVector.fromArray(INTS, shifts, register);
                s0 = w.fma(x0.lanewise(VectorOperators.LSHR, shift).and(mask).convert(VectorOperators.I2F, 0), s0);
                s1 = w.fma(x1.lanewise(VectorOperators.LSHR, shift).and(mask).convert(VectorOperators.I2F, 0), s1);
                s2 = w.fma(x2.lanewise(VectorOperators.LSHR, shift).and(mask).convert(VectorOperators.I2F, 0), s2);
                s3 = w.fma(x3.lanewise(VectorOperators.LSHR, shift).and(mask).convert(VectorOperators.I2F, 0), s3);
                at += LANES;
            }
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, LANES);
        s2.intoArray(lanes, 2 * LANES);
        s3.intoArray(lanes, 3 * LANES);
    }

    /** Adds lanes always in the same order: {@code reduceLanes} leaves it open. */
    private void fold(float[] out, int i, int n) {
        FloatVector s0 = FloatVector.fromArray(FLOATS, lanes, 0);
        FloatVector s1 = FloatVector.fromArray(FLOATS, lanes, LANES);
        FloatVector s2 = FloatVector.fromArray(FLOATS, lanes, 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(FLOATS, lanes, 3 * LANES);
        FloatVector ab = s0.blend(s1, ODD_HALF).add(s1.blend(s0, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector cd = s2.blend(s3, ODD_HALF).add(s3.blend(s2, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector sum =
                ab.blend(cd, ODD_QUARTERS).add(cd.blend(ab, ODD_QUARTERS).rearrange(QUARTER_AWAY));
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(TWO_AWAY));
        }
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(ONE_AWAY));
        }
        out[i] = sum.lane(0);
        if (i + 1 < n) {
            out[i + 1] = sum.lane(LANES / 2);
        }
        if (i + 2 < n) {
            out[i + 2] = sum.lane(LANES / 4);
        }
        if (i + 3 < n) {
            out[i + 3] = sum.lane(LANES / 2 + LANES / 4);
        }
    }

    private static VectorShuffle<Float> exchange(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LANES);
    }

    private static VectorMask<Float> lanesWith(int bit) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) {
            lanes |= (lane & bit) == 0 ? 0 : 1L << lane;
        }
        return VectorMask.fromLong(FLOATS, lanes);
    }
}
