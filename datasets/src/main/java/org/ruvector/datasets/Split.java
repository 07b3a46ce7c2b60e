package org.ruvector.datasets;

import java.util.List;
import java.util.Objects;
import org.ruvector.api.VectorRows;

/**
 * One part of a data set, the base or the queries, with what is known of each row.
 *
 * @param rows   the vectors
 * @param labels the class of each row, or empty; not copied, not to be changed
 * @param texts  the text of each row, or empty; unmodifiable
 */
public record Split(VectorRows rows, int[] labels, List<String> texts) {

    /** Refuses labels or texts that are neither none nor one per row. */
    public Split {
        Objects.requireNonNull(rows, "rows");
        requireFit(labels.length, "labels", rows.count());
        requireFit(texts.size(), "texts", rows.count());
        texts = List.copyOf(texts);
    }

    /** Vectors of which nothing else is known. */
    public static Split of(VectorRows rows) {
        return new Split(rows, new int[0], List.of());
    }

    private static void requireFit(int n, String what, int count) {
        if (n != 0 && n != count) {
            throw new IllegalArgumentException("There are " + n + " " + what + " for " + count + " rows");
        }
    }
}
