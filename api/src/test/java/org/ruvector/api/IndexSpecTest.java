package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class IndexSpecTest {

    private static IndexSpec parse(String text) {
        return IndexSpec.parse(text, Metric.COSINE, ElementType.FLOAT32, 384);
    }

    @Test
    void theShortFormIsParsedAndPrinted() {
        IndexSpec spec = parse("hnsw:m=16,efConstruction=200");
        assertEquals("hnsw", spec.provider());
        assertEquals(Parameters.none().with("m", 16).with("efConstruction", 200), spec.parameters());
        assertEquals("hnsw:efConstruction=200,m=16", spec.text());
        assertEquals(spec, parse(spec.text()));
        assertEquals("flat", parse(" flat ").text());
        assertEquals("flat", parse("flat:").text());
    }

    @Test
    void parametersOfAnotherFormAreRefused() {
        refused("'16' in '16' is not of the form name=value", () -> parse("hnsw:16"));
    }

    @Test
    void hammingGoesWithBitsAndNothingElse() {
        for (Metric metric : Metric.values()) {
            for (ElementType type : ElementType.values()) {
                Executable make = () -> new IndexSpec("flat", Parameters.none(), metric, type, 8);
                if ((metric == Metric.HAMMING) == (type == ElementType.BIT)) {
                    assertDoesNotThrow(make);
                } else {
                    refused(
                            "Metric " + metric.text() + " does not go with " + type.text()
                                    + " vectors: hamming is for bit vectors, every other metric for float32 and int8",
                            make);
                }
            }
        }
    }

    @Test
    void dimensionsOutOfRangeAreRefused() {
        for (int dimension : new int[] {Integer.MIN_VALUE, -1, 0, 65_537}) {
            refused(
                    "dimension is " + dimension + "; it must be from 1 to 65536",
                    () -> IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.INT8, dimension));
        }
        assertEquals(
                65_536,
                IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.INT8, 65_536)
                        .dimension());
    }

    @Test
    void vectorsOfAnotherShapeAreRefused() {
        IndexSpec spec = IndexSpec.parse("flat", Metric.EUCLIDEAN, ElementType.FLOAT32, 3);
        spec.require(Query.of(1f, 2f, 3f));
        spec.require(VectorRows.ofFloats(new float[6], 3));
        refused("The vector has 2 × float32, but this index holds 3 × float32", () -> spec.require(Query.of(1f, 2f)));
        refused("The vector has 3 × int8, but this index holds 3 × float32", () -> spec.require(Query.of(new byte[3])));
        refused(
                "The rows have 2 × float32, but this index holds 3 × float32",
                () -> spec.require(VectorRows.ofFloats(new float[6], 2)));
        refused(
                "The rows have 3 × bit, but this index holds 3 × float32",
                () -> spec.require(VectorRows.ofBits(new long[1], 3)));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
