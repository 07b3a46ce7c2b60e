package org.ruvector.index.learned;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ruvector.api.BuildContext;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.NearestHits;
import org.ruvector.storage.OffHeap;

/** Centres and what {@link RoutingModel} learned of their clusters, as one row of {@code c, a, b} each; ids are row numbers. */
final class LearnedRouter implements Persistable {

    private static final String ROUTES = "routes";

    private final IndexSpec spec;
    private final KernelProvider kernel;
    private final RowKernel<float[]> products;
    private final MemorySegment routes;
    private final int clusters;
    private final Runnable release;
    private volatile boolean closed;

    private LearnedRouter(IndexSpec spec, KernelProvider kernel, MemorySegment routes, int clusters, Runnable release) {
        this.spec = spec;
        this.kernel = kernel;
        this.products = kernel.floats(Metric.INNER_PRODUCT);
        this.routes = routes;
        this.clusters = clusters;
        this.release = release;
    }

    private static long stride(IndexSpec spec) {
        return Float.BYTES * (2L * spec.dimension() + 1);
    }

    @SuppressWarnings("MustBeClosedChecker") // the index owns it
    static LearnedRouter of(IndexSpec spec, BuildContext context, float[][] centres, float[][] routes) {
        Arena arena = Arena.ofShared();
        MemorySegment rows = OffHeap.allocate(arena, stride(spec) * centres.length);
        for (int l = 0; l < centres.length; l++) {
            long at = l * stride(spec);
            MemorySegment.copy(centres[l], 0, rows, VectorRows.FLOAT, at, centres[l].length);
            MemorySegment.copy(
                    routes[l],
                    0,
                    rows,
                    VectorRows.FLOAT,
                    at + (long) Float.BYTES * centres[l].length,
                    routes[l].length);
        }
        return new LearnedRouter(spec, context.kernel(), rows, centres.length, arena::close);
    }

    static LearnedRouter open(SectionReader file, KernelProvider kernel) {
        MemorySegment rows = file.section(ROUTES);
        long stride = stride(file.spec());
        if (rows.byteSize() % stride != 0 || rows.byteSize() / stride > Integer.MAX_VALUE) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: section '" + ROUTES + "' has "
                    + rows.byteSize() + " bytes, which are no multiple of " + stride);
        }
        for (long at = 0; at < rows.byteSize(); at += Float.BYTES) {
            if (!Float.isFinite(rows.get(VectorRows.FLOAT, at))) {
                throw new IndexFileException.Corrupt(file.source() + " is damaged: number " + at / Float.BYTES
                        + " of section '" + ROUTES + "' is " + rows.get(VectorRows.FLOAT, at) + "; all must be finite");
            }
        }
        return new LearnedRouter(file.spec(), kernel, rows, (int) (rows.byteSize() / stride), file::close);
    }

    /** As the model knows it: of unit length under cosine. */
    static float[] direction(Metric metric, float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        if (metric != Metric.COSINE || square == 0) {
            return vector;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }

    @Override
    public Searcher searcher() {
        int dimension = spec.dimension();
        int[] all = new int[clusters];
        Arrays.setAll(all, i -> i);
        float[] scores = new float[clusters];
        float[] asked = new float[dimension + 1];
        MemorySegment learned = clusters == 0 ? routes : routes.asSlice((long) Float.BYTES * dimension);
        return request -> {
            long start = System.nanoTime();
            requireOpen();
            spec.require(request.query());
            request.parameters().requireOnly();
            float[] query = direction(spec.metric(), ((Query.Floats) request.query()).vector());
            System.arraycopy(query, 0, asked, 0, dimension);
            asked[dimension] = 1;
            products.distances(asked, learned, stride(spec), all, clusters, Float.POSITIVE_INFINITY, scores);
            NearestHits nearest = new NearestHits(request.k(), request.cutoff());
            for (int l = 0; l < clusters; l++) {
                if (request.filter().matches(l)) {
                    nearest.offer(l, scores[l]);
                }
            }
            SearchResult.Stats stats = new SearchResult.Stats(
                    clusters, clusters, 0, StopReason.EXHAUSTED, "learned routes", System.nanoTime() - start);
            return new SearchResult(nearest.sorted(), stats);
        };
    }

    @Override
    public SearchResult search(SearchRequest request) {
        return searcher().search(request);
    }

    @Override
    public Optional<Query> vector(long id) {
        requireOpen();
        if (id < 0 || id >= clusters) {
            return Optional.empty();
        }
        float[] centre = new float[spec.dimension()];
        MemorySegment.copy(routes, VectorRows.FLOAT, id * stride(spec), centre, 0, centre.length);
        return Optional.of(Query.of(centre));
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        requireOpen();
        file.section(ROUTES, routes.asSlice(0, clusters * stride(spec)));
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        requireOpen();
        return clusters;
    }

    @Override
    public String kernel() {
        return kernel.describe();
    }

    @Override
    public MemoryReport memory() {
        requireOpen();
        return new MemoryReport(List.of(new MemoryReport.Part(ROUTES, routes.byteSize(), routes.isMapped())));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The router is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
