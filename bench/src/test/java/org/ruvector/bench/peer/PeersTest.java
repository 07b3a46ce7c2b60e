package org.ruvector.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
            return Peers.of(name, SETTINGS, () -> 16, FOLDER);
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
                assertEquals(name, Peers.of(name, SETTINGS, () -> 16, FOLDER).name());
            } catch (UnavailableException e) {
                assertTrue(name.equals("hnswlib") || name.startsWith("faiss"), e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "faiss-ivfflat, EUCLIDEAN",
        "faiss-ivfflat, COSINE",
        "faiss-ivfflat, INNER_PRODUCT",
        "'faiss-ivfpqfs:m=12,kFactor=20', EUCLIDEAN",
        "'faiss-ivfpqfs:m=12,kFactor=20,byResidual=true', EUCLIDEAN",
        "'faiss-ivfpqfs:m=12,kFactor=20', COSINE"
    })
    void invertedFilesFindWhatIsNearestWhereAllListsAreProbed(String spec, Metric metric) {
        Workload workload = Clustered.workload(2000, 20, 24, metric);
        int[][] truth = truth(workload, all(workload));
        try (BuiltIndex index = peer(spec).build(workload, 2)) {
            assertTrue(index.kernel().startsWith("FAISS"), index.kernel());
            assertTrue(index.bytes() > 2000 * 24 * 4, "bytes are " + index.bytes());
            assertFalse(index.accepts(Parameters.none().with("ef", 40)));
            BuiltIndex.QuerySearcher searcher = index.searcher(Parameters.none().with("nprobe", 16), 10);
            int[] ids = new int[10];
            int found = 0;
            for (int q = 0; q < 20; q++) {
                assertEquals(10, searcher.search(q, ids));
                int query = q;
                found += (int) IntStream.of(ids)
                        .filter(id -> IntStream.of(truth[query]).anyMatch(row -> row == id))
                        .count();
            }
            assertTrue(found >= (spec.contains("flat") ? 200 : 190), found + " of 200");
        }
    }

    @ParameterizedTest
    @CsvSource({"faiss-ivfflat, nprobe=4", "faiss-ivfpqfs, nprobe=4", "faiss-ivfpqfs, 'nprobe=16,oversample=10'"})
    void invertedFilesAnswerSeveralThreadsAlike(String name, String point) {
        Workload workload = Clustered.workload(2000, 200, 24, Metric.EUCLIDEAN);
        try (BuiltIndex index = peer(name).build(workload, 2)) {
            Parameters parameters = Parameters.parse(point);
            assertTrue(index.accepts(parameters), point);
            int[][] alone = new int[200][10];
            BuiltIndex.QuerySearcher searcher = index.searcher(parameters, 10);
            IntStream.range(0, 200).forEach(q -> searcher.search(q, alone[q]));
            int[][] together = new int[200][10];
            IntStream.range(0, 4)
                    .parallel()
                    .forEach(part -> IntStream.range(part * 50, part * 50 + 50)
                            .forEach(q -> index.searcher(parameters, 10).search(q, together[q])));
            assertArrayEquals(alone, together);
        }
    }

    @Test
    void moreCandidatesThatAreRankedAgainFindMore() {
        Workload workload = Clustered.workload(2000, 50, 24, Metric.EUCLIDEAN);
        Sweep sweep = Sweep.parse("nprobe=16;oversample=1,20", 10, List.of(1));
        Harness harness = new Harness(workload, truth(workload, all(workload)), sweep, new Harness.Effort(2, 1, 1, 0));
        List<Measurement> all = harness.run(List.of(peer("faiss-ivfpqfs:m=6")), Progress.NONE);
        assertTrue(all.get(0).recall() < 0.9 && all.get(1).recall() > 0.95, all.toString());
        try (BuiltIndex lists = peer("faiss-ivfflat").build(workload, 2)) {
            assertFalse(lists.accepts(sweep.points().getFirst()), "lists of vectors rank nothing again");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "faiss-ivfflat:nlist=2001, cannot make 2001 lists of 2000 vectors",
        "faiss-ivfpqfs:m=5, 5 does not divide 24"
    })
    void whatFaissCannotBuildIsSaidInOurWords(String spec, String message) {
        Workload workload = Clustered.workload(2000, 1, 24, Metric.EUCLIDEAN);
        Contestant peer = peer(spec);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> peer.build(workload, 1));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void anUnknownPeerIsToldWhichThereAre() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Peers.of("faiss", SETTINGS, () -> 16, FOLDER));
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
    @ValueSource(
            strings = {
                "hnswlib",
                "lucene",
                "lucene-sq",
                "lucene-bq",
                "jvector",
                "jvector-pq",
                "jvector-fused",
                "faiss-ivfflat",
                "faiss-ivfpqfs"
            })
    void aMetricThatAPeerLacksIsRefused(String name) {
        Workload workload = Clustered.workload(100, 10, 8, Metric.MANHATTAN);
        Contestant peer = peer(name);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> peer.build(workload, 1));
        assertTrue(e.getMessage().contains("manhattan"), e.getMessage());
    }
}
