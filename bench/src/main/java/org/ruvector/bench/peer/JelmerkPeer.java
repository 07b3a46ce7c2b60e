package org.ruvector.bench.peer;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Index;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ruvector.api.Parameters;
import org.ruvector.api.VectorRows;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.Workload;

/** Jelmer Kuperus's hnswlib in Java. Its distances are plain loops; it has no SIMD provider that could be off. */
public final class JelmerkPeer implements Contestant {

    private final HnswSettings settings;

    /**
     * With settings.
     *
     * @param settings of the graph; it takes no seed
     */
    public JelmerkPeer(HnswSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "jelmerk";
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public BuiltIndex build(Workload workload, int threads) {
        return new Graph(workload.unitForCosine(), threads);
    }

    private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public int dimensions() {
            return vector.length;
        }
    }

    private final class Graph implements BuiltIndex {
        private final HnswIndex<Integer, float[], Row, Float> index;
        private final List<Row> queries;
        private final long buildNanos;

        Graph(Workload workload, int threads) {
            DistanceFunction<float[], Float> distance = switch (workload.metric()) {
                case EUCLIDEAN -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
                case INNER_PRODUCT -> DistanceFunctions.FLOAT_INNER_PRODUCT;
                case MANHATTAN -> DistanceFunctions.FLOAT_MANHATTAN_DISTANCE;
                default ->
                    throw new IllegalArgumentException(
                            "jelmerk has no " + workload.metric().text() + " distance");
            };
            queries = rows(workload.queries());
            List<Row> rows = rows(workload.base());
            long start = System.nanoTime();
            index = HnswIndex.newBuilder(workload.base().dimension(), distance, rows.size())
                    .withM(settings.m())
                    .withEfConstruction(settings.efConstruction())
                    .build();
            try {
                index.addAll(rows, threads, (done, total) -> {}, Index.DEFAULT_PROGRESS_UPDATE_INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("jelmerk's build was interrupted", e);
            }
            buildNanos = System.nanoTime() - start;
        }

        private static List<Row> rows(VectorRows rows) {
            List<Row> result = new ArrayList<>(rows.count());
            for (int i = 0; i < rows.count(); i++) {
                result.add(new Row(i, Workload.row(rows, i)));
            }
            return result;
        }

        @Override
        public String params() {
            return settings.text();
        }

        @Override
        public long buildNanos() {
            return buildNanos;
        }

        /** The size of its saved form: it does not tell how much memory its objects take, which is more. */
        @Override
        public long bytes() {
            long[] bytes = {0};
            OutputStream counter = new OutputStream() {
                @Override
                public void write(int b) {
                    bytes[0]++;
                }

                @Override
                public void write(byte[] b, int from, int length) {
                    bytes[0] += length;
                }
            };
            try {
                index.save(counter);
            } catch (IOException e) {
                throw new UncheckedIOException("jelmerk could not be measured", e);
            }
            return bytes[0];
        }

        @Override
        public String kernel() {
            return "scalar";
        }

        @Override
        public boolean accepts(Parameters point) {
            return HnswSettings.onlyEf(point);
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            index.setEf(HnswSettings.ef(point, k));
            return (query, ids) -> {
                List<SearchResult<Row, Float>> found =
                        index.findNearest(queries.get(query).vector(), k);
                for (int i = 0; i < found.size(); i++) {
                    ids[i] = found.get(i).item().id();
                }
                return found.size();
            };
        }

        @Override
        public void close() {}
    }
}
