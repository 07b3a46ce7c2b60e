package org.ruvector.hypergraph.causal;

import java.util.Arrays;

/** Some columns of rows, and where the values of each column lie: its mean, and its standard deviation. */
record Columns(double[] centre, double[] scale) {

    static Columns of(double[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        double[] centre = new double[width];
        double[] scale = new double[width];
        for (int j = 0; j < width; j++) {
            Moments moments = new Moments();
            for (double[] row : rows) {
                moments.add(row[j]);
            }
            centre[j] = moments.mean();
            scale[j] = moments.deviation();
        }
        return new Columns(centre, scale);
    }

    static double[] of(double[] row, int[] columns) {
        double[] some = new double[columns.length];
        for (int j = 0; j < some.length; j++) {
            some[j] = row[columns[j]];
        }
        return some;
    }

    static double[][] of(double[][] rows, int[] columns) {
        return Arrays.stream(rows).map(row -> of(row, columns)).toArray(double[][]::new);
    }

    int width() {
        return centre.length;
    }

    /** Moved and scaled to mean 0 and deviation 1; a column that is constant becomes 0. */
    double standardised(double[] row, int j) {
        return scale[j] == 0 ? 0 : (row[j] - centre[j]) / scale[j];
    }

    /** The line with this value at the centre and these slopes over standardised columns. */
    LinearPredictor line(double level, double[] slopes) {
        double[] perUnit = new double[width()];
        for (int j = 0; j < perUnit.length; j++) {
            perUnit[j] = scale[j] == 0 ? 0 : slopes[j] / scale[j];
        }
        return new LinearPredictor(level, centre, perUnit);
    }
}
