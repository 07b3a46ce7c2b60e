package org.ruvector.index.learned;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.index.learned.keys.PgmIndex;
import org.ruvector.index.learned.keys.SortedKeys;
import org.ruvector.storage.RowScorer;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/** Vectors in the order of their keys, and the model that finds a key's place. Searches share a lock that closing takes alone. */
final class MlIndex implements Persistable {

    /**
     * What lies in memory.
     *
     * @param vectors   rows by ascending key
     * @param ids       one for each row
     * @param pivots    rows, too
     * @param starts    where each pivot's rows begin, and the number of rows
     * @param distances in the metric space, from each row to its pivot
     */
    record Content(MemorySegment vectors, MemorySegment ids, MemorySegment pivots, int[] starts, float[] distances) {

        int partitions() {
            return starts.length - 1;
        }

        long id(int slot) {
            return ids.get(VectorRows.LONG, (long) Long.BYTES * slot);
        }

        /** The greatest distance of all. */
        float reach() {
            float reach = 0;
            for (float distance : distances) {
                reach = Math.max(reach, distance);
            }
            return reach;
        }
    }

    private final IndexSpec spec;
    private final KernelProvider kernel;
    private final VectorLayout layout;
    private final Content content;
    private final PgmIndex model;
    private final SlotTable slots;
    /** Between the keys of two pivots: no row is as far from its own. Infinite where distances exceed single precision. */
    private final double width;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Frees what lies in memory; {@code null} once that is done. */
    private Runnable release;

    /**
     * Takes over what lies in memory.
     *
     * @param release frees it
     * @throws IllegalArgumentException if an id comes twice
     */
    MlIndex(IndexSpec spec, KernelProvider kernel, Content content, Runnable release) {
        this.spec = spec;
        this.kernel = kernel;
        this.content = content;
        this.release = release;
        layout = new VectorLayout(spec, kernel);
        width = content.reach() * 2.0 + 1;
        int n = content.distances.length;
        double[] keys = new double[n];
        for (int p = 0; p < content.partitions(); p++) {
            for (int slot = content.starts[p]; slot < content.starts[p + 1]; slot++) {
                keys[slot] = width < Double.POSITIVE_INFINITY ? p * width + content.distances[slot] : 0;
            }
        }
        model = PgmIndex.of(SortedKeys.of(keys), spec.parameters().getInt("epsilon", PgmIndex.DEFAULT_EPSILON));
        slots = new SlotTable(n);
        for (int slot = 0; slot < n; slot++) {
            if (slots.put(slot, content.ids) >= 0) {
                throw new IllegalArgumentException(
                        "Two rows have the id " + content.id(slot) + "; ids must be distinct");
            }
        }
    }

    Content content() {
        return content;
    }

    PgmIndex model() {
        return model;
    }

    /** Whether distances can be told apart at all; if not, every row must be compared. */
    boolean bounded() {
        return width < Double.POSITIVE_INFINITY;
    }

    /** Where the rows of a partition at this distance from its pivot, or farther, begin. */
    int position(int partition, double distance) {
        int from = content.starts[partition];
        int to = content.starts[partition + 1];
        int at = Math.clamp(model.lowerBound(partition * width + Math.min(distance, width)), from, to);
        float[] distances = content.distances;
        if ((at == from || distances[at - 1] < distance) && (at == to || distances[at] >= distance)) {
            return at;
        }
        // Beside the width, distances may be too small for their keys to differ.
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (distances[middle] < distance) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    RowScorer<?> scorer(MemorySegment rows) {
        return layout.scorer(rows);
    }

    /** From a distance as it is reported to one for which the triangle inequality holds. */
    static double inMetricSpace(Metric metric, double distance) {
        return switch (metric) {
            case EUCLIDEAN -> Math.sqrt(Math.max(0, distance));
            // Between unit vectors; a vector of zeros is as far from all of them as they are at a right angle.
            case COSINE -> Math.sqrt(Math.max(0, 2 * distance));
            case MANHATTAN, HAMMING, INNER_PRODUCT -> distance;
        };
    }

    /**
     * How wrong a comparison of three distances in the metric space may be, for rounding: sums of {@code n} products are off by
     * {@code n · 2⁻²⁴} of the sum of their sizes at most, whatever the order of the additions.
     *
     * @param distance the larger of those compared
     */
    double slack(double distance) {
        double relative = (spec.dimension() + 8) * 0x1p-24;
        // Cosine distances are one less a sum, and off by as much even where they are near zero: then the root is off
        // most.
        return switch (spec.metric()) {
            case COSINE -> 3 * Math.sqrt(2 * relative);
            // Squares below the smallest float are lost, each of them at most.
            case EUCLIDEAN -> 3 * (relative * distance + Math.sqrt((spec.dimension() + 8.0) * Float.MIN_NORMAL));
            case MANHATTAN, HAMMING, INNER_PRODUCT -> 3 * relative * distance + Float.MIN_NORMAL;
        };
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return reading(() -> content.distances.length);
    }

    @Override
    public String kernel() {
        return kernel.describe();
    }

    @Override
    public Searcher searcher() {
        MlSearch search = new MlSearch(this);
        return request -> {
            spec.require(request.query());
            request.parameters().requireOnly();
            return reading(() -> search.search(request));
        };
    }

    @Override
    public SearchResult search(SearchRequest request) {
        return searcher().search(request);
    }

    @Override
    public Optional<Query> vector(long id) {
        return reading(() -> {
            int slot = slots.find(id, content.ids);
            return slot < 0 ? Optional.empty() : Optional.of(layout.read(content.vectors, slot));
        });
    }

    @Override
    public MemoryReport memory() {
        return reading(() -> new MemoryReport(List.of(
                new MemoryReport.Part("vectors", content.vectors.byteSize(), content.vectors.isMapped()),
                new MemoryReport.Part("ids", content.ids.byteSize(), content.ids.isMapped()),
                new MemoryReport.Part("id table", slots.byteSize(), false),
                new MemoryReport.Part("pivots", content.pivots.byteSize(), content.pivots.isMapped()),
                new MemoryReport.Part(
                        "keys",
                        (long) Float.BYTES * content.distances.length
                                + (long) Long.BYTES * model.keys().size(),
                        false),
                new MemoryReport.Part("model", model.bytes(), false))));
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        lock.readLock().lock();
        try {
            requireOpen();
            MlFile.save(content, layout.stride(), file);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (release != null) {
                release.run();
                release = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T reading(Supplier<T> task) {
        lock.readLock().lock();
        try {
            requireOpen();
            return task.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (release == null) {
            throw new IllegalStateException("The index is closed");
        }
    }
}
