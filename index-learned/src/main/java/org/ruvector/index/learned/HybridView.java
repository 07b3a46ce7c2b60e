package org.ruvector.index.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;
import org.ruvector.api.Filter;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.VectorIndex;

/**
 * What a hybrid index consists of from one switch to the next. The <i>base</i> is the segment without the ids in {@code before}, and,
 * while they are merged, the frozen delta; of it the ids in {@code removed} are no longer there. All others are in the delta.
 *
 * <p>Vectors go one way only, from the base to the delta: a replaced one is first added there, then removed here. So a search that
 * asks the base first finds the old vector, the new one, or both, never neither. Only what is {@code removed} and the delta change,
 * and both stay the same when a new segment takes the place of the base; when the delta is frozen both are new. So a search that
 * goes on in an older view finds what was there when it began.
 *
 * <p>One thread changes it at a time, any number search. Its parts live as long as a view that somebody holds has them.
 */
final class HybridView {

    /** So few changes are not worth retraining, however small the segment is. */
    private static final int FEWEST = 16;

    /** What a boxed long in a hash set takes, by and large. */
    private static final long BOXED_BYTES = 60;

    /**
     * The large part.
     *
     * @param index is only read
     * @param ids   in it, ascending
     * @param hold  closes it
     */
    record Segment(VectorIndex index, long[] ids, Hold hold) {

        static Segment of(VectorIndex index, long[] ids) {
            long[] sorted = ids.clone();
            Arrays.sort(sorted);
            return new Segment(index, sorted, new Hold(index::close));
        }

        boolean contains(long id) {
            return Arrays.binarySearch(ids, id) >= 0;
        }
    }

    /**
     * The small part.
     *
     * @param index takes the changes
     * @param ids   in it; for the thread that changes it, or for all once it is frozen
     * @param hold  closes it
     */
    record Delta(MutableIndex index, Set<Long> ids, Hold hold) {

        static Delta of(MutableIndex index) {
            return new Delta(index, new HashSet<>(), new Hold(index::close));
        }
    }

    private final Segment segment;
    private final IdSet before;
    /** {@code null} if nothing is being merged. */
    private final Delta frozen;

    private final IdSet removed;
    private final Delta delta;
    private final Hold hold = new Hold(this::releaseParts);

    /** Searchers of this view that nobody uses. */
    final Queue<HybridSearch> idle = new ConcurrentLinkedQueue<>();

    /** Holds the parts until it is itself released. */
    HybridView(Segment segment, IdSet before, Delta frozen, IdSet removed, Delta delta) {
        this.segment = segment;
        this.before = before;
        this.frozen = frozen;
        this.removed = removed;
        this.delta = delta;
        segment.hold.take();
        delta.hold.take();
        if (frozen != null) {
            frozen.hold.take();
        }
    }

    private void releaseParts() {
        segment.hold.release();
        delta.hold.release();
        if (frozen != null) {
            frozen.hold.release();
        }
    }

    /** The next view, in which the delta is frozen. */
    HybridView frozen(Delta fresh) {
        return new HybridView(segment, removed, delta, new IdSet(), fresh);
    }

    /** The next view, in which a segment has taken the place of the base. */
    HybridView merged(Segment ofBase) {
        return new HybridView(ofBase, new IdSet(), null, removed, delta);
    }

    Hold hold() {
        return hold;
    }

    Segment segment() {
        return segment;
    }

    IdSet before() {
        return before;
    }

    /** {@code null} if nothing is being merged. */
    Delta frozen() {
        return frozen;
    }

    IdSet removed() {
        return removed;
    }

    Delta delta() {
        return delta;
    }

    /** Number of vectors; for the thread that changes it. */
    int size() {
        int base = segment.ids.length - before.size() + (frozen == null ? 0 : frozen.ids.size());
        return base - removed.size() + delta.ids.size();
    }

    /** Whether there have been so many changes, for each vector of the segment, that retraining pays. */
    boolean grown(double share) {
        return Math.max(delta.ids.size(), removed.size()) >= Math.max(FEWEST, share * segment.ids.length);
    }

    /** Whether there has been any change since the delta was empty. */
    boolean changed() {
        return !delta.ids.isEmpty() || removed.size() > 0;
    }

    /** Adds an id that is not there. */
    void add(long id, Query vector) {
        if (contains(id)) {
            throw new IllegalArgumentException("Id " + id + " is present already; use replace to change its vector");
        }
        delta.index.add(id, vector);
        delta.ids.add(id);
    }

    boolean remove(long id) {
        if (delta.ids.contains(id)) {
            delta.index.remove(id);
            delta.ids.remove(id);
            return true;
        }
        boolean there = baseContains(id);
        if (there) {
            removed.add(id);
        }
        return there;
    }

    boolean replace(long id, Query vector) {
        if (delta.ids.contains(id)) {
            delta.index.replace(id, vector);
            return true;
        }
        boolean there = baseContains(id);
        delta.index.add(id, vector);
        delta.ids.add(id);
        if (there) {
            removed.add(id);
        }
        return there;
    }

    private boolean contains(long id) {
        return delta.ids.contains(id) || baseContains(id);
    }

    /** Whether the id is in the base and was not removed from it. */
    boolean baseContains(long id) {
        return !removed.contains(id)
                && ((frozen != null && frozen.ids.contains(id)) || (!before.contains(id) && segment.contains(id)));
    }

    /** The ids of the base, also removed ones: those of the segment that takes its place. */
    long[] baseIds() {
        long[] kept =
                Arrays.stream(segment.ids).filter(id -> !before.contains(id)).toArray();
        int n = kept.length;
        long[] ids = Arrays.copyOf(kept, n + frozen.ids.size());
        for (long id : frozen.ids) {
            ids[n++] = id;
        }
        // A hash set has no order of its own, but a build shall be repeatable.
        Arrays.sort(ids);
        return ids;
    }

    /** A vector of the base, also a removed one. */
    Query ofBase(long id) {
        Optional<Query> vector = frozen.index.vector(id);
        return (vector.isPresent() ? vector : segment.index.vector(id))
                .orElseThrow(() -> new IllegalStateException("The vector of id " + id
                        + " is missing; if the index was opened from a file, that is damaged"));
    }

    Optional<Query> vector(long id) {
        Optional<Query> old = Optional.empty();
        if (!removed.contains(id)) {
            old = frozen == null ? Optional.empty() : frozen.index.vector(id);
            if (old.isEmpty() && !before.contains(id)) {
                old = segment.index.vector(id);
            }
        }
        // Like a search: the base first.
        Optional<Query> now = delta.index.vector(id);
        return now.isPresent() ? now : old;
    }

    /** What a search asks the segment for, so that it answers no id that is not there. */
    Filter inSegment(Filter asked) {
        int hidden = before.size() + removed.size();
        return hidden == 0
                ? asked
                : only(asked, id -> !before.contains(id) && !removed.contains(id), segment.ids.length - hidden);
    }

    /** What a search asks the frozen delta for. Where an id in {@code before} is in it, it was added again. */
    Filter inFrozen(Filter asked) {
        int hidden = removed.size();
        return hidden == 0 ? asked : only(asked, id -> !removed.contains(id), frozen.ids.size() - hidden);
    }

    private static Filter only(Filter asked, LongPredicate there, int expected) {
        if (!(asked instanceof Filter.Ids ids)) {
            long matching = asked instanceof Filter.All ? Math.max(0, expected) : asked.cardinality();
            return Filter.where(id -> there.test(id) && asked.matches(id), matching);
        }
        // A set stays a set, so that an index can look its ids up.
        long[] kept = new long[(int) ids.cardinality()];
        int n = 0;
        for (int i = 0; i < kept.length; i++) {
            if (there.test(ids.id(i))) {
                kept[n++] = ids.id(i);
            }
        }
        return n == kept.length ? ids : Filter.ids(Arrays.copyOf(kept, n));
    }

    List<MemoryReport.Part> memory() {
        List<MemoryReport.Part> parts = new ArrayList<>();
        add(parts, "segment", segment.index);
        if (frozen != null) {
            add(parts, "frozen delta", frozen.index);
        }
        add(parts, "delta", delta.index);
        long boxed = delta.index.size() + (frozen == null ? 0L : frozen.ids.size());
        parts.add(new MemoryReport.Part(
                "ids in the parts", (long) Long.BYTES * segment.ids.length + boxed * BOXED_BYTES, false));
        parts.add(new MemoryReport.Part("removed ids", before.byteSize() + removed.byteSize(), false));
        return parts;
    }

    private static void add(List<MemoryReport.Part> parts, String name, VectorIndex index) {
        for (MemoryReport.Part part : index.memory().parts()) {
            parts.add(new MemoryReport.Part(name + ": " + part.name(), part.bytes(), part.mapped()));
        }
    }
}
