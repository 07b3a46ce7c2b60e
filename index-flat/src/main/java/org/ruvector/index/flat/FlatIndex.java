package org.ruvector.index.flat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Scorer;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionWriter;

/**
 * Exact search. Searches share a read lock for as long as they scan; a change takes the write lock, so it waits for the
 * searches that run and is seen whole or not at all. Changes also take a lock of their own, which {@link #save} holds alone:
 * searches go on while it writes.
 */
final class FlatIndex implements MutableIndex, BatchSearch, Persistable {

    /** A block of rows stays in the second-level cache while the queries of a batch go over it. */
    private static final long BLOCK_BYTES = 256 << 10;

    /** Queries that share a block. */
    private static final int MAX_CHUNK = 32;

    private static final int BUILD_STEP = 4096;

    private final IndexSpec spec;
    private final KernelProvider kernel;
    private final FlatRows rows;
    private final int block;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock changes = new ReentrantLock();

    FlatIndex(IndexSpec spec, KernelProvider kernel, FlatRows rows) {
        this.spec = spec;
        this.kernel = kernel;
        this.rows = rows;
        this.block = Math.clamp(BLOCK_BYTES / rows.stride(), 16, 1024);
    }

    static FlatIndex build(IndexSpec spec, BuildContext context, VectorRows vectors, long[] ids) {
        spec.require(vectors);
        if (ids.length != vectors.count()) {
            throw new IllegalArgumentException(
                    vectors.count() + " rows need as many ids, but " + ids.length + " were given");
        }
        vectors.requireFinite();
        FlatIndex index = new FlatIndex(spec, context.kernel(), new FlatRows(vectors.stride(), ids.length));
        try {
            for (int from = 0; from < ids.length; from += BUILD_STEP) {
                report(context, from, ids.length);
                index.append(vectors, ids, from, Math.min(ids.length, from + BUILD_STEP));
            }
            report(context, ids.length, ids.length);
            return index;
        } catch (Throwable e) {
            index.close();
            throw e;
        }
    }

    private static void report(BuildContext context, int done, int total) {
        if (!context.progress().update("build flat", done, total)) {
            throw new CancellationException(
                    "The build of a flat index was cancelled after " + done + " of " + total + " rows");
        }
    }

    private void append(VectorRows vectors, long[] ids, int from, int to) {
        for (int row = from; row < to; row++) {
            int other = rows.add(ids[row]);
            if (other >= 0) {
                throw new IllegalArgumentException(
                        "Rows " + other + " and " + row + " both have the id " + ids[row] + "; ids must be distinct");
            }
            if (ofUnitLength()) {
                rows.write(row, stored(vectors.query(row)));
            }
        }
        if (!ofUnitLength()) {
            VectorRows part = vectors.slice(from, to);
            MemorySegment.copy(part.segment(), 0, rows.vectors(), from * rows.stride(), part.byteSize());
        }
    }

    /** Whether rows are scaled, so that their cosine is an inner product. Integers cannot be: their kernel divides. */
    private boolean ofUnitLength() {
        return spec.metric() == Metric.COSINE && spec.type() == ElementType.FLOAT32;
    }

    private Query stored(Query vector) {
        return ofUnitLength() && vector instanceof Query.Floats(float[] v)
                ? new Query.Floats(UnitLength.scale(v.clone()))
                : vector;
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return reading(rows::count);
    }

    @Override
    public String kernel() {
        return kernel.describe();
    }

    @Override
    public Searcher searcher() {
        FlatScan.Scratch scratch = new FlatScan.Scratch(block);
        return request -> {
            check(request);
            return reading(() -> searchTogether(List.of(request), scratch).getFirst());
        };
    }

    @Override
    public SearchResult search(SearchRequest request) {
        // The scratch space is small beside a scan, so there is nothing to borrow.
        return searcher().search(request);
    }

    @Override
    public List<SearchResult> searchAll(List<SearchRequest> requests, Executor executor, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be at least 1");
        }
        requests.forEach(this::check);
        int chunk = Math.clamp(Math.ceilDiv(requests.size(), parallelism), 1, MAX_CHUNK);
        int chunks = Math.ceilDiv(requests.size(), chunk);
        SearchResult[] results = new SearchResult[requests.size()];
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            FlatScan.Scratch scratch = new FlatScan.Scratch(block);
            for (int i; (i = next.getAndIncrement()) < chunks; ) {
                int from = i * chunk;
                List<SearchRequest> part = requests.subList(from, Math.min(results.length, from + chunk));
                // Who scans holds the lock, not the caller who waits: a change waiting on one of the executor's
                // threads could otherwise keep the tasks behind it from ever running.
                List<SearchResult> found = reading(() -> searchTogether(part, scratch));
                for (int j = 0; j < found.size(); j++) {
                    results[from + j] = found.get(j);
                }
            }
        };
        run(task, Math.min(parallelism, chunks), executor);
        return List.of(results);
    }

    private static void run(Runnable task, int times, Executor executor) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            running.add(CompletableFuture.runAsync(task, executor));
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private void check(SearchRequest request) {
        spec.require(request.query());
        request.parameters().requireOnly();
    }

    /** Scans block by block for all requests; needs the read lock. */
    private List<SearchResult> searchTogether(List<SearchRequest> requests, FlatScan.Scratch scratch) {
        List<FlatScan> scans = new ArrayList<>(requests.size());
        for (SearchRequest request : requests) {
            scans.add(new FlatScan(request, rows, scorer(request.query())));
        }
        boolean more = true;
        for (int from = 0; more; from += block) {
            more = false;
            for (FlatScan scan : scans) {
                more |= scan.scan(from, block, scratch);
            }
        }
        return scans.stream().map(FlatScan::result).toList();
    }

    private Scorer scorer(Query query) {
        MemorySegment vectors = rows.vectors();
        return switch (stored(query)) {
            case Query.Floats(float[] v)
            when ofUnitLength() ->
                new CosineScorer(new RowScorer<>(kernel.floats(Metric.INNER_PRODUCT), v, vectors, rows.stride()));
            case Query.Floats(float[] v) -> new RowScorer<>(kernel.floats(spec.metric()), v, vectors, rows.stride());
            case Query.Bytes(byte[] v) -> new RowScorer<>(kernel.bytes(spec.metric()), v, vectors, rows.stride());
            case Query.Bits(long[] v, int dimension) -> new RowScorer<>(kernel.bits(), v, vectors, rows.stride());
        };
    }

    @Override
    public Optional<Query> vector(long id) {
        return reading(() -> {
            int slot = rows.find(id);
            return slot < 0 ? Optional.empty() : Optional.of(view().query(slot));
        });
    }

    private VectorRows view() {
        return new VectorRows(rows.vectors(), spec.type(), spec.dimension(), rows.count());
    }

    @Override
    public MemoryReport memory() {
        return reading(() -> new MemoryReport(rows.memory()));
    }

    @Override
    public void add(long id, Query vector) {
        spec.require(vector);
        changing(() -> {
            if (rows.add(id) >= 0) {
                throw new IllegalArgumentException(
                        "Id " + id + " is present already; use replace to change its vector");
            }
            rows.write(rows.count() - 1, stored(vector));
            return null;
        });
    }

    @Override
    public boolean remove(long id) {
        return changing(() -> rows.remove(id));
    }

    @Override
    public boolean replace(long id, Query vector) {
        spec.require(vector);
        return changing(() -> {
            int slot = rows.find(id);
            if (slot < 0) {
                rows.add(id);
            }
            rows.write(slot < 0 ? rows.count() - 1 : slot, stored(vector));
            return slot >= 0;
        });
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        changes.lock();
        try {
            rows.requireOpen();
            file.section("vectors", rows.vectors().asSlice(0, rows.count() * rows.stride()));
            file.section("ids", rows.ids().asSlice(0, (long) Long.BYTES * rows.count()));
        } finally {
            changes.unlock();
        }
    }

    @Override
    public void close() {
        changes.lock();
        lock.writeLock().lock();
        try {
            rows.close();
        } finally {
            lock.writeLock().unlock();
            changes.unlock();
        }
    }

    private <T> T reading(Supplier<T> task) {
        lock.readLock().lock();
        try {
            rows.requireOpen();
            return task.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            lock.writeLock().lock();
            try {
                rows.requireOpen();
                return change.get();
            } finally {
                lock.writeLock().unlock();
            }
        } finally {
            changes.unlock();
        }
    }
}
