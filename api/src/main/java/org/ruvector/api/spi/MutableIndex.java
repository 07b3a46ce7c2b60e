package org.ruvector.api.spi;

import org.ruvector.api.Query;

/**
 * An index that changes while it is searched. Any thread may change it; changes and searches may run at once.
 * After {@link #close} changes throw {@link IllegalStateException}.
 */
public interface MutableIndex extends VectorIndex {

    /**
     * Adds a vector; every search that begins after this returns can find it.
     *
     * @throws IllegalArgumentException if the id is present already, or the vector's type or dimension differ
     */
    void add(long id, Query vector);

    /**
     * Removes a vector; no search that begins after this returns finds it.
     *
     * @return whether the id was present
     */
    boolean remove(long id);

    /**
     * Puts another vector under an id. A search meanwhile finds the old or the new one, never both.
     *
     * @return whether the id was present; if not, the vector was added
     */
    boolean replace(long id, Query vector);
}
