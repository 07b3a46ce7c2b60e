package org.ruvector.index.ivf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.Filter;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.StopReason;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.BatchSearch;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.testkit.Corpus;
import org.ruvector.testkit.CorpusArbitraries;
import org.ruvector.testkit.Oracle;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

/** Answers of inverted files against those of the flat index, and what a search costs. */
final class IvfSearchTest {
    private static final Plugins PLUGINS = Plugins.load();
    private static final RealData DIGITS = RealData.digits();

    private static VectorIndex build(String text, Metric metric, VectorRows rows, long[] ids) {
        IndexSpec spec = IndexSpec.parse(text, metric, ElementType.FLOAT32, rows.dimension());
        return PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(rows, ids);
    }

    private static VectorIndex digits(String text, Metric metric) {
        IndexSpec spec = IndexSpec.parse(text, metric, ElementType.FLOAT32, 64);
        return PLUGINS.builder(spec, BuildContext.of(PLUGINS)).build(DIGITS.base(ElementType.FLOAT32));
    }

    private static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        VectorRows rows = DIGITS.queries(ElementType.FLOAT32);
        for (int i = 0; i < rows.count(); i++) {
            queries.add(rows.query(i));
        }
        return queries;
    }

    @Provide
    Arbitrary<Corpus> corpora() {
        List<Space> spaces = List.of(
                new Space(Metric.EUCLIDEAN, ElementType.FLOAT32),
                new Space(Metric.COSINE, ElementType.FLOAT32),
                new Space(Metric.INNER_PRODUCT, ElementType.FLOAT32));
        return CorpusArbitraries.corpora(spaces, 300);
    }

    /** Bit by bit: the kernels promise the same for a row whichever rows are scored with it. */
    @Property(tries = 120, seed = "1")
    void allListsHoldWhatTheFlatIndexFinds(@ForAll("corpora") Corpus corpus) {
        Metric metric = corpus.space().metric();
        try (VectorIndex flat = build("flat", metric, corpus.rows(), corpus.ids());
                VectorIndex ivf = build("ivf-flat:nlist=12,iterations=3", metric, corpus.rows(), corpus.ids())) {
            for (Query query : corpus.queries()) {
                for (int k : new int[] {1, 9, Integer.MAX_VALUE}) {
                    SearchRequest request = SearchRequest.of(query, k);
                    SearchResult expected = flat.search(request);
                    assertEquals(
                            expected.hits(),
                            ivf.search(request.with("nprobe", 12)).hits());
                    assertEquals(
                            expected.hits(),
                            ivf.search(request.with(Parameters.parse("nprobe=12,adaptive=1")))
                                    .hits(),
                            "passing over lists by the triangle inequality");
                    if (!expected.hits().isEmpty()) {
                        SearchRequest range = SearchRequest.range(
                                query,
                                expected.hits().get(expected.hits().size() / 2).distance());
                        assertEquals(
                                flat.search(range).hits(), ivf.search(range).hits());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT"})
    void listsThatAreTooFarArePassedOver(Metric metric) {
        Oracle oracle = DIGITS.oracle(new Space(metric, ElementType.FLOAT32));
        long[] visited = new long[3];
        double[] recalls = new double[3];
        String[] how = {"nprobe=60", "nprobe=60,adaptive=1", "nprobe=60,adaptive=0.5"};
        try (VectorIndex ivf = digits("ivf-flat:nlist=60", metric)) {
            for (Query query : queries()) {
                for (int i = 0; i < 3; i++) {
                    SearchRequest request = SearchRequest.of(query, 10).with(Parameters.parse(how[i]));
                    SearchResult result = ivf.search(request);
                    visited[i] += result.stats().visited();
                    recalls[i] += oracle.recall(request, result) / queries().size();
                    assertEquals(
                            i < 2 ? StopReason.EXHAUSTED : StopReason.CONVERGED,
                            result.stats().stop());
                }
            }
        }
        String found = visited[0] + ", " + visited[1] + ", " + visited[2] + " lists, recall " + recalls[2];
        assertEquals(1, recalls[0], 1e-9);
        assertEquals(1, recalls[1], 1e-9);
        assertTrue(visited[1] <= visited[0] && visited[2] < visited[1], found);
        assertTrue(recalls[2] > 0.97, found);
        assertTrue(metric == Metric.INNER_PRODUCT || visited[1] < 0.9 * visited[0], found);
    }

    @Test
    void aGraphFindsTheListsThatComparingAllFinds() {
        try (VectorIndex flat = digits("ivf-flat:nlist=100", Metric.EUCLIDEAN);
                VectorIndex hnsw = digits("ivf-flat:nlist=100,coarse=hnsw", Metric.EUCLIDEAN)) {
            for (Query query : queries()) {
                SearchRequest request = SearchRequest.of(query, 10).with("nprobe", 7);
                // The graph compares all where ef is as large as it.
                assertEquals(
                        flat.search(request).hits(),
                        hnsw.search(request.with(Parameters.parse("nprobe=7,coarse.ef=100")))
                                .hits());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT"})
    void codesOfCentroidsFindTheLists(Metric metric) {
        Oracle oracle = DIGITS.oracle(new Space(metric, ElementType.FLOAT32));
        for (String quantizer :
                new String[] {"rabitq,quantizer.bits=2", "pq,quantizer.bits=4", "opq,quantizer.bits=4"}) {
            double recall = 0;
            try (VectorIndex ivf = digits("ivf:nlist=120,rerank=8,quantizer=" + quantizer, metric)) {
                for (Query query : queries()) {
                    SearchRequest request = SearchRequest.of(query, 10).with("nprobe", 20);
                    SearchResult result = ivf.search(request);
                    assertTrue(result.stats().codeDistances() > 120, result.stats()::toString);
                    assertTrue(result.stats().exactDistances() < 120 + 80, result.stats()::toString);
                    recall += oracle.recall(request, result) / queries().size();
                }
            }
            assertTrue(recall > 0.93, quantizer + ", " + metric + ": " + recall);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EUCLIDEAN", "COSINE", "INNER_PRODUCT"})
    void residualsAreAsGoodAsTheirBits(Metric metric) {
        Oracle oracle = DIGITS.oracle(new Space(metric, ElementType.FLOAT32));
        for (String quantizer : new String[] {"sq8", "sq4", "pq", "rotational"}) {
            double recall = 0;
            try (VectorIndex ivf = digits("ivf:nlist=30,quantizer=" + quantizer, metric)) {
                for (Query query : queries()) {
                    SearchRequest request = SearchRequest.of(query, 10).with("nprobe", 30);
                    recall += oracle.recall(request, ivf.search(request))
                            / queries().size();
                }
            }
            assertTrue(recall > 0.97, quantizer + ", " + metric + ": " + recall);
        }
    }

    @Test
    void aBatchLooksIntoTheSameLists() {
        for (String text : new String[] {"ivf-flat:nlist=40", "ivf:nlist=40", "ivf:nlist=40,quantizer=sq8"}) {
            try (BatchSearch ivf = (BatchSearch) digits(text, Metric.EUCLIDEAN)) {
                List<SearchRequest> requests = new ArrayList<>();
                for (Query query : queries()) {
                    requests.add(SearchRequest.of(query, 10).with("nprobe", 5));
                }
                List<SearchResult> together = ivf.searchAll(requests, Runnable::run, 1);
                for (int i = 0; i < requests.size(); i++) {
                    SearchResult alone = ivf.search(requests.get(i));
                    assertEquals(alone.hits(), together.get(i).hits());
                    assertEquals(
                            alone.stats().visited(), together.get(i).stats().visited());
                    assertEquals(
                            alone.stats().exactDistances(),
                            together.get(i).stats().exactDistances());
                    assertEquals(
                            alone.stats().codeDistances(),
                            together.get(i).stats().codeDistances());
                    assertEquals(alone.stats().plan(), together.get(i).stats().plan());
                    assertEquals(alone.stats().stop(), together.get(i).stats().stop());
                }
            }
        }
    }

    @Test
    void fewIdsAreComparedWithoutLists() {
        try (VectorIndex ivf = digits("ivf:nlist=40", Metric.EUCLIDEAN)) {
            SearchRequest request = SearchRequest.of(queries().getFirst(), 5);
            SearchResult few = ivf.search(request.filter(Filter.ids(1, 3, 5, 7, 9, 11, 13, 100_000)));
            assertEquals("exact scan of matching rows", few.stats().plan());
            assertEquals(7, few.stats().exactDistances());
            assertEquals(StopReason.EXHAUSTED, few.stats().stop());
            SearchResult many = ivf.search(request.filter(Filter.where(id -> id % 2 == 0)));
            assertEquals("lists of codes", many.stats().plan());
            SearchResult rare = ivf.search(request.filter(Filter.where(id -> id % 400 == 0)));
            assertEquals(
                    "lists of codes, more of them to find enough", rare.stats().plan());
            assertEquals(5, rare.hits().size());
        }
    }
}
