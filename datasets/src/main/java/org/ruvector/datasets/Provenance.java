package org.ruvector.datasets;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;

/**
 * What a published number must say about its data.
 *
 * @param name     the data set
 * @param metric   how its vectors are compared
 * @param checksum SHA-256 over the bytes of all base rows and then all query rows, as 64 hexadecimal digits
 * @param facts    more that is needed to make the data again, such as seed and source; unmodifiable
 */
public record Provenance(String name, Metric metric, String checksum, SortedMap<String, String> facts) {

    /** Refuses nulls. */
    public Provenance {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(checksum, "checksum");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Computes the checksum; about half a second per gigabyte. */
    public static Provenance of(
            String name, Metric metric, VectorRows base, VectorRows queries, Map<String, String> facts) {
        String checksum = Checksum.sha256(
                base.segment().asSlice(0, base.byteSize()), queries.segment().asSlice(0, queries.byteSize()));
        return new Provenance(name, metric, checksum, new TreeMap<>(facts));
    }
}
