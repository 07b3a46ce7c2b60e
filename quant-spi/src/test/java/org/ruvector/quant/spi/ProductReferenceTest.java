package org.ruvector.quant.spi;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.spi.Quantizer;

/** Product quantizers beside the reference figures. What k-means finds depends on the seed: the mean of five. */
final class ProductReferenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PQ m=8 8bit  | m=8
                    PQ m=16 8bit | m=16
                    PQ m=32 8bit | m=32
                    PQ m=32 4bit | m=32,bits=4
                    """)
    void pqReachesTheReference(String method, String parameters) {
        List<Quantizer> seeds = LongStream.range(0, 5)
                .mapToObj(seed -> ReferenceFiguresTest.train(new PqProvider(), parameters, seed))
                .toList();
        ReferenceFiguresTest.require(method, seeds);
    }

    @Test
    void opqReachesTheReference() {
        List<Quantizer> seeds = LongStream.range(0, 5)
                .mapToObj(seed -> ReferenceFiguresTest.train(new OpqProvider(), "m=16", seed))
                .toList();
        ReferenceFiguresTest.require("OPQ m=16 8bit", seeds);
    }
}
