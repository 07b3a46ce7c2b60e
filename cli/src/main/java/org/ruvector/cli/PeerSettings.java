package org.ruvector.cli;

import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.Parameters;
import org.ruvector.bench.peer.HnswSettings;

/** What the peers build with. */
final class PeerSettings {

    private PeerSettings() {}

    /** The settings of the first index that has any, so that the graphs compare; what is not said is 16 and 200. */
    static HnswSettings like(List<String> indexes, long seed) {
        for (String spec : indexes) {
            Parameters parameters = parameters(spec);
            if (parameters.asMap().containsKey("m") || parameters.asMap().containsKey("efConstruction")) {
                return new HnswSettings(parameters.getInt("m", 16), parameters.getInt("efConstruction", 200), seed);
            }
        }
        return new HnswSettings(16, 200, seed);
    }

    /**
     * The number of lists that the indexes have, so that inverted files compare; where none says it, {@code 4·√n}, but no more than leave a
     * list 32 vectors.
     *
     * @throws IllegalArgumentException if the indexes differ in it
     */
    static int lists(List<String> indexes, int vectors) {
        List<String> named = indexes.stream()
                .map(spec -> parameters(spec).getText("nlist", "auto"))
                .filter(nlist -> !nlist.equals("auto"))
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException("The indexes have " + String.join(" and ", named)
                    + " lists; measure them in runs of their own, or say how many FAISS is to have, as in --peers faiss-ivfflat:nlist="
                    + named.getFirst());
        }
        int usual = Math.max(1, (int) Math.min(Math.round(4 * Math.sqrt(vectors)), vectors / 32));
        return named.isEmpty()
                ? usual
                : Parameters.none().with("nlist", named.getFirst()).getInt("nlist", usual);
    }

    private static Parameters parameters(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? Parameters.none() : Parameters.parse(spec.substring(colon + 1));
    }

    /** Peers by name, some with parameters: what was split at a comma within these is put together again. */
    static List<String> peers(List<String> parts) {
        List<String> peers = new ArrayList<>();
        for (String part : parts) {
            if (part.contains("=") && !part.contains(":") && !peers.isEmpty()) {
                peers.add(peers.removeLast() + "," + part);
            } else {
                peers.add(part);
            }
        }
        return peers;
    }
}
