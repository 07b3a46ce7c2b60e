package org.ruvector.datasets;

import java.util.Objects;
import org.ruvector.api.Metric;

/**
 * Vectors to index, queries, and the exact answers. Immutable, and thread-safe if its rows are; it lives as long as
 * they do.
 *
 * @param provenance  name, metric, checksum and more
 * @param base        what is indexed; ids are row numbers from 0
 * @param queries     what is searched for; never a row of the base, though it may equal one
 * @param groundTruth the exact neighbours of each query in the base
 */
public record Dataset(Provenance provenance, Split base, Split queries, GroundTruth groundTruth) {

    /** Refuses parts that do not fit together. */
    public Dataset {
        Objects.requireNonNull(provenance, "provenance");
        if (base.rows().type() != queries.rows().type()
                || base.rows().dimension() != queries.rows().dimension()) {
            throw new IllegalArgumentException("The base has " + base.rows().dimension() + " × "
                    + base.rows().type().text() + ", but the queries have "
                    + queries.rows().dimension() + " × " + queries.rows().type().text());
        }
        if (groundTruth.queries() != queries.rows().count()) {
            throw new IllegalArgumentException("There is ground truth for " + groundTruth.queries()
                    + " queries, but there are " + queries.rows().count());
        }
    }

    /** The name, as reports print it. */
    public String name() {
        return provenance.name();
    }

    /** How vectors are compared. */
    public Metric metric() {
        return provenance.metric();
    }
}
