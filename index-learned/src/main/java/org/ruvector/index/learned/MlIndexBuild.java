package org.ruvector.index.learned;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.VectorRows;
import org.ruvector.clustering.Clustering;
import org.ruvector.clustering.KMeans;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/** Chooses pivots, gives each row to the nearest, and puts the rows in the order of their keys. */
final class MlIndexBuild {

    /** Pivots need only be spread well: so many rows each are clustered, so often. */
    private static final int ROWS_PER_PIVOT = 64;

    private static final int ITERATIONS = 10;
    private static final int STEP = 1024;

    private final IndexSpec spec;
    private final BuildContext context;
    private final VectorLayout layout;
    private final VectorRows rows;

    private MlIndexBuild(IndexSpec spec, BuildContext context, VectorRows rows) {
        this.spec = spec;
        this.context = context;
        this.layout = new VectorLayout(spec, context.kernel());
        this.rows = rows;
    }

    static MlIndex build(IndexSpec spec, BuildContext context, MlParameters parameters, VectorRows rows, long[] ids) {
        spec.require(rows);
        if (ids.length != rows.count()) {
            throw new IllegalArgumentException(
                    rows.count() + " rows need as many ids, but " + ids.length + " were given");
        }
        rows.requireValid();
        requireDistinct(ids);
        MlParameters chosen = parameters.of(rows.count());
        IndexSpec filledIn = new IndexSpec(
                spec.provider(), chosen.filledIn(spec.parameters()), spec.metric(), spec.type(), spec.dimension());
        return new MlIndexBuild(filledIn, context, rows).build(chosen, ids);
    }

    private static void requireDistinct(long[] ids) {
        SlotTable table = new SlotTable(ids.length);
        MemorySegment all = MemorySegment.ofArray(ids);
        for (int row = 0; row < ids.length; row++) {
            int other = table.put(row, all);
            if (other >= 0) {
                throw new IllegalArgumentException(
                        "Rows " + other + " and " + row + " both have the id " + ids[row] + "; ids must be distinct");
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the index owns it
    private MlIndex build(MlParameters parameters, long[] ids) {
        Arena arena = Arena.ofShared();
        try {
            int n = rows.count();
            MemorySegment pivots = OffHeap.allocate(arena, parameters.pivots() * layout.stride());
            int partitions = n == 0 ? 0 : choosePivots(parameters.pivots(), pivots);
            int[] nearest = new int[n];
            float[] distances = new float[n];
            assign(pivots, partitions, nearest, distances);
            int[] starts = new int[partitions + 1];
            int[] order = order(nearest, distances, starts);
            MemorySegment vectors = OffHeap.allocate(arena, n * layout.stride());
            MemorySegment sortedIds = OffHeap.allocate(arena, (long) Long.BYTES * n);
            float[] sortedDistances = new float[n];
            for (int slot = 0; slot < n; slot++) {
                layout.write(rows.query(order[slot]), vectors, slot);
                sortedIds.set(VectorRows.LONG, (long) Long.BYTES * slot, ids[order[slot]]);
                sortedDistances[slot] = distances[order[slot]];
            }
            report("sort vectors", n);
            return new MlIndex(
                    spec,
                    context.kernel(),
                    new MlIndex.Content(vectors, sortedIds, pivots, starts, sortedDistances),
                    arena::close);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** Writes the centroids of a sample's clusters into rows, and returns how many there are. */
    private int choosePivots(int wanted, MemorySegment pivots) {
        int n = rows.count();
        int sampled = (int) Math.min(n, (long) ROWS_PER_PIVOT * wanted);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment sample = OffHeap.allocate(arena, sampled * layout.stride());
            for (int i = 0; i < sampled; i++) {
                layout.write(rows.query((int) ((long) i * n / sampled)), sample, i);
            }
            Clustering clustering =
                    new KMeans(wanted, ITERATIONS, 1e-3, context.seed()).cluster(layout.rows(sample, sampled), context);
            VectorRows centroids = VectorRows.ofFloats(clustering.centroids().toArray(), spec.dimension());
            for (int i = 0; i < centroids.count(); i++) {
                layout.write(centroids.query(i), pivots, i);
            }
            return centroids.count();
        }
    }

    /** Finds the nearest pivot of every row by the index's own metric, and the distance in the metric space. */
    private void assign(MemorySegment pivots, int partitions, int[] nearest, float[] distances) {
        int n = rows.count();
        AtomicInteger next = new AtomicInteger();
        int[] all = new int[partitions];
        Arrays.setAll(all, i -> i);
        context.workers().run(() -> {
            RowScorer<?> scorer = layout.scorer(pivots);
            float[] out = new float[partitions];
            try {
                for (int from; (from = next.getAndAdd(STEP)) >= 0 && from < n; ) {
                    for (int row = from; row < Math.min(n, from + STEP); row++) {
                        scorer.to(rows.query(row)).score(all, partitions, Float.POSITIVE_INFINITY, out);
                        int best = 0;
                        for (int p = 1; p < partitions; p++) {
                            best = out[p] < out[best] ? p : best;
                        }
                        nearest[row] = best;
                        distances[row] = (float) MlIndex.inMetricSpace(spec.metric(), out[best]);
                    }
                    report("assign to pivots", Math.min(n, from + STEP));
                }
            } finally {
                // Whoever fails, the others need not go on.
                next.set(n);
            }
        });
    }

    /** Rows by pivot, then by distance from it, then as they were given. */
    private static int[] order(int[] nearest, float[] distances, int[] starts) {
        int n = nearest.length;
        for (int pivot : nearest) {
            starts[pivot + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] next = starts.clone();
        long[] keyed = new long[n];
        for (int row = 0; row < n; row++) {
            keyed[next[nearest[row]]++] = (long) Float.floatToIntBits(distances[row]) << 32 | row;
        }
        int[] order = new int[n];
        for (int p = 0; p + 1 < starts.length; p++) {
            Arrays.sort(keyed, starts[p], starts[p + 1]);
        }
        for (int slot = 0; slot < n; slot++) {
            order[slot] = (int) keyed[slot];
        }
        return order;
    }

    private void report(String stage, int done) {
        if (!context.progress().update(stage, done, rows.count())) {
            throw new CancellationException(
                    "The build of an ml-index was cancelled after " + done + " of " + rows.count() + " rows");
        }
    }
}
