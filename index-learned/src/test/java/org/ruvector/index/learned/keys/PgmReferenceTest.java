package org.ruvector.index.learned.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ruvector.datasets.KeyDistribution;

/** Against the segments that the C++ PGM-index of the paper's authors finds for the same keys. */
class PgmReferenceTest {

    record Reference(KeyDistribution distribution, int keys, int epsilon, int segments) {

        static Reference of(String line) {
            String[] columns = line.split(",", -1);
            return new Reference(
                    KeyDistribution.valueOf(columns[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(columns[1]),
                    Integer.parseInt(columns[2]),
                    Integer.parseInt(columns[3]));
        }
    }

    static Stream<Reference> references() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PgmReferenceTest.class.getResourceAsStream("pgm_segments.csv"), StandardCharsets.UTF_8))) {
            List<Reference> references =
                    lines.lines().skip(1).map(Reference::of).toList();
            return references.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void as_many_segments_as_the_reference_finds(Reference reference) {
        SortedKeys keys = SortedKeys.of(reference.distribution.keys(1_000_000, 42));
        assertEquals(reference.keys, keys.size());
        int segments = PgmIndex.of(keys, reference.epsilon).segments();
        assertTrue(Math.abs(segments - reference.segments) <= 1, segments + " segments");
    }
}
