package org.ruvector.api;

/**
 * One answer of a search.
 *
 * @param id       the user's id of the vector
 * @param distance its distance to the query; smaller is nearer for every metric
 */
public record Hit(long id, float distance) implements Comparable<Hit> {

    /** Nearer first; equal distances by smaller id, so that the order of results is always the same. */
    @Override
    public int compareTo(Hit other) {
        int byDistance = Float.compare(distance, other.distance);
        return byDistance != 0 ? byDistance : Long.compare(id, other.id);
    }
}
