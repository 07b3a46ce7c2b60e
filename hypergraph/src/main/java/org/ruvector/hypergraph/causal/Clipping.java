package org.ruvector.hypergraph.causal;

/** Keeps propensities away from 0 and 1, and counts how many it moved. */
final class Clipping {

    static final double DEFAULT = 0.01;

    private final double least;
    private long asked;
    private long moved;

    Clipping(double least) {
        this.least = least;
    }

    static void require(double least) {
        if (!(least > 0 && least < 0.5)) {
            throw new IllegalArgumentException(
                    "The clip is " + least + "; it must be above 0 and below 0.5, such as " + DEFAULT);
        }
    }

    double clip(double propensity) {
        if (!(propensity >= 0 && propensity <= 1)) {
            throw new IllegalArgumentException(
                    "The propensity model answered " + propensity + "; a probability is from 0 to 1");
        }
        asked++;
        double clipped = Math.clamp(propensity, least, 1 - least);
        if (clipped != propensity) {
            moved++;
        }
        return clipped;
    }

    double share() {
        return asked == 0 ? 0 : (double) moved / asked;
    }
}
