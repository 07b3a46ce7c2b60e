package org.ruvector.kernels.vector;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the lanes of one register or of four, always in the same order: lane {@code i} with the lane half a register
 * away, those sums with the ones a quarter away, and so on. {@code reduceLanes} leaves the order open, and the interpreter and
 * the compiled code choose differently: the same pair of vectors would then be at two distances within one run.
 */
@LaneSums.SuppressForbidden
final class LaneSums {

    /** The preferred width, within what the sums below can fold. */
    static final VectorSpecies<Float> SPECIES = VectorSpecies.of(
            float.class, VectorShape.forBitSize(Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512)));

    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> HALF_AWAY = exchange(LANES / 2);
    private static final VectorShuffle<Float> QUARTER_AWAY = exchange(LANES / 4);
    private static final VectorShuffle<Float> TWO_AWAY = exchange(2);
    private static final VectorShuffle<Float> ONE_AWAY = exchange(1);
    private static final VectorMask<Float> ODD_HALF = lanesWith(LANES / 2);
    private static final VectorMask<Float> ODD_QUARTERS = lanesWith(LANES / 4);

    /**
     * Shuffles that are constants compile to one permutation each, and they come after the loop over the coordinates. With
     * everything in the cache a row in a group of four took 7.8, 17.0 and 36.8 ns at 128, 384 and 784 dimensions, with
     * {@code reduceLanes} 7.0, 14.8 and 33.3. Halving the registers with {@code castShape} took over 250 ns: too much for the
     * compiler to inline four times.
     */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface SuppressForbidden {}

    private LaneSums() {}

    static float sum(FloatVector v) {
        FloatVector s = v.add(v.rearrange(HALF_AWAY));
        s = s.add(s.rearrange(QUARTER_AWAY));
        if (LANES > 8) {
            s = s.add(s.rearrange(TWO_AWAY));
        }
        if (LANES > 4) {
            s = s.add(s.rearrange(ONE_AWAY));
        }
        return s.lane(0);
    }

    /** The sums of four registers, each the same to the bit as {@link #sum}, in {@code out[at]} to {@code out[at + 3]}. */
    static void sums(FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out, int at) {
        FloatVector ab = a.blend(b, ODD_HALF).add(b.blend(a, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector cd = c.blend(d, ODD_HALF).add(d.blend(c, ODD_HALF).rearrange(HALF_AWAY));
        FloatVector abcd =
                ab.blend(cd, ODD_QUARTERS).add(cd.blend(ab, ODD_QUARTERS).rearrange(QUARTER_AWAY));
        // Written out, because a call within a call is inlined or not by what the profile happened to see.
        if (LANES > 8) {
            abcd = abcd.add(abcd.rearrange(TWO_AWAY));
        }
        if (LANES > 4) {
            abcd = abcd.add(abcd.rearrange(ONE_AWAY));
        }
        out[at] = abcd.lane(0);
        out[at + 1] = abcd.lane(LANES / 2);
        out[at + 2] = abcd.lane(LANES / 4);
        out[at + 3] = abcd.lane(LANES / 2 + LANES / 4);
    }

    private static VectorShuffle<Float> exchange(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
    }

    private static VectorMask<Float> lanesWith(int bit) {
        long lanes = 0;
        for (int lane = 0; lane < LANES; lane++) {
            lanes |= (lane & bit) == 0 ? 0 : 1L << lane;
        }
        return VectorMask.fromLong(SPECIES, lanes);
    }
}
