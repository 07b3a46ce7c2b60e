package org.ruvector.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricTest {

    @Test
    void everyMetricIsFoundByItsText() {
        for (Metric metric : Metric.values()) {
            assertEquals(metric, Metric.of(metric.text()));
        }
        // They stand in files.
        assertEquals(
                List.of("euclidean", "cosine", "inner-product", "manhattan", "hamming"),
                Arrays.stream(Metric.values()).map(Metric::text).toList());
    }

    @Test
    void anUnknownMetricIsRefusedWithThoseThatExist() {
        assertEquals(
                "Unknown metric 'l2'; the metrics are: euclidean, cosine, inner-product, manhattan, hamming",
                assertThrows(IllegalArgumentException.class, () -> Metric.of("l2"))
                        .getMessage());
    }

    @Test
    void elementTypesTellTheSizeOfARow() {
        assertEquals(
                List.of("float32", "int8", "bit"),
                Arrays.stream(ElementType.values()).map(ElementType::text).toList());
        assertEquals(4L * 65_536, ElementType.FLOAT32.rowBytes(65_536));
        assertEquals(3, ElementType.INT8.rowBytes(3));
        assertEquals(8, ElementType.BIT.rowBytes(1));
        assertEquals(8, ElementType.BIT.rowBytes(64));
        assertEquals(16, ElementType.BIT.rowBytes(65));
        assertEquals(8L * Integer.MAX_VALUE, 2L * ElementType.FLOAT32.rowBytes(Integer.MAX_VALUE));
    }
}
