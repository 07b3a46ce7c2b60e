package org.ruvector.quant.spi;

/**
 * Rows of a sample as a hash function sees them.
 *
 * @param centring learned from the sample, done to the rows
 * @param ordinals which rows of the sample they are, ascending
 * @param rows     at least one
 */
record CentredRows(Centring centring, int[] ordinals, float[][] rows) {
    /** Rows from which a mean magnitude or a principal direction is known well enough. */
    static final int ENOUGH = 10_000;

    /** Takes at most {@code limit} rows, evenly spread over the sample. */
    static CentredRows of(Sample sample, int limit) {
        float[] mean = sample.mean();
        int count = Math.min(limit, sample.count());
        int[] ordinals = new int[count];
        float[][] rows = new float[count][mean.length];
        double squares = 0;
        for (int i = 0; i < count; i++) {
            ordinals[i] = (int) ((long) i * sample.count() / count);
            sample.row(ordinals[i], rows[i]);
            for (int j = 0; j < mean.length; j++) {
                double centred = rows[i][j] - (double) mean[j];
                squares += centred * centred;
            }
        }
        float root = (float) Math.min(Float.MAX_VALUE, Math.sqrt(squares / count / mean.length));
        Centring centring = new Centring(mean, root > 0 ? root : 1);
        for (float[] row : rows) {
            centring.apply(row);
        }
        return new CentredRows(centring, ordinals, rows);
    }

    int count() {
        return rows.length;
    }

    int dimension() {
        return rows[0].length;
    }
}
