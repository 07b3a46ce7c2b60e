package org.ruvector.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Progress;
import org.ruvector.bench.BuiltIndex;
import org.ruvector.bench.Clustered;
import org.ruvector.bench.Contestant;
import org.ruvector.bench.Harness;
import org.ruvector.bench.Measurement;
import org.ruvector.bench.Sweep;
import org.ruvector.bench.UnavailableException;
import org.ruvector.bench.Workload;

class PeersTest {

    private static final HnswSettings SETTINGS = new HnswSettings(16, 100, 42);
    private static final Path FOLDER = Path.of("target", "peers");

    private static Contestant peer(String name) {
        try {
            return Peers.of(name, SETTINGS, FOLDER);
        } catch (UnavailableException e) {
            return abort(e.getMessage());
        }
    }

    private static HnswlibPeer hnswlib() {
        return (HnswlibPeer) peer("hnswlib");
    }

    private static int[][] truth(Workload workload, int[] rows) {
        return Clustered.truth(workload, rows, 10);
    }

    private static int[] all(Workload workload) {
        return IntStream.range(0, workload.base().count()).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "hnswlib, EUCLIDEAN",
        "hnswlib, COSINE",
        "hnswlib, INNER_PRODUCT",
        "lucene, EUCLIDEAN",
        "lucene, COSINE",
        "lucene, INNER_PRODUCT",
        "lucene-sq, EUCLIDEAN",
        "lucene-sq, COSINE",
        "lucene-sq, INNER_PRODUCT",
        "lucene-bq, EUCLIDEAN",
        "lucene-bq, COSINE",
        "lucene-bq, INNER_PRODUCT",
        "jvector, EUCLIDEAN",
        "jvector, COSINE",
        "jvector-pq, EUCLIDEAN",
        "jvector-pq, COSINE",
        "jvector-fused, EUCLIDEAN",
        "jvector-fused, COSINE",
        "jelmerk, EUCLIDEAN",
        "jelmerk, COSINE"
    })
    void aPeerFindsNearlyAllNeighbours(String name, Metric metric) {
        Workload workload = Clustered.workload(1000, 50, 24, metric);
        Sweep sweep = Sweep.parse("ef=100", 10, List.of(1, 2));
        Harness harness = new Harness(workload, truth(workload, all(workload)), sweep, new Harness.Effort(2, 1, 1, 0));
        for (Measurement m : harness.run(List.of(peer(name)), Progress.NONE)) {
            assertTrue(m.recall() > 0.95, name + " has recall " + m.recall());
            assertTrue(m.subject().peer());
            // The vectors alone take 96 bytes; no graph of this degree needs ten times as much.
            double bytes = m.subject().build().bytesPerVector();
            assertTrue(bytes > 96 && bytes < 960, name + " has " + bytes + " bytes per vector");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lucene-sq", "lucene-bq", "jvector-pq", "jvector-fused"})
    void whatIsFoundByCodesIsRankedByExactDistances(String name) {
        Workload workload = Clustered.workload(1000, 20, 24, Metric.EUCLIDEAN);
        try (BuiltIndex index = peer(name).build(workload, 2)) {
            BuiltIndex.QuerySearcher searcher = index.searcher(Parameters.none().with("ef", 40), 10);
            int[] ids = new int[10];
            for (int q = 0; q < 20; q++) {
                assertEquals(10, searcher.search(q, ids));
                assertArrayEquals(truth(workload, ids)[q], ids);
            }
        }
    }

    @Test
    void everyPeerHasTheNameItIsAskedForBy() {
        for (String name : Peers.NAMES) {
            try {
                assertEquals(name, Peers.of(name, SETTINGS, FOLDER).name());
            } catch (UnavailableException e) {
                assertEquals("hnswlib", name, e.getMessage());
            }
        }
    }

    @Test
    void anUnknownPeerIsToldWhichThereAre() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Peers.of("faiss", SETTINGS, FOLDER));
        assertEquals("There is no peer named 'faiss'; there are: " + String.join(", ", Peers.NAMES), e.getMessage());
    }

    @Test
    void hnswlibRunsWithAvx() {
        HnswlibLibrary library = hnswlib().library();
        assertTrue(List.of("AVX", "AVX512").contains(library.simd()), library.simd());
        double nanos = library.callNanos();
        assertTrue(nanos > 0 && nanos < 10_000, "one foreign call takes " + nanos + " ns");
    }

    @Test
    void hnswlibsFilterAnswersOnlyAllowedRowsUntilItIsChanged() {
        Workload workload = Clustered.workload(2000, 50, 24, Metric.EUCLIDEAN);
        try (HnswlibPeer.Graph graph = hnswlib().build(workload, 2)) {
            for (int modulus : new int[] {2, 5, 3}) {
                BitSet allowed = new BitSet();
                IntStream.range(0, 2000).filter(row -> row % modulus == 0).forEach(allowed::set);
                graph.filter(allowed);
                int[] ids = new int[10];
                BuiltIndex.QuerySearcher searcher =
                        graph.searcher(Parameters.none().with("ef", 200), 10);
                for (int q = 0; q < 50; q++) {
                    int count = searcher.search(q, ids);
                    assertEquals(10, count);
                    for (int id : ids) {
                        assertEquals(0, id % modulus);
                    }
                }
            }
        }
    }

    @Test
    void theScanInCppIsExact() {
        Workload workload = Clustered.workload(2000, 50, 24, Metric.EUCLIDEAN);
        int[] rows = IntStream.range(0, 2000).filter(row -> row % 3 == 1).toArray();
        int[][] truth = truth(workload, rows);
        BuiltIndex.QuerySearcher scan =
                new HnswlibScan(hnswlib().library(), workload, rows).searcher(Parameters.none(), 10);
        int[] ids = new int[10];
        for (int q = 0; q < 50; q++) {
            assertEquals(10, scan.search(q, ids));
            assertArrayEquals(truth[q], ids);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hnswlib", "lucene", "lucene-sq", "lucene-bq", "jvector", "jvector-pq", "jvector-fused"})
    void aMetricThatAPeerLacksIsRefused(String name) {
        Workload workload = Clustered.workload(100, 10, 8, Metric.MANHATTAN);
        Contestant peer = peer(name);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> peer.build(workload, 1));
        assertTrue(e.getMessage().contains("manhattan"), e.getMessage());
    }
}
