package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ruvector.api.Parameters;

class SweepTest {

    @Test
    void makesAPointOfEachValue() {
        Sweep sweep = Sweep.parse("ef=10, 20,40", 10, List.of(1, 2));
        assertEquals(
                List.of("ef=10", "ef=20", "ef=40"),
                sweep.points().stream().map(Parameters::toString).toList());
    }

    @Test
    void combinesSeveralParameters() {
        Sweep sweep = Sweep.parse("nprobe=1,2;oversample=3,4", 10, List.of(1));
        assertEquals(
                List.of(
                        "nprobe=1,oversample=3",
                        "nprobe=1,oversample=4",
                        "nprobe=2,oversample=3",
                        "nprobe=2,oversample=4"),
                sweep.points().stream().map(Parameters::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ef", "=1,2", "ef=", "ef=1,,2", "ef=1;"})
    void refusesWhatIsNotOfTheForm(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sweep.parse(text, 10, List.of(1)));
    }

    @Test
    void addsThePointsOfAnotherSweepOnce() {
        Sweep sweep = Sweep.parse("ef=10,20", 10, List.of(1)).until(0.9);
        assertEquals(
                List.of("ef=10", "ef=20", "nprobe=1"),
                sweep
                        .and(Sweep.parse("ef=20", 10, List.of(1)).and(Sweep.parse("nprobe=1", 10, List.of(1))))
                        .points()
                        .stream()
                        .map(Parameters::toString)
                        .toList());
    }

    @Test
    void blankTextIsOnePointWithoutParameters() {
        assertEquals(
                List.of(Parameters.none()), Sweep.parse(" ", 10, List.of(1)).points());
    }

    @Test
    void refusesNoThreads() {
        assertThrows(IllegalArgumentException.class, () -> Sweep.parse("ef=1", 10, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Sweep.parse("ef=1", 10, List.of(0)));
        assertThrows(IllegalArgumentException.class, () -> Sweep.parse("ef=1", 0, List.of(1)));
    }
}
