package org.ruvector.index.learned;

import org.ruvector.api.Parameters;

/**
 * Parameters of {@link MlIndexProvider}.
 *
 * @param pivots  to which distances are known, from 1 to 65,536; 0 to choose by the number of vectors
 * @param epsilon of the model, from 1 to 65,536
 */
record MlParameters(int pivots, int epsilon) {

    private static final int MOST = 1 << 16;

    MlParameters {
        if (pivots < 0 || pivots > MOST) {
            throw new IllegalArgumentException(
                    "pivots is " + pivots + "; it must be from 1 to " + MOST + ", or 0 to choose by the size");
        }
        if (epsilon < 1 || epsilon > MOST) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; it must be from 1 to " + MOST);
        }
    }

    static MlParameters from(Parameters parameters) {
        parameters.requireOnly("pivots", "epsilon");
        return new MlParameters(parameters.getInt("pivots", 0), parameters.getInt("epsilon", 16));
    }

    /** With the number of pivots for so many vectors filled in. */
    MlParameters of(int vectors) {
        int chosen = pivots == 0 ? (int) Math.clamp(2 * Math.sqrt(vectors), 1, 1024) : pivots;
        return new MlParameters(Math.max(1, Math.min(chosen, vectors)), epsilon);
    }

    Parameters filledIn(Parameters given) {
        return given.with("pivots", pivots).with("epsilon", epsilon);
    }
}
