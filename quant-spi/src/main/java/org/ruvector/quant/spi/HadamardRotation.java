package org.ruvector.quant.spi;

import java.util.Arrays;

/**
 * A pseudo-random rotation in {@code O(d · log d)}: three rounds of random signs, a Walsh–Hadamard transform of blocks, and a
 * random permutation between rounds, which mixes the blocks (N. Ailon and B. Chazelle, "The fast Johnson–Lindenstrauss
 * transform and approximate nearest neighbors", SIAM J. Comput. 2009; three rounds as in "Practical and optimal LSH for angular
 * distance", Andoni et al., NIPS 2015). Dimensions are padded with zeros to a power of two, from 16 on to a multiple of 16.
 */
public final class HadamardRotation implements Rotation {
    private static final int ROUNDS = 3;

    private final int dimension;
    private final int padded;
    /** +1 or −1 for each round and coordinate. */
    private final float[][] signs;
    /** Where each coordinate goes after a round but the last. */
    private final int[][] places;

    /**
     * Draws a rotation.
     *
     * @param dimension coordinates per vector, at least 1
     * @param seed      every choice follows from it
     */
    public HadamardRotation(int dimension, long seed) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + "; it must be at least 1");
        }
        this.dimension = dimension;
        this.padded = dimension >= 16 ? (dimension + 15) / 16 * 16 : Integer.highestOneBit(2 * dimension - 1);
        this.signs = new float[ROUNDS][padded];
        this.places = new int[ROUNDS - 1][padded];
        long[] state = {seed};
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < padded; i++) {
                signs[round][i] = next(state) < 0 ? -1 : 1;
            }
            if (round < ROUNDS - 1) {
                shuffle(places[round], state);
            }
        }
    }

    /** SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), written out: a saved index draws its rotation again. */
    private static long next(long[] state) {
        state[0] += 0x9E3779B97F4A7C15L;
        long z = state[0];
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static void shuffle(int[] places, long[] state) {
        for (int i = 0; i < places.length; i++) {
            int j = (int) Long.remainderUnsigned(next(state), i + 1);
            places[i] = places[j];
            places[j] = i;
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int rotatedDimension() {
        return padded;
    }

    @Override
    public void rotate(float[] vector, float[] rotated) {
        float[] now = rotated;
        float[] other = new float[padded];
        System.arraycopy(vector, 0, now, 0, dimension);
        Arrays.fill(now, dimension, padded, 0);
        for (int round = 0; round < ROUNDS; round++) {
            multiply(now, signs[round]);
            transformBlocks(now);
            if (round < ROUNDS - 1) {
                for (int i = 0; i < padded; i++) {
                    other[places[round][i]] = now[i];
                }
                float[] swap = now;
                now = other;
                other = swap;
            }
        }
        // Between an odd number of rounds the arrays changed places an even number of times.
    }

    @Override
    public void unrotate(float[] rotated, float[] vector) {
        float[] now = rotated.clone();
        float[] other = new float[padded];
        for (int round = ROUNDS - 1; round >= 0; round--) {
            if (round < ROUNDS - 1) {
                for (int i = 0; i < padded; i++) {
                    other[i] = now[places[round][i]];
                }
                float[] swap = now;
                now = other;
                other = swap;
            }
            transformBlocks(now);
            multiply(now, signs[round]);
        }
        System.arraycopy(now, 0, vector, 0, dimension);
    }

    private static void multiply(float[] vector, float[] by) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= by[i];
        }
    }

    /** Transforms blocks whose sizes are the powers of two that the dimension is the sum of; its own inverse. */
    private static void transformBlocks(float[] vector) {
        int from = 0;
        for (int left = vector.length; left > 0; ) {
            int size = Integer.highestOneBit(left);
            WalshHadamard.transform(vector, from, size);
            from += size;
            left -= size;
        }
    }
}
