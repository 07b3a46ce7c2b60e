package org.ruvector.index.hnsw;

import java.lang.foreign.MemorySegment;
import org.ruvector.api.spi.Scorer;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/** The vectors of a graph in native rows. */
final class StoredVectors implements Vectors {
    private final RowScorer<?> newNode;
    private final RowScorer<?> other;

    StoredVectors(VectorLayout layout, MemorySegment rows) {
        this.newNode = layout.scorer(rows);
        this.other = layout.scorer(rows);
    }

    @Override
    public Scorer ofNewNode(int node) {
        return newNode.toRow(node);
    }

    @Override
    public Scorer of(int node) {
        return other.toRow(node);
    }
}
