package org.ruvector.bench.peer;

import java.util.Set;
import org.ruvector.api.Parameters;

/**
 * The settings that all graph peers share, so that they build comparable graphs.
 *
 * @param m              neighbours per node on upper layers, twice as many on layer 0
 * @param efConstruction candidates kept while inserting
 * @param seed           seed, for peers that take one
 */
public record HnswSettings(int m, int efConstruction, long seed) {

    /** Refuses values below 1. */
    public HnswSettings {
        if (m < 1 || efConstruction < 1) {
            throw new IllegalArgumentException(
                    "m is " + m + " and efConstruction " + efConstruction + "; both must be at least 1");
        }
    }

    /** {@return the text form of the parameters} */
    public String text() {
        return Parameters.none()
                .with("m", m)
                .with("efConstruction", efConstruction)
                .toString();
    }

    /** Whether these are search-time parameters of a graph peer: {@code ef} and nothing else. */
    static boolean onlyEf(Parameters point) {
        return point.asMap().keySet().equals(Set.of("ef"));
    }

    /** The {@code ef} of a sweep point, at least {@code k}, below which no graph search can answer {@code k} hits. */
    static int ef(Parameters point, int k) {
        return Math.max(point.getInt("ef", k), k);
    }
}
