package org.ruvector.hypergraph.retrieval;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.hypergraph.Annotations;
import org.ruvector.hypergraph.retrieval.Retrieval.Match;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.VectorLayout;

/**
 * The embeddings of nodes, or of hyperedges: an index to search, and rows to compare with one by one, since an index of codes
 * or of a part of the vectors has no exact distance to a given one. Thread-safe.
 */
final class Embeddings implements AutoCloseable {

    private final String what;
    private final int[] ordinals;
    // All three are null if there are none.
    private final VectorLayout layout;
    private final MemorySegment rows;
    private final VectorIndex index;

    private Embeddings(String what, int[] ordinals, VectorLayout layout, MemorySegment rows, VectorIndex index) {
        this.what = what;
        this.ordinals = ordinals;
        this.layout = layout;
        this.rows = rows;
        this.index = index;
    }

    /** Those of the annotations, in an index of this short form. */
    static Embeddings of(String what, Annotations annotations, String form, BuildContext context) {
        int[] ordinals = annotations.embedded();
        int dimension =
                ordinals.length == 0 ? 1 : annotations.embedding(ordinals[0]).orElseThrow().length;
        IndexSpec spec = IndexSpec.parse(form, Metric.COSINE, ElementType.FLOAT32, dimension);
        if (ordinals.length == 0) {
            context.plugins().index(spec.provider());
            return new Embeddings(what, ordinals, null, null, null);
        }
        IndexBuilder builder = context.plugins().builder(spec, context);
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        MemorySegment rows = OffHeap.allocate(Arena.ofAuto(), ordinals.length * layout.stride());
        long[] ids = new long[ordinals.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ordinals[i];
            layout.write(Query.of(annotations.embedding(ordinals[i]).orElseThrow()), rows, i);
        }
        VectorIndex index = builder.build(layout.rows(rows, ids.length), ids);
        return new Embeddings(what, ordinals, layout, rows, index);
    }

    /** What the index finds, by exact similarity, the most similar first and equal ones by ordinal. */
    List<Match> nearest(Query query, int k, Filter filter) {
        if (index == null) {
            return List.of();
        }
        IntToDoubleFunction similarity = similarityTo(query);
        return index.search(SearchRequest.of(query, k).filter(filter)).hits().stream()
                .map(hit -> new Match((int) hit.id(), similarity.applyAsDouble((int) hit.id())))
                .sorted()
                .toList();
    }

    /** Cosines to a query by ordinal, 0 for what has no embedding; for one thread. */
    IntToDoubleFunction similarityTo(Query query) {
        if (index == null) {
            return ordinal -> 0;
        }
        IndexSpec spec = index.spec();
        if (query.dimension() != spec.dimension() || query.type() != spec.type()) {
            throw new IllegalArgumentException("The query for " + what + " has " + query.dimension() + " × "
                    + query.type().text() + ", but the embeddings of " + what + " have " + spec.dimension() + " × "
                    + spec.type().text() + "; embed it with the model that embedded them");
        }
        RowScorer<?> scorer = layout.scorer(rows).to(query);
        int[] row = new int[1];
        float[] distance = new float[1];
        return ordinal -> {
            row[0] = Arrays.binarySearch(ordinals, ordinal);
            if (row[0] < 0) {
                return 0;
            }
            scorer.score(row, 1, Float.POSITIVE_INFINITY, distance);
            return 1.0 - distance[0];
        };
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
