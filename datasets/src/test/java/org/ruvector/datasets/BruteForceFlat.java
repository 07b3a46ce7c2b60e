package org.ruvector.datasets;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.MemoryReport;
import org.ruvector.api.Metric;
import org.ruvector.api.OpenContext;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.RowKernel;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.SectionReader;
import org.ruvector.api.spi.VectorIndex;

/** Stands in for the index plugin {@code flat}: sorts all distances of float rows. */
final class BruteForceFlat implements IndexProvider {

    /** How many batches were searched. */
    int batches;

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public Set<Metric> metrics() {
        return EnumSet.allOf(Metric.class);
    }

    @Override
    public Set<ElementType> elementTypes() {
        return EnumSet.of(ElementType.FLOAT32);
    }

    @Override
    public IndexBuilder builder(IndexSpec spec, BuildContext context) {
        return (rows, ids) -> new Index(spec, rows, context.kernel().floats(spec.metric()));
    }

    @Override
    public VectorIndex open(SectionReader file, OpenContext context) {
        throw new IllegalStateException("not needed here");
    }

    private final class Index implements BatchSearch {
        private final IndexSpec spec;
        private final VectorRows rows;
        private final RowKernel<float[]> kernel;

        private Index(IndexSpec spec, VectorRows rows, RowKernel<float[]> kernel) {
            this.spec = spec;
            this.rows = rows;
            this.kernel = kernel;
        }

        @Override
        public List<SearchResult> searchAll(List<SearchRequest> requests, Executor executor, int parallelism) {
            batches++;
            return requests.stream().map(this::search).toList();
        }

        @Override
        public SearchResult search(SearchRequest request) {
            float[] query = ((Query.Floats) request.query()).vector();
            MemorySegment block = rows.segment();
            List<Hit> hits = IntStream.range(0, rows.count())
                    .mapToObj(i -> new Hit(i, kernel.distance(query, block, i * rows.stride())))
                    .sorted()
                    .limit(request.k())
                    .toList();
            return new SearchResult(
                    hits, new SearchResult.Stats(rows.count(), rows.count(), 0, StopReason.EXHAUSTED, "exact scan", 0));
        }

        @Override
        public IndexSpec spec() {
            return spec;
        }

        @Override
        public int size() {
            return rows.count();
        }

        @Override
        public String kernel() {
            return "test";
        }

        @Override
        public Searcher searcher() {
            return this::search;
        }

        @Override
        public Optional<Query> vector(long id) {
            return Optional.of(rows.query((int) id));
        }

        @Override
        public MemoryReport memory() {
            throw new IllegalStateException("not needed here");
        }

        @Override
        public void close() {}
    }
}
