package org.ruvector.storage;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Parameters;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.Persistable;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.SectionWriter;

/**
 * An index that is nothing but what it saves or what it was opened from.
 *
 * @param file {@code null} if it was not opened
 */
record FakeIndex(IndexSpec spec, Saving saving, SectionReader file) implements Persistable {

    static final IndexSpec SPEC =
            new IndexSpec("fake", Parameters.parse("m=16,name=größe"), Metric.COSINE, ElementType.INT8, 77);

    /** How an index is written. */
    interface Saving {
        void save(SectionWriter to) throws IOException;
    }

    FakeIndex(Saving saving) {
        this(SPEC, saving, null);
    }

    static FakeIndex of(String text) {
        return of(Map.of("text", text.getBytes(StandardCharsets.UTF_8)));
    }

    static FakeIndex of(Map<String, byte[]> sections) {
        return new FakeIndex(to -> {
            for (Map.Entry<String, byte[]> section : sections.entrySet()) {
                to.section(section.getKey(), MemorySegment.ofArray(section.getValue()));
            }
        });
    }

    String text() {
        return new String(file.section("text").toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    @Override
    public void save(SectionWriter to) throws IOException {
        saving.save(to);
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public String kernel() {
        return "none";
    }

    @Override
    public Searcher searcher() {
        return this::search;
    }

    @Override
    public SearchResult search(SearchRequest request) {
        return new SearchResult(List.of(), null);
    }

    @Override
    public Optional<Query> vector(long id) {
        return Optional.empty();
    }

    @Override
    public MemoryReport memory() {
        return new MemoryReport(List.of());
    }

    @Override
    public void close() {
        file.close();
    }

    /** Refuses a file with a section named {@code refuse}. */
    static final class Provider implements IndexProvider {

        SectionReader last;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Set<Metric> metrics() {
            return EnumSet.allOf(Metric.class);
        }

        @Override
        public Set<ElementType> elementTypes() {
            return EnumSet.allOf(ElementType.class);
        }

        @Override
        public IndexBuilder builder(IndexSpec spec, BuildContext context) {
            return (rows, ids) -> FakeIndex.of("");
        }

        @Override
        public FakeIndex open(SectionReader file, OpenContext context) {
            last = file;
            if (file.sections().contains("refuse")) {
                throw new IllegalArgumentException("refused");
            }
            return new FakeIndex(file.spec(), to -> {}, file);
        }
    }
}
