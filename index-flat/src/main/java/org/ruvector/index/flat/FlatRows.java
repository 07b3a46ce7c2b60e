package org.ruvector.index.flat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.storage.CodeRows;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/**
 * Vectors and their ids side by side in two native blocks, slots 0 to {@code count − 1}, without holes: the last row moves
 * into the place of a removed one. Not thread-safe: changes and {@link #close} need to be alone.
 */
final class FlatRows {

    private static final int MIN_CAPACITY = 16;

    private final VectorLayout layout;
    /** {@code null} if there are vectors only. */
    private final CodeTiers tiers;

    private final SlotTable slots;
    private MemorySegment vectors;
    private MemorySegment ids;
    private CodeRows codes;
    private int count;
    // Frees the two blocks; null when closed.
    private Runnable release;

    /**
     * No rows, with room for some.
     *
     * @param tiers by which codes they are searched; {@code null} for none
     */
    FlatRows(VectorLayout layout, CodeTiers tiers, int capacity) {
        this(layout, tiers, new SlotTable(capacity));
        allocate(capacity);
    }

    private FlatRows(VectorLayout layout, CodeTiers tiers, SlotTable slots) {
        this.layout = layout;
        this.tiers = tiers;
        this.slots = slots;
    }

    /**
     * The rows of a saved index. Vectors are not read; ids are, to find them again and to refuse repeated ones.
     *
     * @throws IndexFileException.Corrupt if the sections do not fit together
     */
    static FlatRows open(SectionReader file, VectorLayout layout, CodeTiers tiers) {
        long stride = layout.stride();
        MemorySegment vectors = file.section("vectors");
        MemorySegment ids = file.section("ids");
        long count = ids.byteSize() / Long.BYTES;
        if (ids.byteSize() % Long.BYTES != 0 || count > SlotTable.MAX_SIZE || vectors.byteSize() != count * stride) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: section 'ids' has " + ids.byteSize()
                    + " bytes, 8 for each row, and section 'vectors' has " + vectors.byteSize() + ", but should have "
                    + stride + " for each row");
        }
        FlatRows rows = new FlatRows(layout, tiers, new SlotTable((int) count));
        rows.vectors = vectors;
        rows.ids = ids;
        rows.codes = tiers == null ? null : CodeRows.open(tiers, file, (int) count);
        rows.release = file::close;
        while (rows.count < count) {
            int other = rows.slots.put(rows.count, ids);
            if (other >= 0) {
                throw new IndexFileException.Corrupt(file.source() + " is damaged: rows " + other + " and " + rows.count
                        + " both have the id " + rows.id(other));
            }
            rows.count++;
        }
        return rows;
    }

    int count() {
        return count;
    }

    /** The codes of the rows, or {@code null}. */
    CodeRows codes() {
        return codes;
    }

    /** One row after another, the first {@link #count()} of them in use. */
    MemorySegment vectors() {
        return vectors;
    }

    /** One long after another, the first {@link #count()} of them in use. */
    MemorySegment ids() {
        return ids;
    }

    long id(int slot) {
        return ids.get(VectorRows.LONG, (long) Long.BYTES * slot);
    }

    /** The slot of an id, or −1 if it is not there. */
    int find(long id) {
        return slots.find(id, ids);
    }

    /**
     * Takes a fresh slot, the last one, for an id; its vector is still to be written.
     *
     * @return the slot that has the id already, or −1 if none had
     */
    int add(long id) {
        if (count * layout.stride() == vectors.byteSize()) {
            allocate((int) Math.min(SlotTable.MAX_SIZE, Math.max(MIN_CAPACITY, 2L * count)));
        }
        ids.set(VectorRows.LONG, (long) Long.BYTES * count, id);
        int other = slots.put(count, ids);
        if (other < 0) {
            count++;
        }
        return other;
    }

    /** Writes a vector to its slot, and its codes. */
    void write(Query vector, int slot) {
        layout.write(vector, vectors, slot);
        encode(slot, slot + 1);
    }

    /** Encodes the vectors of slots {@code from} to {@code to − 1}. */
    void encode(int from, int to) {
        if (codes != null) {
            codes.encode(layout, vectors, from, to);
        }
    }

    boolean remove(long id) {
        int hole = slots.remove(id, ids);
        if (hole < 0) {
            return false;
        }
        int last = count - 1;
        long stride = layout.stride();
        if (hole < last) {
            long moved = id(last);
            slots.remove(moved, ids);
            ids.set(VectorRows.LONG, (long) Long.BYTES * hole, moved);
            slots.put(hole, ids);
            MemorySegment.copy(vectors, last * stride, vectors, hole * stride, stride);
            if (codes != null) {
                codes.move(last, hole);
            }
        }
        count = last;
        if (count >= MIN_CAPACITY && count * stride < vectors.byteSize() / 4) {
            allocate(2 * count);
        }
        return true;
    }

    List<MemoryReport.Part> memory() {
        List<MemoryReport.Part> parts = new ArrayList<>(codes == null ? List.of() : codes.memory());
        parts.addFirst(new MemoryReport.Part("vectors", vectors.byteSize(), vectors.isMapped()));
        parts.add(new MemoryReport.Part("ids", ids.byteSize(), ids.isMapped()));
        parts.add(new MemoryReport.Part("id table", slots.byteSize(), false));
        return parts;
    }

    /** Throws unless this is still open. */
    void requireOpen() {
        if (release == null) {
            throw new IllegalStateException("The index is closed");
        }
    }

    void close() {
        if (release != null) {
            release.run();
            release = null;
        }
    }

    /** Moves everything into blocks with room for {@code capacity} rows. */
    @SuppressWarnings("MustBeClosedChecker") // lives until the next move or the end
    private void allocate(int capacity) {
        Arena arena = Arena.ofShared();
        try {
            long stride = layout.stride();
            MemorySegment moreVectors = OffHeap.allocate(arena, capacity * stride);
            MemorySegment moreIds = OffHeap.allocate(arena, (long) Long.BYTES * capacity);
            CodeRows moreCodes = tiers == null ? null : CodeRows.allocate(tiers, arena, capacity);
            if (count > 0 && codes != null) {
                codes.copyTo(moreCodes, count);
            }
            if (count > 0) {
                MemorySegment.copy(vectors, 0, moreVectors, 0, count * stride);
                MemorySegment.copy(ids, 0, moreIds, 0, (long) Long.BYTES * count);
            }
            close();
            vectors = moreVectors;
            ids = moreIds;
            codes = moreCodes;
            release = arena::close;
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }
}
