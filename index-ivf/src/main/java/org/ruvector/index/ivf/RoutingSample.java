package org.ruvector.index.ivf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Parameters;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.RoutingBuilder;
import org.ruvector.api.spi.VectorIndex;

/**
 * What a coarse index learns from that ranks lists not by their centroids alone: some of the rows as queries, and the lists of their
 * exact neighbours, which the plugin {@code flat} finds.
 *
 * @param rows    all
 * @param lists   of each row its list
 * @param context what may be used
 */
record RoutingSample(VectorRows rows, int[] lists, BuildContext context) {
    /** Neighbours of each query. */
    private static final int K = 10;

    /** An index of the centroids that has learned. */
    VectorIndex teach(RoutingBuilder learner, Centroids centroids) {
        int n = rows.count();
        int wanted = Math.min(n, learner.queries(n));
        if (n < 2 || wanted < 1) {
            return learner.build(centroids.rows());
        }
        int[] chosen = choose(n, wanted);
        MemorySegment memory = Arena.ofAuto().allocate(wanted * rows.stride(), 64);
        for (int i = 0; i < wanted; i++) {
            MemorySegment.copy(rows.segment(), chosen[i] * rows.stride(), memory, i * rows.stride(), rows.stride());
        }
        VectorRows queries = new VectorRows(memory, rows.type(), rows.dimension(), wanted);
        return learner.build(centroids.rows(), queries, answers(centroids.spec(), queries, chosen));
    }

    private int[] choose(int n, int wanted) {
        SplittableRandom random = new SplittableRandom(context.seed());
        int[] chosen = new int[wanted];
        int count = 0;
        for (int row = 0; count < wanted; row++) {
            if (random.nextInt(n - row) < wanted - count) {
                chosen[count++] = row;
            }
        }
        return chosen;
    }

    private int[][] answers(IndexSpec spec, VectorRows queries, int[] chosen) {
        IndexSpec flat = new IndexSpec("flat", Parameters.none(), spec.metric(), spec.type(), spec.dimension());
        List<SearchRequest> requests = new ArrayList<>();
        for (int q = 0; q < queries.count(); q++) {
            requests.add(SearchRequest.of(queries.query(q), K + 1));
        }
        int[][] answers = new int[queries.count()][];
        try (VectorIndex exact = context.plugins().builder(flat, context).build(rows)) {
            List<SearchResult> results = exact instanceof BatchSearch batch
                    ? batch.searchAll(
                            requests,
                            context.workers().executor(),
                            context.workers().parallelism())
                    : requests.stream().map(exact::search).toList();
            for (int q = 0; q < answers.length; q++) {
                int itself = chosen[q];
                answers[q] = results.get(q).hits().stream()
                        .mapToLong(Hit::id)
                        .filter(id -> id != itself)
                        .limit(K)
                        .mapToInt(id -> lists[(int) id])
                        .toArray();
            }
        }
        return answers;
    }
}
