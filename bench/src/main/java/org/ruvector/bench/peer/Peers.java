package org.ruvector.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.UnavailableException;

/** The peers by name. */
public final class Peers {

    /** The names that {@link #of} knows. */
    public static final List<String> NAMES = List.of("hnswlib", "lucene", "jvector", "jelmerk");

    private Peers() {}

    /**
     * The peer of that name, ready to build.
     *
     * @param name     one of {@link #NAMES}
     * @param settings of its graph
     * @param folder   where compiled code and index files go; created if it does not exist
     * @return the peer
     * @throws IllegalArgumentException if there is no such peer; the message lists those that exist
     * @throws UnavailableException     if something it needs is missing on this machine
     */
    public static Contestant of(String name, HnswSettings settings, Path folder) {
        return switch (name) {
            case "hnswlib" -> new HnswlibPeer(HnswlibLibrary.load(folder), settings);
            case "lucene" -> new LucenePeer(settings, folder);
            case "jvector" -> new JVectorPeer(settings);
            case "jelmerk" -> new JelmerkPeer(settings);
            default ->
                throw new IllegalArgumentException(
                        "There is no peer named '" + name + "'; there are: " + String.join(", ", NAMES));
        };
    }
}
