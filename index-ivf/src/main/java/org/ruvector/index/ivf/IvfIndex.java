package org.ruvector.index.ivf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ruvector.api.BuildContext;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.VectorLayout;

/**
 * Inverted files that are searched and changed at once. Searches share a read lock for as long as they scan; a change takes the write
 * lock for as long as it moves a row. Changes also take a lock of their own, which saving, compacting and training hold alone: what
 * these two make is other memory, to which searches turn when it is whole.
 */
final class IvfIndex implements MutableIndex, BatchSearch, Persistable, Diagnosable {
    /** Share of pages that do not follow each other or are free from which on lists are compacted. */
    private static final double FRAGMENTED = 0.25;

    private static final int FRAGMENTED_PAGES = 8;
    /** Rows per list below which centroids, and codes, are learnt anew when there are more. */
    private static final long ENOUGH = 39;
    /** Rows, or changes, below which nothing is trained again. */
    private static final int FEW = 256;
    /** Times as uneven as after the last training from which on it is worth another one. */
    private static final double WORSE = 1.5;

    private final IndexSpec spec;
    private final IvfBuild build;
    private final VectorLayout layout;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock changes = new ReentrantLock();
    private final Queue<IvfSearcher> idle = new ConcurrentLinkedQueue<>();
    private ListRows rows;
    /** The number of rows at which the lists are looked at again. */
    private int checkAt;
    /** Rows that there were when the lists were trained, or the index was opened. */
    private int trainedOn;
    /** How uneven the lists were then; what training cannot change is no reason to train. */
    private double trainedImbalance;
    /** Changes since evenness was looked at. */
    private int changed;
    /** Why training or compacting failed last; null if it did not. */
    private Throwable failure;

    IvfIndex(IndexSpec spec, IvfBuild build, ListRows rows) {
        this.spec = spec;
        this.build = build;
        this.layout = new VectorLayout(spec, build.context().kernel());
        this.rows = rows;
        this.trainedOn = rows.count();
        this.trainedImbalance = rows.pages().imbalance();
        checkLater();
    }

    private void checkLater() {
        checkAt = Math.max(FEW, (int) Math.min(Integer.MAX_VALUE, 2L * rows.count()));
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return reading(() -> rows.count());
    }

    @Override
    public String kernel() {
        return build.context().kernel().describe();
    }

    @Override
    public Searcher searcher() {
        IvfSearcher searcher = new IvfSearcher(layout);
        return request -> {
            spec.require(request.query());
            return reading(() -> searcher.search(request, rows));
        };
    }

    @Override
    public SearchResult search(SearchRequest request) {
        spec.require(request.query());
        IvfSearcher searcher = idle.poll();
        IvfSearcher mine = searcher == null ? new IvfSearcher(layout) : searcher;
        SearchResult result = reading(() -> mine.search(request, rows));
        idle.add(mine);
        return result;
    }

    @Override
    public List<SearchResult> searchAll(List<SearchRequest> requests, Executor executor, int parallelism) {
        requests.forEach(request -> spec.require(request.query()));
        return new IvfBatch(layout, requests)
                .answer(
                        task -> reading(() -> {
                            task.accept(rows);
                            return null;
                        }),
                        executor,
                        parallelism);
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
        return reading(() -> rows.memory());
    }

    @Override
    public void add(long id, Query vector) {
        spec.require(vector);
        changing(() -> {
            int list = nearest(vector);
            return writing(() -> {
                if (rows.find(id) >= 0) {
                    throw new IllegalArgumentException(
                            "Id " + id + " is present already; use replace to change its vector");
                }
                rows.add(id, vector, list);
                return true;
            });
        });
    }

    @Override
    public boolean remove(long id) {
        return changing(() -> writing(() -> {
            int slot = rows.find(id);
            if (slot >= 0) {
                rows.remove(slot);
            }
            return slot >= 0;
        }));
    }

    @Override
    public boolean replace(long id, Query vector) {
        spec.require(vector);
        return changing(() -> {
            int list = nearest(vector);
            return writing(() -> {
                int slot = rows.find(id);
                if (slot >= 0 && rows.pages().list(slot) == list) {
                    rows.replace(vector, slot);
                    return true;
                }
                if (slot >= 0) {
                    rows.remove(slot);
                }
                rows.add(id, vector, list);
                return slot >= 0;
            });
        });
    }

    private int nearest(Query vector) {
        rows.requireOpen();
        Centroids centroids = rows.centroids();
        return centroids.nearest(((Query.Floats) vector).vector(), new float[centroids.count()]);
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        changes.lock();
        try {
            rows.requireOpen();
            IvfFile.save(file, rows);
        } finally {
            changes.unlock();
        }
    }

    @Override
    public Diagnosis diagnose(int sample, long seed) {
        return alone(() -> IvfDoctor.diagnose(this, rows, build.params(), sample, seed, failure));
    }

    /** Moves rows to the lists that they belong to, and compacts. */
    @Override
    public int repair(BuildContext context) {
        return alone(() -> {
            long[] misplaced = IvfDoctor.misplaced(rows);
            for (long id : misplaced) {
                Query vector = layout.read(rows.vectors(), rows.find(id));
                int list = nearest(vector);
                writing(() -> {
                    rows.remove(rows.find(id));
                    rows.add(id, vector, list);
                    return true;
                });
            }
            changed = Math.max(FEW, rows.count());
            keepInShape();
            return misplaced.length;
        });
    }

    @Override
    public void close() {
        changes.lock();
        lock.writeLock().lock();
        try {
            rows.close();
            rows.coarse().close();
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

    /** While nothing changes; searches go on. */
    private <T> T alone(Supplier<T> task) {
        changes.lock();
        try {
            rows.requireOpen();
            return task.get();
        } finally {
            changes.unlock();
        }
    }

    private boolean changing(BooleanSupplier change) {
        return alone(() -> {
            boolean result = change.getAsBoolean();
            changed++;
            try {
                keepInShape();
            } catch (RuntimeException | OutOfMemoryError e) {
                // The change was made, and whoever made it must not take it for lost; the doctor tells.
                failure = e;
                changed = 0;
                checkLater();
            }
            return result;
        });
    }

    /** Needs the changes' lock. */
    private boolean writing(BooleanSupplier change) {
        lock.writeLock().lock();
        try {
            rows.requireOpen();
            return change.getAsBoolean();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void keepInShape() {
        boolean grown = rows.count() >= checkAt;
        if (grown || changed >= Math.max(FEW, rows.count() / 4)) {
            Pages pages = rows.pages();
            boolean uneven = pages.imbalance() > Math.max(build.params().imbalance(), WORSE * trainedImbalance);
            boolean unlearnt = grown && trainedOn < ENOUGH * pages.lists();
            boolean few = grown && build.params().lists(rows.count()) >= 2 * pages.lists();
            if (uneven || unlearnt || few) {
                turnTo(trained());
                trainedOn = rows.count();
                trainedImbalance = rows.pages().imbalance();
                failure = null;
            }
            changed = 0;
            if (grown) {
                checkLater();
            }
        }
        if (rows.pages().used() >= FRAGMENTED_PAGES && rows.pages().fragmentation() > FRAGMENTED) {
            turnTo(rows.compacted());
            failure = null;
        }
    }

    /** All rows in lists of centroids that were found anew. */
    private ListRows trained() {
        long stride = layout.stride();
        long[] ids = new long[rows.count()];
        try (Arena scratch = Arena.ofShared()) {
            MemorySegment vectors = scratch.allocate(ids.length * stride, 64);
            int n = 0;
            for (int list = 0; list < rows.pages().lists(); list++) {
                for (int row = 0; row < rows.pages().size(list); row++) {
                    int slot = rows.pages().slot(list, row);
                    ids[n] = rows.id(slot);
                    MemorySegment.copy(rows.vectors(), slot * stride, vectors, n * stride, stride);
                    n++;
                }
            }
            return build.build(new VectorRows(vectors, spec.type(), spec.dimension(), n), ids);
        }
    }

    private void turnTo(ListRows other) {
        lock.writeLock().lock();
        try {
            ListRows old = rows;
            rows = other;
            old.close();
            if (old.coarse() != other.coarse()) {
                old.coarse().close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
