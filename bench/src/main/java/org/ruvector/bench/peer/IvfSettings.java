package org.ruvector.bench.peer;

import java.util.function.IntSupplier;
import org.ruvector.api.Parameters;

/**
 * What inverted files of peers are built with.
 *
 * @param nlist      lists, at least 1
 * @param m          sub-quantizers of four bits, for lists of codes; 0 for one for each four coordinates
 * @param kFactor    candidates for each hit wanted that are ranked again by their vectors, unless a search says {@code oversample}; at
 *                   least 1
 * @param byResidual whether codes are of what is left of a vector without its centroid
 */
public record IvfSettings(int nlist, int m, double kFactor, boolean byResidual) {

    /** Coordinates for each sub-quantizer, unless told otherwise. */
    private static final int COORDINATES = 4;

    /** Refuses values out of range. */
    public IvfSettings {
        if (nlist < 1 || m < 0 || !(kFactor >= 1)) {
            throw new IllegalArgumentException("nlist is " + nlist + ", m " + m + " and kFactor " + kFactor
                    + "; they must be at least 1, 0 and 1");
        }
    }

    /**
     * Reads {@code nlist}, {@code m}, {@code kFactor} and {@code byResidual}.
     *
     * @param nlist tells the number of lists where none is named
     * @throws IllegalArgumentException for anything else
     */
    static IvfSettings from(Parameters parameters, IntSupplier nlist) {
        parameters.requireOnly("nlist", "m", "kFactor", "byResidual");
        return new IvfSettings(
                parameters.asMap().containsKey("nlist") ? parameters.getInt("nlist", 0) : nlist.getAsInt(),
                parameters.getInt("m", 0),
                parameters.getDouble("kFactor", 4),
                parameters.getBoolean("byResidual", false));
    }

    /** Sub-quantizers for so many coordinates. */
    int m(int dimension) {
        return m > 0 ? m : Math.max(1, dimension / COORDINATES);
    }
}
