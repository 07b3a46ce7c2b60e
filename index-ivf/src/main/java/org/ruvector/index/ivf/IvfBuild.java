package org.ruvector.index.ivf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.QuantizerSpec;
import org.ruvector.clustering.Clustering;
import org.ruvector.clustering.Columns;
import org.ruvector.clustering.KMeans;
import org.ruvector.clustering.MiniBatchKMeans;
import org.ruvector.clustering.SphericalKMeans;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.VectorLayout;

/**
 * Trains and fills inverted files.
 *
 * @param spec    of the index
 * @param params  its parameters
 * @param choice  the quantizer wanted; {@code null} for vectors only
 * @param context what may be used
 */
record IvfBuild(IndexSpec spec, IvfParams params, CodeTiers.Choice choice, BuildContext context) {
    /** From so many points on, iterations look at batches. */
    private static final int LARGE = 1 << 19;

    private static final int BATCH = 1 << 14;
    /** Iterations over batches that stand for one over all. */
    private static final int BATCHES = 10;
    /** Coordinates to learn from at most: 2 GiB of floats. */
    private static final long COORDINATES = 1L << 29;
    /** Residuals to learn from at most. */
    private static final int RESIDUALS = 1 << 16;

    private static final float TOLERANCE = 1e-4f;
    private static final int STEP = 256;

    /** Lists of the rows. */
    ListRows build(VectorRows rows, long[] ids) {
        report(0, rows.count());
        VectorRows sample = sample(rows);
        VectorRows centroidRows = VectorRows.ofFloats(new float[spec.dimension()], spec.dimension());
        int[] assignments = {};
        if (sample.count() > 0) {
            Clustering found = cluster(sample);
            float[] vectors = found.centroids().toArray();
            assignments = found.assignments();
            if (spec.metric() == Metric.INNER_PRODUCT) {
                stretch(vectors, sample, assignments);
            }
            centroidRows = VectorRows.ofFloats(vectors, spec.dimension());
        }
        Centroids centroids = new Centroids(spec, context.kernel(), centroidRows);
        ListCodes codes = choice == null ? null : learnt(centroids, sample, assignments);
        int[] lists = assigned(centroids, rows);
        RoutingSample learnable = new RoutingSample(rows, lists, context);
        Coarse coarse = Coarse.build(params.coarse(), centroids, codesOf(centroids, codes), learnable, context);
        try {
            return filled(coarse, codes, lists, rows, ids);
        } catch (Throwable e) {
            coarse.close();
            throw e;
        }
    }

    static CentroidCodes codesOf(Centroids centroids, ListCodes codes) {
        return codes instanceof BlockCodes(CodeTiers tiers, NeighbourhoodCodec codec)
                ? new CentroidCodes(centroids, codec)
                : null;
    }

    private void report(int done, int total) {
        if (!context.progress().update("build " + spec.provider(), done, total)) {
            throw new CancellationException("The build of an index '" + spec.provider() + "' was cancelled after "
                    + done + " of " + total + " rows");
        }
    }

    /** Rows to learn from: all, or some in the order drawn (Knuth, The Art of Computer Programming, vol. 2, algorithm 3.4.2 S). */
    private VectorRows sample(VectorRows rows) {
        int n = rows.count();
        long most = Math.min((long) params.training().sample() * params.lists(n), COORDINATES / spec.dimension());
        if (n <= most) {
            return rows;
        }
        long stride = rows.stride();
        MemorySegment chosen = Arena.ofAuto().allocate(most * stride, 64);
        SplittableRandom random = new SplittableRandom(params.training().seed());
        int count = 0;
        for (int row = 0; count < most; row++) {
            if (random.nextInt(n - row) < most - count) {
                MemorySegment.copy(rows.segment(), row * stride, chosen, count * stride, stride);
                count++;
            }
        }
        return new VectorRows(chosen, rows.type(), rows.dimension(), count);
    }

    private Clustering cluster(VectorRows sample) {
        int k = params.lists(sample.count());
        int iterations = params.training().iterations();
        long seed = params.training().seed();
        boolean spherical = spec.metric() != Metric.EUCLIDEAN;
        if (sample.count() >= LARGE) {
            return clusterByBatches(sample, new MiniBatchKMeans(k, BATCH, BATCHES * iterations, seed));
        }
        return spherical
                ? new SphericalKMeans(k, iterations, TOLERANCE, seed).cluster(sample, context)
                : new KMeans(k, iterations, TOLERANCE, seed).cluster(sample, context);
    }

    /** By directions where the metric looks at them: means of unit vectors are shorter, and the shorter the wider a cluster is. */
    Clustering clusterByBatches(VectorRows sample, MiniBatchKMeans batches) {
        if (spec.metric() == Metric.EUCLIDEAN) {
            return batches.cluster(sample, context);
        }
        Clustering found = batches.cluster(SphericalKMeans.unit(sample), context);
        int d = spec.dimension();
        VectorRows means = VectorRows.ofFloats(found.centroids().toArray(), d);
        float[] directions = SphericalKMeans.unit(means).segment().toArray(VectorRows.FLOAT);
        return new Clustering(new Columns(directions, d), found.assignments(), found.inertia(), found.iterations());
    }

    /** Gives directions the mean length of their points along them, so that residuals are short and long vectors' lists preferred. */
    private void stretch(float[] directions, VectorRows sample, int[] assignments) {
        int d = spec.dimension();
        double[] sums = new double[directions.length / d];
        int[] counts = new int[sums.length];
        float[] row = new float[d];
        for (int i = 0; i < sample.count(); i++) {
            MemorySegment.copy(sample.segment(), VectorRows.FLOAT, i * sample.stride(), row, 0, d);
            for (int j = 0; j < d; j++) {
                sums[assignments[i]] += (double) row[j] * directions[assignments[i] * d + j];
            }
            counts[assignments[i]]++;
        }
        for (int c = 0; c < sums.length; c++) {
            double length = sums[c] / counts[c];
            for (int j = 0; length > 0 && length <= Float.MAX_VALUE && j < d; j++) {
                directions[c * d + j] = (float) (directions[c * d + j] * length);
            }
        }
    }

    private ListCodes learnt(Centroids centroids, VectorRows sample, int[] assignments) {
        int d = spec.dimension();
        VectorRows one = sample.count() > 0 ? sample.slice(0, 1) : VectorRows.ofFloats(new float[d], d);
        // Whether a quantizer makes codes relative to a centroid itself shows when it has learnt from next to nothing.
        if (choice.train(one, context).codes().neighbourhoods().isPresent()) {
            return codes(choice.train(sample, context));
        }
        int count = Math.clamp(sample.count(), 1, RESIDUALS);
        float[] residuals = new float[count * d];
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        VectorRows row = VectorRows.ofFloats(new float[d], d);
        for (int i = 0; i < count && i < sample.count(); i++) {
            int from = (int) ((long) i * sample.count() / count);
            layout.write(sample.query(from), row.segment(), 0);
            MemorySegment.copy(row.segment(), VectorRows.FLOAT, 0, residuals, i * d, d);
            ResidualCodes.subtract(residuals, i * d, centroids.vector(assignments[from]));
        }
        return codes(ofResiduals(choice).train(VectorRows.ofFloats(residuals, d), context));
    }

    /** The same choice for residuals. */
    static CodeTiers.Choice ofResiduals(CodeTiers.Choice choice) {
        QuantizerSpec codes = choice.codes();
        QuantizerSpec own = new QuantizerSpec(
                codes.provider(), codes.parameters(), ResidualCodes.metric(codes.metric()), codes.dimension());
        return new CodeTiers.Choice(choice.others(), own, null, choice.rerank());
    }

    /** What a quantizer, once trained, makes of lists. */
    static ListCodes codes(CodeTiers tiers) {
        Optional<NeighbourhoodCodec> codec = tiers.codes().neighbourhoods();
        if (codec.isPresent()) {
            return new BlockCodes(tiers, codec.get());
        }
        if (!tiers.codes().estimatesDistances()) {
            throw new IllegalArgumentException(
                    "quantizer=" + tiers.codes().spec().provider()
                            + " ranks codes within a list, but says nothing about distances, which lists are compared by;"
                            + " take one that does, such as rabitq, pq or sq8");
        }
        return new ResidualCodes(tiers);
    }

    private ListRows filled(Coarse coarse, ListCodes codes, int[] lists, VectorRows rows, long[] ids) {
        int n = rows.count();
        int count = coarse.centroids().count();
        int[] starts = new int[count + 1];
        for (int list : lists) {
            starts[list + 1]++;
        }
        for (int list = 0; list < count; list++) {
            starts[list + 1] += starts[list];
        }
        int[] next = starts.clone();
        int[] members = new int[n];
        for (int row = 0; row < n; row++) {
            members[next[lists[row]]++] = row;
        }
        Pages pages = new Pages(count);
        for (int list = 0; list < count; list++) {
            for (int row = starts[list]; row < starts[list + 1]; row++) {
                pages.append(list);
            }
        }
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        ListRows filled = new ListRows(layout, coarse, codes, pages).allocated();
        AtomicInteger done = new AtomicInteger();
        try {
            parallel(count, 1, (list, end) -> {
                int size = pages.size(list);
                // Fresh pages of one list follow each other.
                int slot = size == 0 ? 0 : pages.slot(list, 0);
                for (int i = 0; i < size; i++) {
                    int row = members[starts[list] + i];
                    filled.id(slot + i, ids[row]);
                    layout.write(rows.query(row), filled.vectors(), slot + i);
                }
                filled.settle(list, slot, slot + size);
                report(n / 2 + done.addAndGet(size) / 2, n);
            });
            filled.enter();
            report(n, n);
            return filled;
        } catch (Throwable e) {
            filled.close();
            throw e;
        }
    }

    /** The list of each row. */
    private int[] assigned(Centroids centroids, VectorRows rows) {
        int[] lists = new int[rows.count()];
        AtomicInteger done = new AtomicInteger();
        parallel(lists.length, STEP, (from, to) -> {
            report(done.getAndAdd(to - from) / 2, lists.length);
            float[] vector = new float[spec.dimension()];
            float[] distances = new float[centroids.count()];
            for (int row = from; row < to; row++) {
                MemorySegment.copy(rows.segment(), VectorRows.FLOAT, row * rows.stride(), vector, 0, vector.length);
                lists[row] = centroids.nearest(vector, distances);
            }
        });
        return lists;
    }

    private interface Task {
        void run(int from, int to);
    }

    private void parallel(int n, int step, Task task) {
        AtomicInteger next = new AtomicInteger();
        context.workers().run(() -> {
            try {
                for (int from; (from = next.getAndAdd(step)) < n; ) {
                    task.run(from, Math.min(n, from + step));
                }
            } finally {
                // Whoever fails, the others need not go on.
                next.set(n);
            }
        });
    }
}
