package org.ruvector.index.ivf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Parameters;
import org.ruvector.api.PluginException;
import org.ruvector.api.Plugins;
import org.ruvector.api.Query;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.IndexProvider;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.clustering.Clustering;
import org.ruvector.clustering.MiniBatchKMeans;
import org.ruvector.testkit.RealData;

final class IvfParamsTest {

    @Test
    void defaultsAreFilledInAndReadBack() {
        IvfParams params = IvfParams.from(Parameters.none(), 7);
        assertEquals(
                "coarse=flat,imbalance=4.0,iterations=10,nlist=auto,sample=256,seed=7",
                params.toParameters().toString());
        IvfParams other = IvfParams.from(Parameters.parse("nlist=9,coarse=hnsw,coarse.m=4,seed=1"), 7);
        assertEquals(other, IvfParams.from(other.toParameters(), 3));
        assertEquals(new IvfParams.Coarse("hnsw", Parameters.parse("m=4")), other.coarse());
    }

    @Test
    void theNumberOfListsGrowsWithTheRootOfTheRows() {
        IvfParams auto = IvfParams.from(Parameters.none(), 7);
        assertEquals(1, auto.lists(0));
        assertEquals(1, auto.lists(63));
        assertEquals(53, auto.lists(1697));
        assertEquals(4000, auto.lists(1_000_000));
        assertEquals(9, IvfParams.from(Parameters.parse("nlist=9"), 7).lists(3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            nlist=0; nlist is 0; it must be from 1 to 1000000, or auto
            nlist=1000001; nlist is 1000001; it must be from 1 to 1000000
            imbalance=0.5; imbalance is 0.5; it must be at least 1
            imbalance=NaN; imbalance is NaN; it must be at least 1
            iterations=-1; iterations is -1, sample is 256; they must be at least 0 and 1
            sample=0; iterations is 10, sample is 0; they must be at least 0 and 1
            coarse.m=3; Unknown parameter m; there are none here
            """)
    void whatIsOutOfRangeIsRefused(String text, String message, String more) {
        String expected = more == null ? message : message + "; " + more.strip();
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> IvfParams.from(Parameters.parse(text), 7))
                        .getMessage());
    }

    private static VectorIndex build(IndexProvider provider, String parameters) {
        IndexSpec spec =
                new IndexSpec(provider.name(), Parameters.parse(parameters), Metric.EUCLIDEAN, ElementType.FLOAT32, 2);
        return provider.builder(spec, BuildContext.of(Plugins.load()))
                .build(VectorRows.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2));
    }

    @Test
    void aQuantizerThatOnlyRanksIsRefused() {
        assertEquals(
                "quantizer=binary ranks codes within a list, but says nothing about distances, which lists are compared"
                        + " by; take one that does, such as rabitq, pq or sq8",
                assertThrows(IllegalArgumentException.class, () -> build(new IvfIndexProvider(), "quantizer=binary"))
                        .getMessage());
    }

    @Test
    void whatIsNotThereIsRefusedBeforeAnyWork() {
        assertThrows(PluginException.class, () -> build(new IvfFlatIndexProvider(), "coarse=nothing"));
        assertThrows(PluginException.class, () -> build(new IvfIndexProvider(), "quantizer=nothing"));
        assertThrows(IllegalArgumentException.class, () -> build(new IvfIndexProvider(), "filter=binary"));
        assertThrows(IllegalArgumentException.class, () -> build(new IvfFlatIndexProvider(), "quantizer=sq8"));
        assertThrows(IllegalArgumentException.class, () -> build(new IvfFlatIndexProvider(), "coarse=hnsw,coarse.x=1"));
    }

    @ParameterizedTest
    @CsvSource({"nprobe=0", "nprobe=1000001", "adaptive=-0.1", "adaptive=1.1", "adaptive=NaN", "coarse.ef=10"})
    void searchParametersOutOfRangeAreRefused(String parameters) {
        try (VectorIndex index = build(new IvfFlatIndexProvider(), "nlist=2")) {
            SearchRequest request = SearchRequest.of(Query.of(1f, 2f), 1).with(Parameters.parse(parameters));
            assertThrows(IllegalArgumentException.class, () -> index.search(request));
        }
    }

    /** Codes compare lists by way of their centroids, which must be of unit length where vectors are. */
    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"COSINE", "INNER_PRODUCT"})
    void directionsLearntFromBatchesAreOfUnitLength(Metric metric) {
        VectorRows digits = RealData.digits().base(ElementType.FLOAT32);
        IndexSpec spec = IndexSpec.parse("ivf-flat:nlist=16", metric, ElementType.FLOAT32, digits.dimension());
        IvfBuild build =
                new IvfBuild(spec, IvfParams.from(spec.parameters(), 7), null, BuildContext.of(Plugins.load()));
        Clustering found = build.clusterByBatches(digits, new MiniBatchKMeans(16, 256, 10, 7));
        for (int c = 0; c < found.centroids().count(); c++) {
            float[] direction = new float[digits.dimension()];
            found.centroids().copy(c, direction, 0);
            double square = 0;
            for (float x : direction) {
                square += x * x;
            }
            assertEquals(1, square, 1e-5, "centroid " + c);
        }
    }
}
