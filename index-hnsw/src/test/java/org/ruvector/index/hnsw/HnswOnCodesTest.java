package org.ruvector.index.hnsw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ruvector.api.BuildContext;
import org.ruvector.api.ElementType;
import org.ruvector.api.IndexSpec;
import org.ruvector.api.Metric;
import org.ruvector.api.Plugins;
import org.ruvector.api.SearchRequest;
import org.ruvector.api.SearchResult;
import org.ruvector.api.VectorRows;
import org.ruvector.api.spi.VectorIndex;
import org.ruvector.testkit.RealData;
import org.ruvector.testkit.Space;

/** Which distances a search by codes computes. */
final class HnswOnCodesTest {
    private final RealData data = RealData.digits();
    private final VectorRows base = data.base(ElementType.FLOAT32);
    private final SearchRequest request =
            SearchRequest.of(data.queries(ElementType.FLOAT32).query(0), 10);

    private VectorIndex build(String parameters) {
        IndexSpec spec = IndexSpec.parse("hnsw:" + parameters, Metric.EUCLIDEAN, ElementType.FLOAT32, base.dimension());
        return new HnswIndexProvider()
                .builder(spec, BuildContext.of(Plugins.load()))
                .build(base);
    }

    @Test
    void onlyTheCandidatesOfTheLastStepAreComparedExactly() {
        try (VectorIndex index = build("quantizer=sq4,rerank=3")) {
            SearchResult result = index.search(request);
            assertEquals(30, result.stats().exactDistances());
            assertTrue(result.stats().codeDistances() > 100);
            assertEquals("graph by codes", result.stats().plan());
            assertEquals(80, index.search(request.oversample(8)).stats().exactDistances());
            assertEquals(30, index.search(request.oversample(2)).stats().exactDistances());
            // What is answered are exact distances, whatever the codes said.
            data.oracle(new Space(Metric.EUCLIDEAN, ElementType.FLOAT32)).checkFull(request, result);
        }
    }

    @Test
    void defaultsOfTheQuantizersAreFilledIn() {
        try (VectorIndex index = build("quantizer=sq8,filter=rabitq")) {
            assertEquals(
                    "efConstruction=200,filter=rabitq,filter.bits=1,filter.seed=42,keepPruned=true,m=16,quantizer=sq8,"
                            + "quantizer.per=vector,rerank=4.0,seed=42",
                    index.spec().parameters().toString());
        }
    }

    @Test
    void searchesWithinACutOffCompareVectors() {
        try (VectorIndex index = build("quantizer=binary")) {
            SearchResult result = index.search(SearchRequest.range(request.query(), 400));
            assertEquals(0, result.stats().codeDistances());
            assertTrue(result.stats().exactDistances() > 0);
        }
    }

    @Test
    void codesAreAmongTheBytesThatAreReported() {
        try (VectorIndex index = build("quantizer=sq8,filter=binary")) {
            long codes = index.memory().parts().stream()
                    .filter(part -> part.name().startsWith("codes"))
                    .mapToLong(part -> part.bytes())
                    .sum();
            assertEquals((long) base.count() * (12 + 64 + 8), codes);
        }
    }
}
