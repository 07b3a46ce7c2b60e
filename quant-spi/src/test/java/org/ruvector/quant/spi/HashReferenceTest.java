package org.ruvector.quant.spi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ruvector.api.spi.Quantizer;
import org.ruvector.api.spi.QuantizerProvider;

/** Recall of hash codes on the digits beside the figures of independent implementations. */
final class HashReferenceTest {

    private static List<Quantizer> seeds(int seeds, QuantizerProvider provider, String parameters) {
        return LongStream.range(0, seeds)
                .mapToObj(seed -> ReferenceFiguresTest.train(provider, parameters, seed))
                .toList();
    }

    @Test
    void signsOfTheCentredVectorReachTheReference() {
        ReferenceFiguresTest.require("sign(x-mean)", List.of(ReferenceFiguresTest.train(new BinaryProvider(), "", 42)));
    }

    @ParameterizedTest
    @CsvSource({"random hyperplane LSH k=32, 32", "random hyperplane LSH k=128, 128"})
    void randomHyperplanesReachTheReference(String method, int bits) {
        ReferenceFiguresTest.require(
                method, seeds(ReferenceFiguresTest.SEEDS, new HyperplanesProvider(), "bits=" + bits));
    }

    @ParameterizedTest
    @CsvSource({"ITQ k=32, 32", "ITQ k=64, 64"})
    void iterativeQuantizationReachesTheReference(String method, int bits) {
        ReferenceFiguresTest.require(method, seeds(ReferenceFiguresTest.SEEDS, new ItqProvider(), "bits=" + bits));
    }

    /**
     * Measured over three seeds: 0.616 (0.623 with 30 epochs) against 0.592 and 0.494 alone. One seed of the neural ones will do, they differ by
     * 0.002. Other data may say otherwise, see {@link NeuralHashProvider}.
     */
    @Test
    void ofSixtyFourBitsOfDigitsTheNeuralOnesAreBest() {
        double neural = alone(1, new NeuralHashProvider(), "bits=64,epochs=16");
        double itq = alone(3, new ItqProvider(), "bits=64");
        double hyperplanes = alone(3, new HyperplanesProvider(), "bits=64");
        String found = neural + " with neural-hash, " + itq + " with itq, " + hyperplanes + " with hyperplanes";
        assertTrue(neural > itq + 0.01 && itq > hyperplanes + 0.03, found);
    }

    private static double alone(int seeds, QuantizerProvider provider, String parameters) {
        return seeds(seeds, provider, parameters).stream()
                .mapToDouble(quantizer -> ReferenceFiguresTest.recall(quantizer).codes())
                .average()
                .orElseThrow();
    }
}
