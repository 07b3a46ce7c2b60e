package org.ruvector.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.Availability;
import org.ruvector.api.spi.IndexBuilder;
import org.ruvector.api.spi.RoutingBuilder;
import org.ruvector.api.spi.Searcher;
import org.ruvector.api.spi.VectorIndex;

/** One of our own indexes, found through the plugins by the short form of its spec, {@code hnsw:m=16,efConstruction=200}. */
public final class PluginContestant implements Contestant {

    /**
     * The search-time parameter that becomes {@link SearchRequest.Effort#oversample}: candidates for each hit wanted that are ranked again by
     * their vectors. Indexes that search by codes know it.
     */
    public static final String OVERSAMPLE = "oversample";

    private final BuildContext context;
    private final String spec;

    /**
     * For one index.
     *
     * @param spec    plugin and parameters
     * @param context plugins, kernel and seed; its executor is not used
     */
    public PluginContestant(String spec, BuildContext context) {
        this.spec = spec;
        this.context = context;
    }

    /**
     * Every index plugin that can run here and hold such vectors, with its defaults.
     *
     * @param context plugins, kernel and seed; its executor is not used
     * @param metric  how vectors are compared
     * @param type    how they are stored
     * @return one contestant per plugin, by name
     */
    public static List<PluginContestant> all(BuildContext context, Metric metric, ElementType type) {
        return context.plugins().indexes().stream()
                .filter(plugin -> plugin.availability() instanceof Availability.Usable
                        && plugin.metrics().contains(metric)
                        && plugin.elementTypes().contains(type))
                // What ranks clusters is no index of vectors.
                .filter(plugin ->
                        !(plugin.builder(new IndexSpec(plugin.name(), Parameters.none(), metric, type, 1), context)
                                instanceof RoutingBuilder))
                .map(plugin -> new PluginContestant(plugin.name(), context))
                .toList();
    }

    @Override
    public String name() {
        int colon = spec.indexOf(':');
        return (colon < 0 ? spec : spec.substring(0, colon)).strip();
    }

    @Override
    public boolean peer() {
        return false;
    }

    @Override
    public Built build(Workload workload, int threads) {
        VectorRows base = workload.base();
        IndexSpec full = IndexSpec.parse(spec, workload.metric(), base.type(), base.dimension());
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            BuildContext parallel = threads == 1 ? context : context.on(workers, threads);
            IndexBuilder builder = context.plugins().builder(full, parallel);
            long start = System.nanoTime();
            VectorIndex index = builder.build(base);
            return new Built(index, workload, System.nanoTime() - start);
        }
    }

    /**
     * An index in the form that the harness measures.
     *
     * @param index      the index, whose ids are row numbers; closed with this
     * @param workload   where the queries are
     * @param buildNanos what building it took
     */
    public record Built(VectorIndex index, Workload workload, long buildNanos) implements BuiltIndex {

        @Override
        public String params() {
            return index.spec().parameters().toString();
        }

        @Override
        public long bytes() {
            return index.memory().total();
        }

        @Override
        public String kernel() {
            return index.kernel();
        }

        @Override
        public boolean accepts(Parameters point) {
            if (point.asMap().containsKey(OVERSAMPLE)
                    && !index.spec().parameters().asMap().containsKey("quantizer")) {
                return false;
            }
            try {
                index.search(request(point, 1));
                return true;
            } catch (IllegalArgumentException e) {
                // The api's way to say that a search-time parameter is unknown here.
                return false;
            }
        }

        @Override
        public QuerySearcher searcher(Parameters point, int k) {
            return searcher(request(point, k));
        }

        private SearchRequest request(Parameters point, int k) {
            Parameters own = Parameters.none();
            for (Map.Entry<String, String> entry : point.asMap().entrySet()) {
                if (!entry.getKey().equals(OVERSAMPLE)) {
                    own = own.with(entry.getKey(), entry.getValue());
                }
            }
            return SearchRequest.of(workload.queries().query(0), k).with(own).oversample((float)
                    point.getDouble(OVERSAMPLE, 1));
        }

        /**
         * A searcher that asks every query with the same settings.
         *
         * @param settings everything but the query
         * @return the searcher, for one thread
         */
        public QuerySearcher searcher(SearchRequest settings) {
            List<SearchRequest> requests = new ArrayList<>();
            for (int q = 0; q < workload.queries().count(); q++) {
                requests.add(settings.query(workload.queries().query(q)));
            }
            Searcher searcher = index.searcher();
            return (query, ids) -> {
                List<Hit> hits = searcher.search(requests.get(query)).hits();
                int n = hits.size();
                for (int i = 0; i < n; i++) {
                    ids[i] = (int) hits.get(i).id();
                }
                return n;
            };
        }

        @Override
        public void close() {
            index.close();
        }
    }
}
