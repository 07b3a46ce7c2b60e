package org.ruvector.cli;

import java.util.List;
import org.ruvector.api.Parameters;
import org.ruvector.bench.peer.HnswSettings;

/** What the peers build with. */
final class PeerSettings {

    private PeerSettings() {}

    /** The settings of the first index that has any, so that the graphs compare; what is not said is 16 and 200. */
    static HnswSettings like(List<String> indexes, long seed) {
        for (String spec : indexes) {
            int colon = spec.indexOf(':');
            Parameters parameters = colon < 0 ? Parameters.none() : Parameters.parse(spec.substring(colon + 1));
            if (parameters.asMap().containsKey("m") || parameters.asMap().containsKey("efConstruction")) {
                return new HnswSettings(parameters.getInt("m", 16), parameters.getInt("efConstruction", 200), seed);
            }
        }
        return new HnswSettings(16, 200, seed);
    }
}
