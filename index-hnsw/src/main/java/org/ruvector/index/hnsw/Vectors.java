package org.ruvector.index.hnsw;

import org.ruvector.api.spi.Scorer;

/** The stored vectors, as the classes that grow a graph see them. Belongs to one thread. */
interface Vectors {

    /** Scores against the node that is being inserted; stays valid while {@link #of} is used. */
    Scorer ofNewNode(int node);

    /** Scores against a stored vector, until the next call. */
    Scorer of(int node);
}
