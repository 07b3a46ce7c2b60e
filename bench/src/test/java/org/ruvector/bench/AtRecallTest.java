package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ruvector.api.Parameters;
import org.ruvector.bench.Measurement.Build;
import org.ruvector.bench.Measurement.Speed;
import org.ruvector.bench.Measurement.Subject;

class AtRecallTest {

    static List<Measurement> curve(String name, boolean peer, double... recallAndQps) {
        Subject subject = new Subject(name, "m=16", peer, new Build("scalar", 1.5, 300));
        List<Measurement> curve = new ArrayList<>();
        for (int i = 0; i < recallAndQps.length; i += 2) {
            Parameters point = Parameters.none().with("ef", 10 * (i / 2 + 1));
            Speed speed = new Speed(recallAndQps[i + 1], 1, 2, 3);
            curve.add(new Measurement(subject, point, 1, recallAndQps[i], speed));
        }
        return curve;
    }

    @Test
    void interpolatesLinearlyInRecallAndInTheLogarithmOfThroughput() {
        AtRecall half = AtRecall.of(curve("a", false, 0.9, 1000, 0.98, 10), 0.94);
        assertEquals(100, half.interpolated(), 1e-9);
        assertEquals(10, half.cheapestQps());
        assertEquals("ef=20", half.cheapest().map(m -> m.point().toString()).orElseThrow());
    }

    @Test
    void readsAMeasuredPointExactly() {
        AtRecall at = AtRecall.of(curve("a", false, 0.9, 1000, 0.95, 500, 0.99, 100), 0.95);
        assertEquals(500, at.interpolated(), 1e-9);
        assertEquals(500, at.cheapestQps());
    }

    @Test
    void leavesOutPointsThatAnotherPointBeats() {
        // The second point is slower than the third and finds less, so noise made it.
        AtRecall at = AtRecall.of(curve("a", false, 0.8, 1000, 0.94, 80, 0.96, 100), 0.95);
        double share = (0.95 - 0.8) / (0.96 - 0.8);
        assertEquals(1000 * Math.pow(0.1, share), at.interpolated(), 1e-6);
    }

    @Test
    void takesTheCheapestPointWhereAllReachTheRecall() {
        AtRecall at = AtRecall.of(curve("a", false, 0.97, 1000, 0.99, 400), 0.95);
        assertEquals(1000, at.interpolated());
        assertEquals(1000, at.cheapestQps());
    }

    @Test
    void saysSoWhereNoPointReachesTheRecall() {
        AtRecall at = AtRecall.of(curve("a", false, 0.7, 1000, 0.8, 400), 0.95);
        assertTrue(Double.isNaN(at.interpolated()));
        assertTrue(Double.isNaN(at.cheapestQps()));
        assertTrue(at.cheapest().isEmpty());
    }

    @Test
    void readsEverySubjectAtEveryRecall() {
        List<Measurement> all = new ArrayList<>(curve("a", false, 0.9, 1000, 0.99, 400));
        all.addAll(curve("b", true, 0.9, 500, 0.99, 100));
        List<AtRecall> readings = AtRecall.read(all, 0.9, 0.99);
        assertEquals(4, readings.size());
        List<Ratio> ratios = Ratio.of(readings);
        assertEquals(2, ratios.size());
        assertEquals(2, ratios.get(0).interpolated(), 1e-9);
        assertEquals(4, ratios.get(1).cheapest(), 1e-9);
    }
}
