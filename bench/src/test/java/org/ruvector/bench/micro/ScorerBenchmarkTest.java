package org.ruvector.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ruvector.api.Plugins;
import org.ruvector.api.spi.QuantizerProvider;
import org.ruvector.bench.micro.ScorerBench.Options;

class ScorerBenchmarkTest {

    private static final int DIMENSION = 128;

    private static ScorerBenchmark benchmark(String scorer, String rows) {
        ScorerBenchmark benchmark = new ScorerBenchmark();
        benchmark.dimension = DIMENSION;
        benchmark.scorer = scorer;
        benchmark.rows = rows;
        benchmark.vectors = 5_000;
        benchmark.fill();
        return benchmark;
    }

    private static float[] scores(String scorer, String rows) {
        ScorerBenchmark benchmark = benchmark(scorer, rows);
        benchmark.scores();
        return benchmark.lastScores();
    }

    static Stream<String> scorers() {
        return Stream.concat(
                Stream.of("exact", "rabitq:bits=1 in blocks", "rabitq:bits=4 in blocks", "pq:bits=4 in blocks"),
                ScorerBench.usual(Plugins.load()).stream());
    }

    @Test
    void every_quantizer_is_measured() {
        Plugins plugins = Plugins.load();
        Set<String> measured = ScorerBench.usual(plugins).stream()
                .map(form -> form.split(":", 2)[0])
                .collect(Collectors.toSet());
        assertEquals(plugins.quantizers().stream().map(QuantizerProvider::name).collect(Collectors.toSet()), measured);
    }

    /** The mean squared distance of these vectors is a sixth of the dimension. */
    @ParameterizedTest
    @CsvSource({"sq8, 0.1", "rabitq:bits=4, 2", "rabitq:bits=4 in blocks, 2"})
    void codes_are_scored_for_the_rows_that_exact_distances_are_computed_of(String scorer, float tolerance) {
        float[] exact = scores("exact", "cached");
        float[] estimates = scores(scorer, "cached");
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], estimates[i], tolerance, scorer + " vector " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void no_scorer_allocates_once_it_is_compiled(String scorer) {
        ScorerBenchmark benchmark = benchmark(scorer, "random");
        long allocated = Long.MAX_VALUE;
        // How soon it is compiled is the machine's business; that it no longer allocates then is ours.
        for (int round = 0; round < 500 && allocated > 0; round++) {
            allocated = Allocation.of(benchmark::scores, 20);
        }
        assertEquals(0, allocated, "bytes for " + 20 * RandomInput.ROWS + " vectors");
    }

    @Test
    void what_cannot_be_measured_is_refused() {
        Forks forks = new Forks(1, 1);
        assertThrows(IllegalArgumentException.class, () -> new Forks(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Forks(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Options(List.of("sq8"), List.of(8), 31, forks));
        assertThrows(IllegalArgumentException.class, () -> new Options(List.of("sq8"), List.of(), 32, forks));
        Options wrong = new Options(List.of("pq:m=9"), List.of(8), 32, forks);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ScorerBench.run(wrong, Plugins.load(), List.of()))
                .getMessage();
        assertTrue(message.contains("m is 9"), message);
    }
}
