package org.ruvector.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ruvector.bench.Measurement.Subject;

/**
 * Throughput at a given recall, read off a measured curve in two ways.
 *
 * @param subject      what was measured
 * @param threads      searching threads
 * @param recall       the recall asked for
 * @param interpolated queries per second between the two sweep points around the recall, linear in recall and in the logarithm
 *                     of the throughput; at the cheapest point if all points reach the recall; NaN if none does
 * @param cheapest     the fastest sweep point that reaches the recall; empty if none does
 */
public record AtRecall(
        Subject subject, int threads, double recall, double interpolated, Optional<Measurement> cheapest) {

    /**
     * Reads curves.
     *
     * @param all     measurements of any number of subjects
     * @param recalls what recalls to read at
     * @return one reading per subject, number of threads and recall
     */
    public static List<AtRecall> read(List<Measurement> all, double... recalls) {
        List<AtRecall> readings = new ArrayList<>();
        List<List<Measurement>> curves = new ArrayList<>();
        for (Measurement m : all) {
            List<Measurement> curve = curves.stream()
                    .filter(c -> c.getFirst().subject().equals(m.subject())
                            && c.getFirst().threads() == m.threads())
                    .findFirst()
                    .orElseGet(() -> {
                        curves.add(new ArrayList<>());
                        return curves.getLast();
                    });
            curve.add(m);
        }
        for (double recall : recalls) {
            for (List<Measurement> curve : curves) {
                readings.add(of(curve, recall));
            }
        }
        return readings;
    }

    /** {@return queries per second of the cheapest point; NaN if no point reaches the recall} */
    public double cheapestQps() {
        return cheapest.map(m -> m.speed().qps()).orElse(Double.NaN);
    }

    /** Reads one curve. */
    static AtRecall of(List<Measurement> curve, double recall) {
        Subject subject = curve.getFirst().subject();
        int threads = curve.getFirst().threads();
        List<Measurement> front = front(curve);
        int first = 0;
        while (first < front.size() && front.get(first).recall() < recall) {
            first++;
        }
        if (first == front.size()) {
            return new AtRecall(subject, threads, recall, Double.NaN, Optional.empty());
        }
        Measurement above = front.get(first);
        double qps = above.speed().qps();
        if (first > 0) {
            Measurement below = front.get(first - 1);
            double share = (recall - below.recall()) / (above.recall() - below.recall());
            double log = Math.log(below.speed().qps());
            qps = Math.exp(log + share * (Math.log(qps) - log));
        }
        return new AtRecall(subject, threads, recall, qps, Optional.of(above));
    }

    /** The points that no other point beats in recall and throughput both, by rising recall and so by falling throughput. */
    private static List<Measurement> front(List<Measurement> curve) {
        List<Measurement> fastestFirst = new ArrayList<>(curve);
        fastestFirst.sort(
                Comparator.comparingDouble((Measurement m) -> -m.speed().qps()).thenComparingDouble(m -> -m.recall()));
        List<Measurement> front = new ArrayList<>();
        for (Measurement m : fastestFirst) {
            if (front.isEmpty() || m.recall() > front.getLast().recall()) {
                front.add(m);
            }
        }
        return front;
    }
}
