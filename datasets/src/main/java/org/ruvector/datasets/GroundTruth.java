package org.ruvector.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.VectorIndex;

/**
 * The exact nearest neighbours of every query, nearest first, ties by smaller id.
 *
 * @param ids       {@code queries · k} row numbers of the base, from 0, row-major; not copied, not to be changed
 * @param distances the distance of each, in the same places; smaller is nearer
 * @param k         neighbours per query, at least 1
 */
public record GroundTruth(int[] ids, float[] distances, int k) {

    /** Enough queries that the flat index can score several per row it reads; few enough for progress to be seen. */
    private static final int BATCH = 256;

    /** Refuses arrays of different lengths, and such as are not a whole number of rows. */
    public GroundTruth {
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(distances, "distances");
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; it must be at least 1");
        }
        if (ids.length != distances.length || ids.length % k != 0) {
            throw new IllegalArgumentException(ids.length + " ids and " + distances.length
                    + " distances are not as many of each as a multiple of k = " + k);
        }
    }

    /** Number of queries. */
    public int queries() {
        return ids.length / k;
    }

    /** The base row at {@code rank}, from 0, among the neighbours of a query. */
    public int id(int query, int rank) {
        return ids[query * k + Objects.checkIndex(rank, k)];
    }

    /** The distance at {@code rank}, from 0, among the neighbours of a query. */
    public float distance(int query, int rank) {
        return distances[query * k + Objects.checkIndex(rank, k)];
    }

    /**
     * Computes the neighbours with the index {@code flat} among the context's plugins, on the context's workers,
     * reporting {@code exact neighbours} in queries done.
     *
     * @param k neighbours per query; all of the base if it has fewer rows
     * @throws IllegalArgumentException                    if the base is empty, or types or dimensions differ
     * @throws org.ruvector.api.PluginException            if there is no usable index named {@code flat}
     * @throws java.util.concurrent.CancellationException if the context's progress said so
     */
    public static GroundTruth exact(VectorRows base, VectorRows queries, Metric metric, int k, BuildContext context) {
        requireAlike(base, queries);
        if (k < 1 || base.count() == 0) {
            throw new IllegalArgumentException(
                    k < 1
                            ? "k is " + k + "; it must be at least 1"
                            : "The base has no rows, so nothing is near to a query");
        }
        int width = Math.min(k, base.count());
        if ((long) width * queries.count() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(queries.count() + " queries × " + width
                    + " neighbours do not fit one array; ask for fewer of either");
        }
        IndexSpec spec = new IndexSpec("flat", Parameters.none(), metric, base.type(), base.dimension());
        try (VectorIndex index = context.plugins().builder(spec, context).build(base)) {
            if (!(index instanceof BatchSearch flat)) {
                throw new IllegalArgumentException(
                        "The index 'flat' (" + index.getClass().getName()
                                + ") does not offer BatchSearch, which exact neighbours are computed with");
            }
            GroundTruth truth =
                    new GroundTruth(new int[width * queries.count()], new float[width * queries.count()], width);
            report(context, 0, queries.count());
            for (int from = 0; from < queries.count(); from += BATCH) {
                int n = Math.min(BATCH, queries.count() - from);
                truth.fill(from, search(flat, queries.slice(from, from + n), width, context.workers()));
                report(context, from + n, queries.count());
            }
            return truth;
        }
    }

    /**
     * Takes over neighbours that somebody else computed, such as those of an {@code .ivecs} file, and computes their
     * distances. That also shows whether they can be right: ids lie in the base and are distinct, and distances ascend.
     * A few that do not are rounding or ties; if they do not for most queries, the file belongs to another metric or
     * base.
     *
     * @throws IllegalArgumentException if the neighbours cannot belong to this base, these queries and this metric
     */
    public static GroundTruth of(
            IntTable neighbours, VectorRows base, VectorRows queries, Metric metric, KernelProvider kernel) {
        requireAlike(base, queries);
        if (neighbours.rows() != queries.count()) {
            throw new IllegalArgumentException(
                    "There are " + neighbours.rows() + " rows of neighbours, but " + queries.count() + " queries");
        }
        requireIds(neighbours, base.count());
        int k = neighbours.columns();
        float[] distances = new float[neighbours.values().length];
        int[] row = new int[k];
        float[] out = new float[k];
        int disordered = 0;
        for (int q = 0; q < queries.count(); q++) {
            System.arraycopy(neighbours.values(), q * k, row, 0, k);
            distances(queries.query(q), base, row, out, metric, kernel);
            System.arraycopy(out, 0, distances, q * k, k);
            disordered += ascends(out) ? 0 : 1;
        }
        if (disordered > queries.count() / 2) {
            throw new IllegalArgumentException(
                    "By " + metric.text() + " distance the neighbours of " + disordered + " of " + queries.count()
                            + " queries are not in order; they were computed by another metric or for another base");
        }
        return new GroundTruth(neighbours.values(), distances, k);
    }

    private static void requireAlike(VectorRows base, VectorRows queries) {
        if (base.type() != queries.type() || base.dimension() != queries.dimension()) {
            throw new IllegalArgumentException(
                    "The base has " + base.dimension() + " × " + base.type().text() + ", but the queries have "
                            + queries.dimension() + " × " + queries.type().text());
        }
    }

    private static void requireIds(IntTable neighbours, int count) {
        int[] sorted = new int[neighbours.columns()];
        for (int q = 0; q < neighbours.rows(); q++) {
            System.arraycopy(neighbours.values(), q * sorted.length, sorted, 0, sorted.length);
            Arrays.sort(sorted);
            for (int j = 0; j < sorted.length; j++) {
                if (sorted[j] < 0 || sorted[j] >= count) {
                    throw new IllegalArgumentException("Query " + q + " has neighbour " + sorted[j]
                            + ", but the base has rows 0 to " + (count - 1));
                }
                if (j > 0 && sorted[j] == sorted[j - 1]) {
                    throw new IllegalArgumentException("Query " + q + " has neighbour " + sorted[j] + " twice");
                }
            }
        }
    }

    private static void distances(
            Query query, VectorRows base, int[] ordinals, float[] out, Metric metric, KernelProvider kernel) {
        switch (query) {
            case Query.Floats(float[] vector) -> score(kernel.floats(metric), vector, base, ordinals, out);
            case Query.Bytes(byte[] vector) -> score(kernel.bytes(metric), vector, base, ordinals, out);
            case Query.Bits(long[] words, int dimension) -> score(kernel.bits(), words, base, ordinals, out);
        }
    }

    private static <Q> void score(RowKernel<Q> kernel, Q query, VectorRows base, int[] ordinals, float[] out) {
        kernel.distances(query, base.segment(), base.stride(), ordinals, ordinals.length, Float.POSITIVE_INFINITY, out);
    }

    /** Whether no step goes down by more than a hundredth of the whole range; rounding is far smaller. */
    private static boolean ascends(float[] distances) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float distance : distances) {
            low = Math.min(low, distance);
            high = Math.max(high, distance);
        }
        for (int j = 1; j < distances.length; j++) {
            if (distances[j - 1] - distances[j] > 0.01f * (high - low)) {
                return false;
            }
        }
        return true;
    }

    private static List<SearchResult> search(
            BatchSearch flat, VectorRows queries, int k, BuildContext.Workers workers) {
        List<SearchRequest> requests = new ArrayList<>(queries.count());
        for (int q = 0; q < queries.count(); q++) {
            requests.add(SearchRequest.of(queries.query(q), k));
        }
        return flat.searchAll(requests, workers.executor(), workers.parallelism());
    }

    private void fill(int from, List<SearchResult> results) {
        for (int i = 0; i < results.size(); i++) {
            List<Hit> hits = results.get(i).hits();
            if (hits.size() != k) {
                throw new IllegalStateException("The index 'flat' found " + hits.size() + " neighbours of query "
                        + (from + i) + " where there are " + k);
            }
            for (int j = 0; j < k; j++) {
                ids[(from + i) * k + j] = Math.toIntExact(hits.get(j).id());
                distances[(from + i) * k + j] = hits.get(j).distance();
            }
        }
    }

    private static void report(BuildContext context, int done, int total) {
        if (!context.progress().update("exact neighbours", done, total)) {
            throw new CancellationException(
                    "computing exact neighbours was cancelled after " + done + " of " + total + " queries");
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof GroundTruth other
                && k == other.k
                && Arrays.equals(ids, other.ids)
                && Arrays.equals(distances, other.distances);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + k;
    }

    @Override
    public String toString() {
        return "GroundTruth[" + queries() + " queries, k=" + k + "]";
    }
}
