package org.ruvector.quant.spi;

/**
 * An orthogonal map of vectors: it changes no length and no inner product, but spreads what a vector has in few coordinates
 * over all of them. Immutable and thread-safe.
 */
public sealed interface Rotation permits DenseRotation, HadamardRotation {

    /** Coordinates of a vector before; shorter ones are taken as if zeros followed. */
    int dimension();

    /** Coordinates of a vector after, at least {@link #dimension()}. */
    int rotatedDimension();

    /**
     * Rotates a vector.
     *
     * @param vector  {@link #dimension()} floats, unchanged
     * @param rotated receives {@link #rotatedDimension()} floats; another array than {@code vector}
     */
    void rotate(float[] vector, float[] rotated);

    /**
     * Undoes {@link #rotate}.
     *
     * @param rotated {@link #rotatedDimension()} floats, unchanged
     * @param vector  receives {@link #dimension()} floats; another array than {@code rotated}
     */
    void unrotate(float[] rotated, float[] vector);
}
