package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.NeighbourhoodCodec;
import org.ruvector.testkit.RealData;

/** Codes beside the links, after the links changed. */
final class LayerZeroTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 16, 20})
    void codesFollowTheLinks(int m) {
        VectorRows rows = RealData.digits().base(ElementType.FLOAT32).slice(0, 300);
        IndexSpec spec = new IndexSpec(
                HnswFusedIndexProvider.NAME, Parameters.none(), Metric.EUCLIDEAN, ElementType.FLOAT32, 64);
        HnswFusedParams params = HnswFusedParams.from(Parameters.none().with("m", m), 64, 42);
        NeighbourhoodCodec codec = FusedCodes.create(spec, params, rows, BuildContext.of(Plugins.load()))
                .codec();
        int most = 2 * m;
        MemorySegment memory = Arena.ofAuto().allocate(300 * LayerZero.stride(most, codec), 64);
        LayerZero layer = new LayerZero(most, memory, codec, rows);
        layer.keepUp();
        MemorySegment table = Arena.ofAuto().allocate(4L * 300);
        NativeGraph graph = new NativeGraph(m, layer, table, Arena.ofAuto().allocate(4), HnswIndex.newLocks());
        SplittableRandom random = new SplittableRandom(m);
        int[] links = new int[most];
        for (int round = 0; round < 300; round++) {
            int node = random.nextInt(3);
            int n = graph.links(0, node, links);
            int wanted = random.nextInt(most + 1);
            int kept = Math.min(wanted, random.nextInt(n + 1));
            int[] chosen = new int[wanted];
            System.arraycopy(links, n - kept, chosen, 0, kept);
            for (int i = kept; i < wanted; i++) {
                int candidate;
                do {
                    candidate = 3 + random.nextInt(297);
                } while (contains(chosen, i, candidate));
                chosen[i] = candidate;
            }
            graph.setLinks(0, node, chosen.clone(), wanted);
            assertEquals(wanted, graph.links(0, node, links), "links of node " + node);
            assertArrayEquals(
                    Arrays.stream(chosen).sorted().toArray(),
                    Arrays.stream(links, 0, wanted).sorted().toArray());
            requireCodes(layer, codec, rows, node, Arrays.copyOf(links, wanted));
        }
    }

    private static boolean contains(int[] chosen, int n, int candidate) {
        return Arrays.stream(chosen, 0, n).anyMatch(other -> other == candidate);
    }

    private static void requireCodes(
            LayerZero layer, NeighbourhoodCodec codec, VectorRows rows, int node, int[] links) {
        Query query = rows.query(250);
        float[] expected = new float[NeighbourhoodCodec.WIDTH];
        float[] actual = new float[NeighbourhoodCodec.WIDTH];
        for (int first = 0; first < links.length; first += NeighbourhoodCodec.WIDTH) {
            int[] ordinals = Arrays.copyOfRange(links, first, Math.min(links.length, first + NeighbourhoodCodec.WIDTH));
            MemorySegment fresh = Arena.ofAuto().allocate(codec.blockBytes(), 64);
            codec.encode(((Query.Floats) rows.query(node)).vector(), rows, ordinals, 0, ordinals.length, fresh);
            codec.scorer(query).score(fresh, 0, 100, Float.POSITIVE_INFINITY, expected);
            long at = layer.codesAt(node) + (long) first / NeighbourhoodCodec.WIDTH * codec.blockBytes();
            codec.scorer(query).score(layer.segment, at, 100, Float.POSITIVE_INFINITY, actual);
            assertArrayEquals(
                    Arrays.copyOf(expected, ordinals.length), Arrays.copyOf(actual, ordinals.length), "node " + node);
        }
    }
}
