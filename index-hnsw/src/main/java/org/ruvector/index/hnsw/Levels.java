package org.ruvector.index.hnsw;

/**
 * The level of a node: geometrically distributed, {@code ⌊−ln(u) / ln(M)⌋} as algorithm 1 of the paper draws it with
 * {@code m_L = 1 / ln(M)}. The random {@code u} is a hash of seed and ordinal (the finalizer of SplitMix64), so that a build
 * can be repeated whatever the order in which threads get to the nodes.
 */
final class Levels {
    /** More than 2⁵³ nodes would have to be drawn to exceed it with M = 2. */
    static final int MAX = 53;

    private Levels() {}

    static int of(long seed, int ordinal, int m) {
        long z = seed + (ordinal + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        double u = ((z >>> 11) + 1) * 0x1p-53;
        return Math.min(MAX, (int) (-Math.log(u) / Math.log(m)));
    }
}
