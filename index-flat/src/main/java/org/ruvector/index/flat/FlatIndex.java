package org.ruvector.index.flat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.BuildContext.Workers;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
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
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.VectorLayout;

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
    private final VectorLayout layout;
    private final FlatRows rows;
    private final int block;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock changes = new ReentrantLock();

    FlatIndex(IndexSpec spec, KernelProvider kernel, VectorLayout layout, FlatRows rows) {
        this.spec = spec;
        this.kernel = kernel;
        this.layout = layout;
        this.rows = rows;
        this.block = Math.clamp(BLOCK_BYTES / layout.stride(), 16, 1024);
    }

    static FlatIndex build(IndexSpec spec, BuildContext context, CodeTiers tiers, VectorRows vectors, long[] ids) {
        spec.require(vectors);
        if (ids.length != vectors.count()) {
            throw new IllegalArgumentException(
                    vectors.count() + " rows need as many ids, but " + ids.length + " were given");
        }
        vectors.requireValid();
        VectorLayout layout = new VectorLayout(spec, context.kernel());
        FlatIndex index = new FlatIndex(spec, context.kernel(), layout, new FlatRows(layout, tiers, ids.length));
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
        }
        layout.writeAll(vectors, from, to, rows.vectors());
        rows.encode(from, to);
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
        if (chunks > 0) {
            new Workers(executor, Math.min(parallelism, chunks)).run(task);
        }
        return List.of(results);
    }

    private void check(SearchRequest request) {
        spec.require(request.query());
        request.parameters().requireOnly();
    }

    /** Scans block by block for all requests; needs the read lock. */
    private List<SearchResult> searchTogether(List<SearchRequest> requests, FlatScan.Scratch scratch) {
        List<FlatScan> scans = new ArrayList<>(requests.size());
        for (SearchRequest request : requests) {
            Scorer scorer = layout.scorer(rows.vectors()).to(request.query());
            boolean coded = rows.codes() != null && request.k() != Integer.MAX_VALUE;
            scans.add(new FlatScan(request, rows, scorer, coded ? rows.codes().scorer(request.query()) : null));
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

    @Override
    public Optional<Query> vector(long id) {
        return reading(() -> {
            int slot = rows.find(id);
            return slot < 0 ? Optional.empty() : Optional.of(layout.read(rows.vectors(), slot));
        });
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
            rows.write(vector, rows.count() - 1);
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
            rows.write(vector, slot < 0 ? rows.count() - 1 : slot);
            return slot >= 0;
        });
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        changes.lock();
        try {
            rows.requireOpen();
            file.section("vectors", rows.vectors().asSlice(0, rows.count() * layout.stride()));
            file.section("ids", rows.ids().asSlice(0, (long) Long.BYTES * rows.count()));
            if (rows.codes() != null) {
                rows.codes().save(file, rows.count());
            }
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
