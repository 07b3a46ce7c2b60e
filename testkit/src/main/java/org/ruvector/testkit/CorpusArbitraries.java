package org.ruvector.testkit;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitraries of awkward vectors for property tests; they shrink to few vectors of few coordinates. */
public final class CorpusArbitraries {

    private CorpusArbitraries() {}

    /**
     * Vectors of the given spaces with every kind of {@link Corpus.Content}.
     *
     * @param maxCount most vectors of one corpus
     */
    public static Arbitrary<Corpus> corpora(List<Space> spaces, int maxCount) {
        return Combinators.combine(
                        Arbitraries.of(spaces),
                        Arbitraries.of(Corpus.Content.class),
                        dimensions(),
                        Arbitraries.integers().between(0, maxCount),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Corpus::new)
                // Their combinations are so many that few tries would be nothing else; the distributions favour them
                // anyway.
                .withoutEdgeCases();
    }

    /** Dimensions from 1 to 4,096, mostly small, with odd tails around the widths of vector registers. */
    public static Arbitrary<Integer> dimensions() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 40)),
                Tuple.of(2, Arbitraries.of(63, 64, 65, 100, 127, 128, 129, 200, 255, 256, 257)),
                Tuple.of(1, Arbitraries.of(383, 384, 511, 513, 768, 784, 1023, 1024, 1025, 1536)),
                Tuple.of(1, Arbitraries.of(2047, 3071, 3072, 4095, 4096)));
    }
}
