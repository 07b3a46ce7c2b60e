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
 * Constants with which the float kernels sum over the lanes of a register, always in the same order: lane {@code i} with the
 * lane half a register away, those sums with the ones a quarter away, and so on. {@code reduceLanes} leaves the order open, and
 * the interpreter and the compiled code choose differently: the same pair of vectors would then be at two distances within one
 * run. Four registers are summed together, and eight: after a step that adds lanes far apart half of the lanes repeat the
 * other half, and the sums of another register take their place.
 */
@Lanes.SuppressForbidden
final class Lanes {

    /** The preferred width, within what the sums can fold. */
    static final VectorSpecies<Float> SPECIES = VectorSpecies.of(
            float.class, VectorShape.forBitSize(Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512)));

    static final int LANES = SPECIES.length();

    /** The class of a register, which has no name outside its package; see {@link FloatRows}. */
    static final Class<? extends FloatVector> REGISTER =
            FloatVector.zero(SPECIES).getClass();

    static final VectorShuffle<Float> HALF_AWAY = exchange(LANES / 2);
    static final VectorShuffle<Float> QUARTER_AWAY = exchange(LANES / 4);
    static final VectorShuffle<Float> EIGHTH_AWAY = exchange(LANES / 8);
    static final VectorShuffle<Float> TWO_AWAY = exchange(2);
    static final VectorShuffle<Float> ONE_AWAY = exchange(1);
    static final VectorMask<Float> ODD_HALF = lanesWith(LANES / 2);
    static final VectorMask<Float> ODD_QUARTERS = lanesWith(LANES / 4);
    static final VectorMask<Float> ODD_EIGHTHS = lanesWith(LANES / 8);

    /**
     * Shuffles that are constants compile to one permutation each, and come after the loop over the coordinates, as does the
     * reading of single lanes.
     */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface SuppressForbidden {}

    private Lanes() {}

    /**
     * A row's last register, where its length is no multiple of the lanes, begins in the one before. These bits mark the lanes
     * that were summed with that one.
     */
    static long skipped(int length) {
        return -1L >>> (64 - LANES + length % LANES);
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
