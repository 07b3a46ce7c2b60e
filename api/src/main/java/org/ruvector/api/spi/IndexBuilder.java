package org.ruvector.api.spi;

import org.ruvector.api.VectorRows;

/** Builds one index. Not thread-safe; the parallelism is inside, on the context's executor. */
public interface IndexBuilder {

    /**
     * Builds an index of the rows. The rows and ids are copied: the index does not keep them.
     *
     * @param rows the vectors, of the type and dimension of the spec
     * @param ids  one id per row, distinct
     * @throws IllegalArgumentException                    if shapes differ, an id comes twice, or a row is not
     *                                                     {@linkplain VectorRows#requireValid valid}; the message says
     *                                                     where
     * @throws java.util.concurrent.CancellationException if the context's progress said so
     */
    VectorIndex build(VectorRows rows, long[] ids);

    /** Builds an index of the rows with their numbers, from 0, as ids. */
    default VectorIndex build(VectorRows rows) {
        long[] ids = new long[rows.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
        }
        return build(rows, ids);
    }
}
