package org.ruvector.hypergraph.skills;

/**
 * A sequence of item sets that is part of several sequences.
 *
 * @param elements  the sets in their order, items of each ascending; whoever mined it owns it
 * @param sequences ordinals of the sequences that contain it, ascending; likewise
 */
public record SequencePattern(int[][] elements, int[] sequences) {

    /** Number of sequences that contain it. */
    public int support() {
        return sequences.length;
    }

    /** Number of items, those that occur in several elements counted each time. */
    public int length() {
        int length = 0;
        for (int[] element : elements) {
            length += element.length;
        }
        return length;
    }
}
