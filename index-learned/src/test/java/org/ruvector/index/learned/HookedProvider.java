package org.ruvector.index.learned;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.MutableIndex;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/** The index flat, in whose builds, searches and additions a test can do something first, and sees what is closed. */
final class HookedProvider implements IndexProvider {

    private final IndexProvider flat;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile Runnable atBuild = () -> {};
    volatile Runnable atSearch = () -> {};
    volatile Runnable atAdd = () -> {};

    HookedProvider(IndexProvider flat) {
        this.flat = flat;
    }

    @Override
    public String name() {
        return "hooked";
    }

    @Override
    public Set<Metric> metrics() {
        return flat.metrics();
    }

    @Override
    public Set<ElementType> elementTypes() {
        return flat.elementTypes();
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        return (rows, ids) -> {
            atBuild.run();
            VectorIndex index = flat.builder(spec, context).build(rows, ids);
            opened.incrementAndGet();
            return new Index((MutableIndex) index);
        };
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        throw new UnsupportedOperationException("never saved");
    }

    private final class Index implements MutableIndex {
        private final MutableIndex index;

        Index(MutableIndex index) {
            this.index = index;
        }

        @Override
        public IndexSpec spec() {
            return index.spec();
        }

        @Override
        public int size() {
            return index.size();
        }

        @Override
        public String kernel() {
            return index.kernel();
        }

        @Override
        public Searcher searcher() {
            Searcher searcher = index.searcher();
            return request -> {
                atSearch.run();
                return searcher.search(request);
            };
        }

        @Override
        public SearchResult search(SearchRequest request) {
            return searcher().search(request);
        }

        @Override
        public void add(long id, Query vector) {
            atAdd.run();
            index.add(id, vector);
        }

        @Override
        public boolean remove(long id) {
            return index.remove(id);
        }

        @Override
        public boolean replace(long id, Query vector) {
            return index.replace(id, vector);
        }

        @Override
        public Optional<Query> vector(long id) {
            return index.vector(id);
        }

        @Override
        public MemoryReport memory() {
            return index.memory();
        }

        @Override
        public void close() {
            index.close();
            closed.incrementAndGet();
        }
    }
}
