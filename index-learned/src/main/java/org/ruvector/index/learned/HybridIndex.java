package org.ruvector.index.learned;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ruvector.api.BuildContext;
import org.ruvector.api.BuildContext.Workers;
import org.ruvector.api.Diagnosis;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Diagnosable;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.storage.OffHeap;

/**
 * One view over a segment and a delta. Searches take no lock; changes, and the switch from one view to the next, take
 * {@code changes}. Who holds {@code retraining} builds a segment, without a lock, of what the current view's base is: nobody else
 * merges meanwhile, and while something is frozen nobody freezes.
 */
final class HybridIndex implements MutableIndex, Persistable, Diagnosable {

    private static final int STEP = 4096;

    private final IndexSpec spec;
    private final HybridParameters parameters;
    private final BuildContext context;
    private final ReentrantLock changes = new ReentrantLock();
    private final Semaphore retraining = new Semaphore(1);
    /** {@code null} when closed. */
    private volatile HybridView view;

    private volatile int size;
    /** Whether the executor has retraining to do or is at it. */
    private boolean scheduled;
    /** Why retraining failed, until it is told. */
    private Throwable failure;

    /** Uses the context's executor as long as it is open. */
    HybridIndex(IndexSpec spec, HybridParameters parameters, BuildContext context, HybridView view) {
        this.spec = spec;
        this.parameters = parameters;
        this.context = context;
        this.view = view;
        size = view.size();
    }

    /** With an empty delta; closes the segment at the end. */
    static HybridIndex of(
            IndexSpec spec, HybridParameters parameters, BuildContext context, HybridView.Segment segment) {
        try {
            HybridView.Delta delta = HybridView.Delta.of(parameters.emptyDelta(context));
            HybridView view = new HybridView(segment, new IdSet(), null, new IdSet(), delta);
            delta.hold().release();
            return new HybridIndex(spec, parameters, context, view);
        } finally {
            segment.hold().release();
        }
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String kernel() {
        return context.kernel().describe();
    }

    @Override
    public Searcher searcher() {
        return new Searcher() {
            private HybridSearch search;

            @Override
            public SearchResult search(SearchRequest request) {
                spec.require(request.query());
                return holding(current -> {
                    if (search == null || search.view() != current) {
                        search = new HybridSearch(current);
                    }
                    return search.search(request);
                });
            }
        };
    }

    @Override
    public SearchResult search(SearchRequest request) {
        spec.require(request.query());
        return holding(current -> {
            HybridSearch search = current.idle.poll();
            if (search == null) {
                search = new HybridSearch(current);
            }
            SearchResult result = search.search(request);
            current.idle.add(search);
            return result;
        });
    }

    @Override
    public Optional<Query> vector(long id) {
        return holding(current -> current.vector(id));
    }

    @Override
    public MemoryReport memory() {
        return holding(current -> new MemoryReport(current.memory()));
    }

    @Override
    public void add(long id, Query vector) {
        spec.require(vector);
        change(current -> {
            current.add(id, vector);
            return null;
        });
    }

    @Override
    public boolean replace(long id, Query vector) {
        spec.require(vector);
        return change(current -> current.replace(id, vector));
    }

    @Override
    public boolean remove(long id) {
        return change(current -> current.remove(id));
    }

    private <T> T change(Function<HybridView, T> change) {
        T answer;
        boolean due;
        changes.lock();
        try {
            HybridView current = open();
            if (failure != null) {
                Throwable cause = failure;
                failure = null;
                throw new CompletionException(
                        "Retraining failed: " + cause.getMessage() + ". Nothing is lost, but this change was not made: "
                                + "make it again; retraining will be tried again when there have been more changes",
                        cause);
            }
            answer = change.apply(current);
            size = current.size();
            due = freezeIfDue(current);
        } finally {
            changes.unlock();
        }
        if (due) {
            try {
                context.workers().executor().execute(this::retrain);
            } catch (RuntimeException refusal) {
                retrained(refusal);
            }
        }
        return answer;
    }

    /** Whether retraining is to be scheduled; what is to be merged is frozen then. Needs the lock. */
    private boolean freezeIfDue(HybridView current) {
        if (scheduled || !current.grown(parameters.share())) {
            return false;
        }
        try {
            // After a failure it is frozen already.
            if (current.frozen() == null) {
                freeze(current);
            }
            scheduled = true;
        } catch (RuntimeException | Error e) {
            // The change itself was made.
            failure = e;
        }
        return scheduled;
    }

    /** Needs the lock. */
    private void freeze(HybridView current) {
        HybridView.Delta fresh = HybridView.Delta.of(parameters.emptyDelta(context));
        show(current.frozen(fresh));
        fresh.hold().release();
    }

    /** Makes a view the current one; searches in the old one go on. Needs the lock. */
    private void show(HybridView next) {
        HybridView old = view;
        view = next;
        old.hold().release();
    }

    /** The executor's task. It never waits: whoever else is retraining merges what there is. */
    private void retrain() {
        Throwable failed = null;
        if (retraining.tryAcquire()) {
            try {
                merge(new BuildContext(
                        context.plugins(),
                        context.kernel(),
                        Workers.CALLER,
                        context.seed(),
                        (stage, done, total) -> view != null));
            } catch (Throwable e) {
                failed = e;
            } finally {
                retraining.release();
            }
        }
        retrained(failed);
    }

    private void retrained(Throwable failed) {
        changes.lock();
        try {
            scheduled = false;
            if (failed != null) {
                failure = failed;
            }
        } finally {
            changes.unlock();
        }
    }

    /** Builds a segment of the base and puts it in its place, if something is frozen. */
    private void merge(BuildContext with) {
        holding(old -> {
            if (old.frozen() == null) {
                return null;
            }
            long[] ids = old.baseIds();
            HybridView.Segment built = HybridView.Segment.of(build(old, ids, with), ids);
            changes.lock();
            try {
                show(open().merged(built));
                failure = null;
            } finally {
                changes.unlock();
                built.hold().release();
            }
            return null;
        });
    }

    private VectorIndex build(HybridView old, long[] ids, BuildContext with) {
        IndexSpec of = parameters.segment();
        try (Arena arena = Arena.ofShared()) {
            long stride = of.type().rowBytes(of.dimension());
            MemorySegment block = OffHeap.allocate(arena, ids.length * stride);
            for (int i = 0; i < ids.length; i++) {
                if (i % STEP == 0 && !with.progress().update("gather vectors", i, ids.length)) {
                    throw new CancellationException("Retraining was cancelled; the index is as it was");
                }
                switch (old.ofBase(ids[i])) {
                    case Query.Floats(float[] v) ->
                        MemorySegment.copy(v, 0, block, VectorRows.FLOAT, i * stride, v.length);
                    case Query.Bytes(byte[] v) ->
                        MemorySegment.copy(v, 0, block, ValueLayout.JAVA_BYTE, i * stride, v.length);
                    case Query.Bits(long[] v, int dimension) ->
                        MemorySegment.copy(v, 0, block, VectorRows.LONG, i * stride, v.length);
                }
            }
            VectorRows rows = new VectorRows(block, of.type(), of.dimension(), ids.length);
            return with.plugins().builder(of, with).build(rows, ids);
        }
    }

    @Override
    public int repair(BuildContext with) {
        retraining.acquireUninterruptibly();
        try {
            int mended = freezeAny();
            if (mended > 0) {
                merge(with);
                // If it was frozen before, because retraining had failed, there may be a delta besides.
                int more = freezeAny();
                if (more > 0) {
                    merge(with);
                }
                mended += more;
            }
            return mended + holding(current -> HybridDoctor.repair(current, with));
        } finally {
            retraining.release();
        }
    }

    /** Number of vectors that are to be merged or left out of the next segment. */
    private int freezeAny() {
        changes.lock();
        try {
            HybridView current = open();
            if (current.frozen() == null && current.changed()) {
                freeze(current);
                current = view;
            }
            return current.frozen() == null
                    ? 0
                    : current.frozen().ids().size() + current.before().size();
        } finally {
            changes.unlock();
        }
    }

    @Override
    public Diagnosis diagnose(int sample, long seed) {
        Throwable untold;
        changes.lock();
        try {
            untold = failure;
        } finally {
            changes.unlock();
        }
        return holding(current -> HybridDoctor.diagnose(current, untold, sample, seed));
    }

    @Override
    public void save(SectionWriter file) throws IOException {
        changes.lock();
        try {
            HybridFile.save(file, open());
        } finally {
            changes.unlock();
        }
    }

    @Override
    public void close() {
        changes.lock();
        try {
            HybridView last = view;
            view = null;
            if (last != null) {
                last.hold().release();
            }
        } finally {
            changes.unlock();
        }
    }

    /** The current view; for who has the lock. */
    private HybridView open() {
        HybridView current = view;
        if (current == null) {
            throw new IllegalStateException("The index is closed");
        }
        return current;
    }

    /** Does something with a view whose parts stay open meanwhile. */
    private <T> T holding(Function<HybridView, T> task) {
        HybridView current;
        do {
            current = open();
        } while (!current.hold().take());
        try {
            return task.apply(current);
        } finally {
            current.hold().release();
        }
    }
}
