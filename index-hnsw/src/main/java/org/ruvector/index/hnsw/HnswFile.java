package org.ruvector.index.hnsw;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.OpenContext;
import org.ruvector.api.spi.KernelProvider;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.storage.CodeRows;
import org.ruvector.storage.CodeTiers;
import org.ruvector.storage.OffHeap;
import org.ruvector.storage.VectorLayout;

/**
 * The sections of a saved graph: {@code state} (four ints: entry point, slots, ints of {@code upper} in use, vacant slots),
 * {@code vectors}, {@code ids}, {@code links}, {@code upper-at}, {@code upper} (see {@link NativeGraph}) and {@code vacant}
 * (the slots that hold no vector). Opening reads {@code state} and {@code vacant} only; links are checked as they are read.
 */
final class HnswFile {

    /**
     * Smaller vectors are all in memory before long, and reading ahead is what brings them there; larger ones it would crowd out.
     * The first foreign call of a process takes 40 ms, half of what opening a file took without this.
     */
    private static final long ADVISED_FROM = 1L << 30;

    private HnswFile() {}

    static void save(SectionWriter file, NodeStore store, int[] vacant, long stride) throws IOException {
        MemorySegment state = MemorySegment.ofArray(new byte[16]);
        state.set(NativeGraph.INT, 0, store.graph.entryPoint());
        state.set(NativeGraph.INT, 4, store.slots);
        state.set(NativeGraph.INT, 8, store.upperUsed);
        state.set(NativeGraph.INT, 12, vacant.length);
        MemorySegment vacantInts = MemorySegment.ofArray(new byte[4 * vacant.length]);
        for (int i = 0; i < vacant.length; i++) {
            vacantInts.set(NativeGraph.INT, 4L * i, vacant[i]);
        }
        file.section("state", state);
        file.section("vectors", store.rows.asSlice(0, store.slots * stride));
        file.section("ids", store.ids.asSlice(0, 8L * store.slots));
        file.section("links", store.base.segment.asSlice(0, store.base.stride * store.slots));
        file.section("upper-at", store.upperAt.asSlice(0, 4L * store.slots));
        file.section("upper", store.upper.asSlice(0, 4L * store.upperUsed));
        file.section("vacant", vacantInts);
        if (store.codes != null) {
            store.codes.save(file, store.slots);
        }
    }

    static HnswIndex open(SectionReader file, OpenContext context) {
        IndexSpec spec = file.spec();
        HnswParams params;
        NodeCodes codes;
        switch (spec.provider()) {
            case HnswIndexProvider.NAME -> {
                CodeTiers.Choice choice = CodeTiers.Choice.from(file);
                params = undamaged(file, () -> HnswParams.from(choice.others(), 0));
                codes = new NodeCodes(null, choice.open(file, context.plugins()));
            }
            case HnswFusedIndexProvider.NAME -> {
                HnswFusedParams fused =
                        undamaged(file, () -> HnswFusedParams.from(spec.parameters(), spec.dimension(), 0));
                params = fused.graph();
                codes = new NodeCodes(FusedCodes.open(file, fused, context.plugins()), null);
            }
            default ->
                throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                        + spec.provider() + "', not of '" + HnswIndexProvider.NAME + "' or '"
                        + HnswFusedIndexProvider.NAME + "'");
        }
        MemorySegment state = section(file, "state", 16);
        int entry = state.get(NativeGraph.INT, 0);
        int slots = state.get(NativeGraph.INT, 4);
        int upperUsed = state.get(NativeGraph.INT, 8);
        int vacantCount = state.get(NativeGraph.INT, 12);
        require(file, slots >= 0, "there are " + slots + " slots");
        require(file, entry >= -1 && entry < slots, "the entry point is node " + entry + " of " + slots);
        require(file, upperUsed >= 1, "the upper layers have " + upperUsed + " ints");
        require(file, vacantCount >= 0 && vacantCount <= slots, vacantCount + " of " + slots + " slots are vacant");
        long stride = spec.type().rowBytes(spec.dimension());
        MemorySegment rows = section(file, "vectors", slots * stride);
        Lock[] locks = HnswIndex.newLocks();
        KernelProvider kernel = context.kernel();
        VectorLayout layout = new VectorLayout(spec, kernel);
        NeighbourhoodCodec codec = codes.codec();
        MemorySegment links = section(file, "links", LayerZero.stride(params.maxLinks(0), codec) * slots);
        NodeStore store = new NodeStore(
                params,
                rows,
                codes.tiers() == null ? null : CodeRows.open(codes.tiers(), file, slots),
                section(file, "ids", 8L * slots),
                new LayerZero(params.maxLinks(0), links, codec, layout.rows(rows, slots)),
                section(file, "upper-at", 4L * slots),
                section(file, "upper", 4L * upperUsed),
                locks,
                file::close);
        store.slots = slots;
        store.upperUsed = upperUsed;
        store.graph.entryPoint(entry);
        store.base.keepUp();
        MemorySegment vacantInts = section(file, "vacant", 4L * vacantCount);
        int[] vacant = new int[vacantCount];
        BitSet seen = new BitSet();
        for (int i = 0; i < vacantCount; i++) {
            vacant[i] = vacantInts.get(NativeGraph.INT, 4L * i);
            require(file, vacant[i] >= 0 && vacant[i] < slots, "vacant slot " + vacant[i] + " of " + slots);
            require(file, !seen.get(vacant[i]), "slot " + vacant[i] + " is vacant twice");
            seen.set(vacant[i]);
        }
        require(file, entry < 0 || !seen.get(entry), "the entry point is a vacant slot");
        if (rows.byteSize() >= ADVISED_FROM) {
            OffHeap.advise(rows, OffHeap.Advice.RANDOM);
        }
        HnswNodes nodes = new HnswNodes(params, layout, codes, store, locks);
        nodes.vacant(vacant);
        return new HnswIndex(spec, params, kernel, codes, nodes);
    }

    private static <T> T undamaged(SectionReader file, Supplier<T> params) {
        try {
            return params.get();
        } catch (IllegalArgumentException e) {
            IndexFileException corrupt =
                    new IndexFileException.Corrupt(file.source() + " is damaged: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static MemorySegment section(SectionReader file, String name, long bytes) {
        MemorySegment section = file.section(name);
        require(
                file,
                section.byteSize() == bytes,
                "section '" + name + "' has " + section.byteSize() + " bytes, but should have " + bytes);
        return section;
    }

    private static void require(SectionReader file, boolean holds, String otherwise) {
        if (!holds) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: " + otherwise);
        }
    }
}
