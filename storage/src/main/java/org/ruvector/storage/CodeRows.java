package org.ruvector.storage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Codes;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * The codes of an index's vectors, slot by slot, for a fixed number of slots. Not thread-safe, but for reading and for encoding
 * different slots. The memory belongs to the arena or the file that it came from.
 */
public final class CodeRows {
    private static final String CODES = "codes";
    private static final String FILTER_CODES = "filter-codes";

    private final CodeTiers tiers;
    private final Codes codes;
    private final Codes filter;

    private CodeRows(CodeTiers tiers, Codes codes, Codes filter) {
        this.tiers = tiers;
        this.codes = codes;
        this.filter = filter;
    }

    /** Zeroed memory that is freed with the arena. */
    public static CodeRows allocate(CodeTiers tiers, Arena arena, int capacity) {
        return new CodeRows(tiers, allocate(tiers.codes(), arena, capacity), allocate(tiers.filter(), arena, capacity));
    }

    private static Codes allocate(Quantizer quantizer, Arena arena, int capacity) {
        return quantizer == null
                ? null
                : new Codes(
                        OffHeap.allocate(arena, (long) capacity * quantizer.codeBytes()),
                        quantizer.codeBytes(),
                        capacity);
    }

    /**
     * The codes of a saved index.
     *
     * @throws IndexFileException.Corrupt if there are not {@code count} of them
     */
    public static CodeRows open(CodeTiers tiers, SectionReader file, int count) {
        return new CodeRows(
                tiers,
                open(tiers.codes(), CODES, file, count),
                tiers.filter() == null ? null : open(tiers.filter(), FILTER_CODES, file, count));
    }

    private static Codes open(Quantizer quantizer, String name, SectionReader file, int count) {
        MemorySegment section = file.section(name);
        long bytes = (long) count * quantizer.codeBytes();
        if (section.byteSize() != bytes) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: section '" + name + "' has "
                    + section.byteSize() + " bytes, but should have " + bytes);
        }
        return new Codes(section, quantizer.codeBytes(), count);
    }

    /** The quantizers. */
    public CodeTiers tiers() {
        return tiers;
    }

    /** Encodes the vectors of slots {@code from} to {@code to − 1}. */
    public void encode(VectorLayout layout, MemorySegment rows, int from, int to) {
        MemorySegment slice = rows.asSlice(from * layout.stride(), (to - from) * layout.stride());
        VectorRows vectors = layout.rows(slice, to - from);
        encode(tiers.codes(), codes, vectors, from);
        if (filter != null) {
            encode(tiers.filter(), filter, vectors, from);
        }
    }

    private static void encode(Quantizer quantizer, Codes codes, VectorRows vectors, int from) {
        long size = codes.codeBytes();
        quantizer.encode(vectors, codes.segment().asSlice(from * size, vectors.count() * size));
    }

    /** Whether encoding a slot's vector again gives what is stored. */
    public boolean areOf(VectorLayout layout, MemorySegment rows, int slot) {
        try (Arena scratch = Arena.ofShared()) {
            CodeRows again = allocate(tiers, scratch, 1);
            again.encode(layout, rows.asSlice(slot * layout.stride(), layout.stride()), 0, 1);
            return same(again.codes, codes, slot) && (filter == null || same(again.filter, filter, slot));
        }
    }

    private static boolean same(Codes one, Codes all, int slot) {
        long size = one.codeBytes();
        return MemorySegment.mismatch(one.segment(), 0, size, all.segment(), slot * size, (slot + 1) * size) < 0;
    }

    /** Copies one slot's codes over another's. */
    public void move(int from, int to) {
        move(codes, from, to);
        if (filter != null) {
            move(filter, from, to);
        }
    }

    private static void move(Codes codes, int from, int to) {
        long size = codes.codeBytes();
        MemorySegment.copy(codes.segment(), from * size, codes.segment(), to * size, size);
    }

    /** Copies the codes of the first {@code count} slots to other memory of the same tiers. */
    public void copyTo(CodeRows other, int count) {
        MemorySegment.copy(codes.segment(), 0, other.codes.segment(), 0, (long) count * codes.codeBytes());
        if (filter != null) {
            MemorySegment.copy(filter.segment(), 0, other.filter.segment(), 0, (long) count * filter.codeBytes());
        }
    }

    /** Estimates distances from a query to slots. */
    public CodeScorer scorer(Query query) {
        return new CodeScorer(
                tiers.codes().scorer(query, codes),
                filter == null ? null : tiers.filter().scorer(query, filter));
    }

    /** Writes the codes of the first {@code count} slots, and what the quantizers learnt. */
    public void save(SectionWriter file, int count) throws IOException {
        file.section(CODES, codes.segment().asSlice(0, (long) count * codes.codeBytes()));
        if (filter != null) {
            file.section(FILTER_CODES, filter.segment().asSlice(0, (long) count * filter.codeBytes()));
        }
        tiers.save(file);
    }

    /** Where the bytes are. */
    public List<MemoryReport.Part> memory() {
        List<MemoryReport.Part> parts = new ArrayList<>();
        for (Codes each : filter == null ? List.of(codes) : List.of(codes, filter)) {
            MemorySegment segment = each.segment();
            parts.add(new MemoryReport.Part(
                    parts.isEmpty() ? "codes" : "codes of the filter", segment.byteSize(), segment.isMapped()));
        }
        return parts;
    }
}
