package org.ruvector.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ruvector.bench.Measurement.Speed;

class MeasurementTest {

    @Test
    void percentilesAreNearestRanks() {
        long[] sorted = {15, 20, 35, 40, 50};
        assertEquals(15, Measurement.percentile(sorted, 5));
        assertEquals(20, Measurement.percentile(sorted, 30));
        assertEquals(20, Measurement.percentile(sorted, 40));
        assertEquals(35, Measurement.percentile(sorted, 50));
        assertEquals(50, Measurement.percentile(sorted, 100));
        assertEquals(9, Measurement.percentile(new long[] {9}, 1));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
        assertEquals(3, Measurement.median(new double[] {9, 1, 3}));
        assertEquals(2.5, Measurement.median(new double[] {4, 1, 2, 3}));
    }

    @Test
    void speedIsPerSecondAndInMicroseconds() {
        long[] latencies =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1000).toArray();
        Speed speed = Speed.of(latencies, 50_000_000);
        assertEquals(new Speed(2000, 50, 95, 99), speed);
    }

    @Test
    void aMedianIsTakenOfEachFigureByItself() {
        Speed[] runs = {new Speed(1, 30, 5, 9), new Speed(3, 10, 6, 7), new Speed(2, 20, 4, 8)};
        assertEquals(new Speed(2, 20, 5, 8), Speed.median(runs));
    }
}
