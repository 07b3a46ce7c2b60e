package org.ruvector.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ruvector.api.Parameters;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.UnavailableException;

/** The peers by name. */
public final class Peers {

    /** The names that {@link #of} knows. */
    public static final List<String> NAMES = List.of(
            "hnswlib",
            "lucene",
            "lucene-sq",
            "lucene-bq",
            "jvector",
            "jvector-pq",
            "jvector-fused",
            "jelmerk",
            "faiss-ivfflat",
            "faiss-ivfpqfs");

    /** What peers log at start is in the report's column of kernels; kept here, because loggers are held weakly. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.apache.lucene"), Logger.getLogger("io.github.jbellis.jvector"));

    private Peers() {}

    /**
     * The peer of that name, ready to build.
     *
     * @param spec     one of {@link #NAMES}; those of FAISS may be followed by parameters, see {@link IvfSettings}, as in
     *                 {@code faiss-ivfpqfs:m=98,kFactor=10}
     * @param settings of its graph
     * @param nlist    tells the number of its lists, if it has any and its parameters do not say
     * @param folder   where compiled code and index files go; created if it does not exist
     * @return the peer
     * @throws IllegalArgumentException if there is no such peer; the message lists those that exist
     * @throws UnavailableException     if something it needs is missing on this machine
     */
    public static Contestant of(String spec, HnswSettings settings, IntSupplier nlist, Path folder) {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        Parameters parameters = colon < 0 ? Parameters.none() : Parameters.parse(spec.substring(colon + 1));
        for (FaissPeer.Lists lists : FaissPeer.Lists.values()) {
            if (lists.text().equals(name)) {
                return FaissPeer.of(lists, IvfSettings.from(parameters, nlist), settings.seed(), folder);
            }
        }
        parameters.requireOnly();
        return switch (name) {
            case "hnswlib" -> new HnswlibPeer(HnswlibLibrary.load(folder), settings);
            case "lucene" -> new LucenePeer(settings, LucenePeer.Vectors.FLOAT, folder);
            case "lucene-sq" -> new LucenePeer(settings, LucenePeer.Vectors.SCALAR_QUANTIZED, folder);
            case "lucene-bq" -> new LucenePeer(settings, LucenePeer.Vectors.BINARY_QUANTIZED, folder);
            case "jvector" -> new JVectorPeer(settings, JVectorPeer.Vectors.FLOAT, folder);
            case "jvector-pq" -> new JVectorPeer(settings, JVectorPeer.Vectors.PQ, folder);
            case "jvector-fused" -> new JVectorPeer(settings, JVectorPeer.Vectors.FUSED_PQ, folder);
            case "jelmerk" -> new JelmerkPeer(settings);
            default ->
                throw new IllegalArgumentException(
                        "There is no peer named '" + name + "'; there are: " + String.join(", ", NAMES));
        };
    }
}
