package org.ruvector.hypergraph.time;

import java.util.Arrays;

/** Beginnings and ends by ordinal. Those of hyperedges that are gone stay, and mean nothing. */
final class Validities {

    private long[] from = new long[16];
    // Null while all are events.
    private long[] until;

    long from(int edge) {
        return from[edge];
    }

    long until(int edge) {
        return until == null ? from[edge] : until[edge];
    }

    void set(int edge, long begins, long ends) {
        if (edge >= from.length) {
            int capacity = (int) Math.max(edge + 1L, Math.min(Integer.MAX_VALUE - 8, from.length * 3L / 2));
            until = until == null ? null : Arrays.copyOf(until, capacity);
            from = Arrays.copyOf(from, capacity);
        }
        if (until == null && ends != begins) {
            until = from.clone();
        }
        from[edge] = begins;
        if (until != null) {
            until[edge] = ends;
        }
    }
}
