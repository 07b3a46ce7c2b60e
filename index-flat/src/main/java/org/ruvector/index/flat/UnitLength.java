package org.ruvector.index.flat;

/** Scaling to Euclidean length 1, which turns the cosine into an inner product. */
final class UnitLength {

    private UnitLength() {}

    /**
     * Scales in place; a zero vector stays zero. In double precision no finite float overflows when squared and none but
     * zero vanishes.
     */
    static float[] scale(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        if (squares > 0) {
            double norm = Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / norm);
            }
        }
        return vector;
    }
}
