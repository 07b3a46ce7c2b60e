package org.ruvector.embed.minilm;

/** Mean of a text's hidden states, scaled to length 1: the pooling of Sentence-BERT. Stateless. */
final class MeanPooling {

    private MeanPooling() {}

    /**
     * Pools rows {@code first} to {@code first + count − 1} of {@code hidden} into row {@code row} of {@code out}. No
     * row is padding, so every mask is 1, and the division by their sum cancels when the length is made 1. Sums are in
     * double.
     *
     * @param hidden {@code float[rows·384]}, row-major; only read
     * @param out {@code float[n·384]}, row-major; one row of it is written
     * @return false, and the row untouched, if the sum is zero or not finite
     */
    static boolean pool(float[] hidden, int first, int count, float[] out, int row) {
        int dimension = MiniLmEmbedderProvider.DIMENSION;
        double[] sum = new double[dimension];
        for (int t = 0; t < count; t++) {
            int from = (first + t) * dimension;
            for (int d = 0; d < dimension; d++) {
                sum[d] += hidden[from + d];
            }
        }
        double squares = 0;
        for (double s : sum) {
            squares += s * s;
        }
        double norm = Math.sqrt(squares);
        if (norm == 0 || !Double.isFinite(norm)) {
            return false;
        }
        for (int d = 0; d < dimension; d++) {
            out[row * dimension + d] = (float) (sum[d] / norm);
        }
        return true;
    }
}
