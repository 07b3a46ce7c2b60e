package org.ruvector.index.learned;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.BuildContext.Workers;
import org.ruvector.api.IndexFileException;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Progress;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;
import org.ruvector.api.spi.VectorIndex;

/**
 * The sections of a saved hybrid index. For each part, which is {@code segment}, {@code delta}, and {@code frozen} where something
 * was being merged: {@code ids-of-PART}, ascending; {@code spec-of-PART}, its short form with the defaults filled in; and its own
 * sections as {@code PART-NAME}. Besides {@code removed} and {@code removed-before}, ids in ascending order.
 */
final class HybridFile {

    private static final String SEGMENT = "segment";
    private static final String FROZEN = "frozen";
    private static final String DELTA = "delta";
    private static final String IDS = "ids-of-";
    private static final String SPEC = "spec-of-";
    private static final String REMOVED = "removed";
    private static final String REMOVED_BEFORE = "removed-before";

    private final SectionReader file;
    private final OpenContext context;
    /** Closes the file when nothing of it is in use any more. */
    private final Hold mapped;

    private final List<VectorIndex> opened = new ArrayList<>();

    private HybridFile(SectionReader file, OpenContext context) {
        this.file = file;
        this.context = context;
        mapped = new Hold(file::close);
    }

    /** Nobody changes the view meanwhile. */
    static void save(SectionWriter file, HybridView view) throws IOException {
        save(file, SEGMENT, view.segment().index(), view.segment().ids());
        if (view.frozen() != null) {
            save(file, FROZEN, view.frozen().index(), sorted(view.frozen().ids()));
        }
        save(file, DELTA, view.delta().index(), sorted(view.delta().ids()));
        file.section(REMOVED_BEFORE, bytes(view.before().sorted()));
        file.section(REMOVED, bytes(view.removed().sorted()));
    }

    private static void save(SectionWriter file, String part, VectorIndex index, long[] ids) throws IOException {
        if (!(index instanceof Persistable persistable)) {
            throw new UnsupportedOperationException("An index of the plugin '"
                    + index.spec().provider() + "' cannot be saved, so neither can a hybrid index that has one as its "
                    + part + "; take another");
        }
        file.section(IDS + part, bytes(ids));
        file.section(SPEC + part, MemorySegment.ofArray(index.spec().text().getBytes(StandardCharsets.UTF_8)));
        persistable.save((name, parts) -> file.section(part + "-" + name, parts));
    }

    private static long[] sorted(Set<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static MemorySegment bytes(long[] ids) {
        return VectorRows.ofBits(ids, Long.SIZE).segment().asSlice(0, (long) Long.BYTES * ids.length);
    }

    static HybridIndex open(SectionReader file, OpenContext context) {
        if (!file.spec().provider().equals(HybridIndexProvider.NAME)) {
            throw new IndexFileException.WrongProvider(file.source() + " holds an index of the plugin '"
                    + file.spec().provider() + "', not of '" + HybridIndexProvider.NAME + "'");
        }
        HybridFile opening = new HybridFile(file, context);
        try {
            HybridIndex index = opening.index();
            opening.mapped.release();
            return index;
        } catch (Throwable e) {
            // Whoever wanted it opened closes the file.
            opening.opened.forEach(VectorIndex::close);
            throw e;
        }
    }

    private HybridIndex index() {
        HybridParameters parameters = undamaged(() -> HybridParameters.from(file.spec()));
        HybridView.Segment segment =
                HybridView.Segment.of(part(SEGMENT, parameters.segment(), VectorIndex.class), ids(IDS + SEGMENT));
        requireSize(SEGMENT, segment.ids().length, segment.index());
        HybridView.Delta frozen = file.sections().contains(IDS + FROZEN) ? delta(FROZEN, parameters.delta()) : null;
        HybridView.Delta delta = delta(DELTA, parameters.delta());
        IdSet before = new IdSet();
        for (long id : ids(REMOVED_BEFORE)) {
            require(segment.contains(id), "id " + id + " was removed, but is not in the segment");
            before.add(id);
        }
        HybridView view = new HybridView(segment, before, frozen, new IdSet(), delta);
        for (long id : ids(REMOVED)) {
            require(view.baseContains(id), "id " + id + " was removed, but was not there");
            view.removed().add(id);
        }
        for (long id : delta.ids()) {
            require(!view.baseContains(id), "id " + id + " is in two parts");
        }
        segment.hold().release();
        delta.hold().release();
        if (frozen != null) {
            frozen.hold().release();
        }
        BuildContext later = new BuildContext(
                context.plugins(), context.kernel(), Workers.CALLER, BuildContext.DEFAULT_SEED, Progress.NONE);
        return new HybridIndex(file.spec(), parameters, later, view);
    }

    private HybridView.Delta delta(String name, IndexSpec asked) {
        HybridView.Delta delta = HybridView.Delta.of(part(name, asked, MutableIndex.class));
        for (long id : ids(IDS + name)) {
            delta.ids().add(id);
        }
        requireSize(name, delta.ids().size(), delta.index());
        return delta;
    }

    private <I extends VectorIndex> I part(String name, IndexSpec asked, Class<I> kind) {
        String text = new String(file.section(SPEC + name).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        IndexSpec spec = undamaged(() -> IndexSpec.parse(text, asked.metric(), asked.type(), asked.dimension()));
        require(
                spec.provider().equals(asked.provider()),
                "its " + name + " is of the plugin '" + spec.provider() + "', but should be of '" + asked.provider()
                        + "'");
        mapped.take();
        SectionReader sections = new Part(file, name + "-", spec, mapped);
        VectorIndex index;
        try {
            index = undamaged(() -> context.plugins().index(spec.provider()).open(sections, context));
        } catch (Throwable e) {
            sections.close();
            throw e;
        }
        opened.add(index);
        require(kind.isInstance(index), "its " + name + " does not change");
        return kind.cast(index);
    }

    private long[] ids(String section) {
        MemorySegment bytes = file.section(section);
        require(bytes.byteSize() % Long.BYTES == 0, "section '" + section + "' has " + bytes.byteSize() + " bytes");
        long[] ids = bytes.toArray(VectorRows.LONG);
        for (int i = 1; i < ids.length; i++) {
            require(ids[i - 1] < ids[i], "the ids of section '" + section + "' do not ascend");
        }
        return ids;
    }

    private void requireSize(String part, int ids, VectorIndex index) {
        require(ids == index.size(), "its " + part + " has " + index.size() + " vectors, but " + ids + " ids");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IndexFileException.Corrupt(file.source() + " is damaged: " + otherwise);
        }
    }

    private <T> T undamaged(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            IndexFileException corrupt =
                    new IndexFileException.Corrupt(file.source() + " is damaged: " + e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** The sections of one part. */
    private static final class Part implements SectionReader {
        private final SectionReader file;
        private final String prefix;
        private final IndexSpec spec;
        private final Hold mapped;
        private final AtomicBoolean closed = new AtomicBoolean();

        Part(SectionReader file, String prefix, IndexSpec spec, Hold mapped) {
            this.file = file;
            this.prefix = prefix;
            this.spec = spec;
            this.mapped = mapped;
        }

        @Override
        public IndexSpec spec() {
            return spec;
        }

        @Override
        public String source() {
            return file.source();
        }

        @Override
        public Set<String> sections() {
            return file.sections().stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public MemorySegment section(String name) {
            return file.section(prefix + name);
        }

        @Override
        public void verify() {
            file.verify();
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                mapped.release();
            }
        }
    }
}
