package org.ruvector.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.ruvector.api.ElementType;
import org.ruvector.api.Hit;
import org.ruvector.api.Metric;
import org.ruvector.api.Query;
import org.ruvector.api.VectorRows;

final class RealDataTest {

    private static long checksum(VectorRows rows) {
        CRC32C crc = new CRC32C();
        crc.update(rows.segment().asSlice(0, rows.byteSize()).asByteBuffer());
        return crc.getValue();
    }

    @Test
    void digitsAreComplete() {
        RealData digits = RealData.digits();
        VectorRows base = digits.base(ElementType.FLOAT32);
        VectorRows queries = digits.queries(ElementType.FLOAT32);
        assertEquals(List.of(1697, 100, 64), List.of(base.count(), queries.count(), base.dimension()));
        float[] firstRow = {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0};
        assertArrayEquals(firstRow, Arrays.copyOf(((Query.Floats) queries.query(0)).vector(), 16));
        assertEquals(1_614_033_566L, checksum(digits.base(ElementType.INT8)));
        assertEquals(0, digits.labels().length);
    }

    @Test
    void fashionMnistIsComplete() {
        RealData fashion = RealData.fashionMnist();
        assertEquals(10_000, fashion.base(ElementType.FLOAT32).count());
        assertEquals(200, fashion.queries(ElementType.FLOAT32).count());
        assertEquals(784, fashion.dimension());
        assertEquals(2_199_937_823L, checksum(fashion.base(ElementType.INT8)));
        int[] perClass = new int[10];
        for (int label : fashion.labels()) {
            perClass[label]++;
        }
        assertEquals(10_000, Arrays.stream(perClass).sum());
        assertEquals(200, fashion.queryLabels().length);
        for (int count : perClass) {
            assertEquals(1000, count, 100, "about a tenth of the images are of each class");
        }
    }

    @Test
    void bytesAndBitsAreMadeOfTheSamePixels() {
        for (RealData data : List.of(RealData.digits(), RealData.fashionMnist())) {
            boolean digits = data.dimension() == 64;
            Query.Floats floats = (Query.Floats) data.base(ElementType.FLOAT32).query(77);
            Query.Bytes bytes = (Query.Bytes) data.base(ElementType.INT8).query(77);
            Query.Bits bits = (Query.Bits) data.base(ElementType.BIT).query(77);
            for (int i = 0; i < data.dimension(); i++) {
                int pixel = (int) floats.vector()[i];
                assertEquals(digits ? pixel : pixel / 2, bytes.vector()[i]);
                assertEquals(pixel > (digits ? 8 : 127), (bits.words()[i / 64] >>> i & 1) == 1);
            }
        }
    }

    @Test
    void theTruthIsSortedAndHasAHundredNeighbours() {
        for (List<Hit> hits : RealData.digits().truth(new Space(Metric.COSINE, ElementType.FLOAT32))) {
            assertEquals(RealData.NEIGHBOURS, hits.size());
            assertEquals(hits.stream().sorted().toList(), hits);
        }
    }
}
