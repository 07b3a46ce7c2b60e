package org.ruvector.hypergraph.causal;

/**
 * Observations of a treatment: for each its covariates, whether it was treated, and its outcome. May be empty. Immutable; what
 * it is made of is copied.
 */
public final class TreatmentData {

    /** The largest size of a number: sums of fourth powers of numbers up to this are finite. */
    public static final double LARGEST = 1e70;

    private final double[][] covariates;
    private final boolean[] treated;
    private final double[] outcome;
    private final int width;
    private final int treatedRows;

    /**
     * Takes copies.
     *
     * @param covariates a row for each observation, all of one length, which may be 0
     * @param treated    for each observation
     * @param outcome    for each observation
     * @throws IllegalArgumentException if lengths differ, or a number is NaN or beyond {@link #LARGEST}
     */
    public TreatmentData(double[][] covariates, boolean[] treated, double[] outcome) {
        if (covariates.length != treated.length || treated.length != outcome.length) {
            throw new IllegalArgumentException(
                    covariates.length + " rows of covariates, " + treated.length + " treatments and " + outcome.length
                            + " outcomes were given; give one of each for an observation");
        }
        this.covariates = covariates.clone();
        this.treated = treated.clone();
        this.outcome = outcome.clone();
        width = covariates.length == 0 ? 0 : covariates[0].length;
        int count = 0;
        for (int i = 0; i < covariates.length; i++) {
            this.covariates[i] = covariates[i].clone();
            if (covariates[i].length != width) {
                throw new IllegalArgumentException("Row " + i + " has " + covariates[i].length
                        + " covariates, row 0 has " + width + "; all rows must have the same");
            }
            for (int j = 0; j < width; j++) {
                require("Covariate " + j + " of row ", i, this.covariates[i][j]);
            }
            require("The outcome of row ", i, this.outcome[i]);
            count += this.treated[i] ? 1 : 0;
        }
        treatedRows = count;
    }

    private static void require(String what, int row, double value) {
        if (!inRange(value)) {
            throw new IllegalArgumentException(
                    what + row + " is " + value + "; it must be a number of at most " + LARGEST + " in size");
        }
    }

    static boolean inRange(double value) {
        return Math.abs(value) <= LARGEST;
    }

    /** Number of observations. */
    public int rows() {
        return outcome.length;
    }

    /** Number of covariates. */
    public int width() {
        return width;
    }

    /** Number of treated observations. */
    public int treatedRows() {
        return treatedRows;
    }

    /** Number of observations that were not treated. */
    public int controlRows() {
        return rows() - treatedRows;
    }

    /** Covariate {@code j} of an observation. */
    public double covariate(int row, int j) {
        return covariates[row][j];
    }

    /** Whether an observation was treated. */
    public boolean treated(int row) {
        return treated[row];
    }

    /** The outcome of an observation. */
    public double outcome(int row) {
        return outcome[row];
    }

    /** The covariates of an observation, not copied. */
    double[] row(int row) {
        return covariates[row];
    }
}
