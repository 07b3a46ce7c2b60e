package org.ruvector.index.ivf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.MemoryReport.Part;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.SlotTable;
import org.ruvector.storage.VectorLayout;

/**
 * Vectors, ids and codes in the slots of {@link Pages}, list by list. Not thread-safe: changes and {@link #close} need to be
 * alone, but that {@link #settle} may work on several lists at once.
 */
final class ListRows {
    private static final int MIN_PAGES = 4;

    private final VectorLayout layout;
    private final Coarse coarse;
    /** {@code null} if there are vectors only. */
    private final ListCodes codes;

    private final Pages pages;
    private final SlotTable slots;
    private final float[] radii;
    private MemorySegment vectors = MemorySegment.NULL;
    private MemorySegment ids = MemorySegment.NULL;
    private MemorySegment blocks = MemorySegment.NULL;
    // Frees the memory; null when closed.
    private Runnable release;
    private int moves;

    /** What lies in native memory or a file. */
    record Memory(MemorySegment vectors, MemorySegment ids, MemorySegment blocks, Runnable release) {}

    /** Rows whose vectors are yet to be written, in pages of which they are the first users. */
    ListRows(VectorLayout layout, Coarse coarse, ListCodes codes, Pages pages) {
        this.layout = layout;
        this.coarse = coarse;
        this.codes = codes;
        this.pages = pages;
        this.slots = new SlotTable(pages.count());
        this.radii = new float[pages.lists()];
        this.release = () -> {};
    }

    /** Makes room for the pages in use. */
    ListRows allocated() {
        allocate(pages.used());
        return this;
    }

    /**
     * Takes what was saved.
     *
     * @param saved radii of the lists
     * @throws IllegalArgumentException if an id comes twice
     */
    ListRows opened(Memory memory, float[] saved) {
        vectors = memory.vectors;
        ids = memory.ids;
        blocks = memory.blocks;
        System.arraycopy(saved, 0, radii, 0, radii.length);
        enter();
        // Only now, so that whoever opens it closes the file if something is wrong with it.
        release = memory.release;
        return this;
    }

    /** Enters the ids of all rows into the table. */
    void enter() {
        for (int list = 0; list < pages.lists(); list++) {
            for (int row = 0; row < pages.size(list); row++) {
                int slot = pages.slot(list, row);
                int other = slots.put(slot, ids);
                if (other >= 0) {
                    throw new IllegalArgumentException(
                            "slots " + other + " and " + slot + " both have the id " + id(slot));
                }
            }
        }
    }

    Pages pages() {
        return pages;
    }

    Coarse coarse() {
        return coarse;
    }

    Centroids centroids() {
        return coarse.centroids();
    }

    ListCodes codes() {
        return codes;
    }

    int count() {
        return pages.count();
    }

    MemorySegment vectors() {
        return vectors;
    }

    MemorySegment ids() {
        return ids;
    }

    /** How often everything moved to other memory. */
    int moves() {
        return moves;
    }

    /** The codes, page by page. */
    MemorySegment blocks() {
        return blocks;
    }

    float[] radii() {
        return radii;
    }

    long id(int slot) {
        return ids.get(VectorRows.LONG, (long) Long.BYTES * slot);
    }

    void id(int slot, long id) {
        ids.set(VectorRows.LONG, (long) Long.BYTES * slot, id);
    }

    /** A copy of the vector in a slot. */
    float[] vector(int slot) {
        return ((Query.Floats) layout.read(vectors, slot)).vector();
    }

    /** The slot of an id, or −1. */
    int find(long id) {
        return slots.find(id, ids);
    }

    private VectorRows rows() {
        return layout.rows(vectors, pages.used() * Pages.WIDTH);
    }

    /** Encodes the vectors that were written to slots {@code from} to {@code to − 1}, all of one list and consecutive. */
    void settle(int list, int from, int to) {
        radii[list] = Math.max(radii[list], centroids().radius(list, rows(), from, to));
        if (codes != null) {
            codes.encode(centroids().vector(list), rows(), from, to, blocks);
        }
    }

    /** Adds a row to a list; the id must be new. */
    void add(long id, Query vector, int list) {
        int page = pages.wanted(list);
        if ((page + 1) * (long) Pages.WIDTH * Long.BYTES > ids.byteSize()) {
            allocate((int) Math.min(Pages.MAX_PAGES, Math.max(MIN_PAGES, page + 1 + (long) page / 2)));
        }
        int slot = pages.append(list);
        id(slot, id);
        slots.put(slot, ids);
        write(vector, list, slot);
    }

    private void write(Query vector, int list, int slot) {
        layout.write(vector, vectors, slot);
        settle(list, slot, slot + 1);
    }

    /** Puts another vector of the same list in a slot. */
    void replace(Query vector, int slot) {
        write(vector, pages.list(slot), slot);
    }

    /** Removes a row; the last of its list takes its place. */
    void remove(int slot) {
        int list = pages.list(slot);
        int last = pages.last(list);
        slots.remove(id(slot), ids);
        if (slot != last) {
            long moved = id(last);
            slots.remove(moved, ids);
            id(slot, moved);
            slots.put(slot, ids);
            long stride = layout.stride();
            MemorySegment.copy(vectors, last * stride, vectors, slot * stride, stride);
            settle(list, slot, slot + 1);
        }
        pages.shrink(list);
    }

    /** The same rows in pages that follow each other, in other memory; nothing of this one changes. */
    ListRows compacted() {
        Pages dense = new Pages(pages.lists());
        for (int list = 0; list < pages.lists(); list++) {
            for (int row = 0; row < pages.size(list); row++) {
                dense.append(list);
            }
        }
        ListRows copy = new ListRows(layout, coarse, codes, dense).allocated();
        try {
            for (int list = 0; list < pages.lists(); list++) {
                for (int i = 0; i < Pages.pages(pages.size(list)); i++) {
                    copyPage(pages.of(list)[i], copy, dense.of(list)[i]);
                }
            }
            System.arraycopy(radii, 0, copy.radii, 0, radii.length);
            copy.enter();
            return copy;
        } catch (Throwable e) {
            copy.close();
            throw e;
        }
    }

    private void copyPage(int from, ListRows target, int to) {
        copy(vectors, from, target.vectors, to, Pages.WIDTH * layout.stride());
        copy(ids, from, target.ids, to, Pages.WIDTH * Long.BYTES);
        if (codes != null) {
            copy(blocks, from, target.blocks, to, codes.pageBytes());
        }
    }

    private static void copy(MemorySegment source, int from, MemorySegment target, int to, long bytes) {
        MemorySegment.copy(source, from * bytes, target, to * bytes, bytes);
    }

    MemoryReport memory() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("vectors", vectors.byteSize(), vectors.isMapped()));
        parts.add(new Part("ids", ids.byteSize(), ids.isMapped()));
        if (codes != null) {
            parts.add(new Part("codes", blocks.byteSize(), blocks.isMapped()));
        }
        parts.add(new Part("id table", slots.byteSize(), false));
        parts.add(new Part("lists", pages.byteSize() + 4L * radii.length, false));
        parts.add(new Part("centroids", centroids().rows().byteSize(), false));
        if (coarse.codes() != null) {
            parts.add(new Part("codes of centroids", coarse.codes().byteSize(), false));
        }
        if (coarse.index() != null) {
            Part index = new Part("coarse index", coarse.index().memory().total(), false);
            parts.add(index);
        }
        return new MemoryReport(parts);
    }

    /** Throws unless this is still open. */
    void requireOpen() {
        if (release == null) {
            throw new IllegalStateException("The index is closed");
        }
    }

    /** Frees the rows, but not what finds the lists, which others may share. */
    void close() {
        if (release != null) {
            release.run();
            release = null;
        }
    }

    /** Moves everything into blocks with room for so many pages. */
    @SuppressWarnings("MustBeClosedChecker") // lives until the next move or the end
    private void allocate(int capacity) {
        Arena arena = Arena.ofShared();
        try {
            long rows = (long) capacity * Pages.WIDTH;
            MemorySegment moreVectors = OffHeap.allocate(arena, rows * layout.stride());
            MemorySegment moreIds = OffHeap.allocate(arena, rows * Long.BYTES);
            MemorySegment moreBlocks = OffHeap.allocate(arena, codes == null ? 0 : capacity * codes.pageBytes());
            MemorySegment.copy(vectors, 0, moreVectors, 0, vectors.byteSize());
            MemorySegment.copy(ids, 0, moreIds, 0, ids.byteSize());
            MemorySegment.copy(blocks, 0, moreBlocks, 0, blocks.byteSize());
            close();
            vectors = moreVectors;
            ids = moreIds;
            blocks = moreBlocks;
            release = arena::close;
            moves++;
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }
}
